using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>What a write tells the other nodes: <c>node/grain type/grain key</c>.</summary>
internal static class GrainWriteNotice
{
    public const string Channel = "herald_grains";

    public static string Compose(SiloIdentity silo, GrainId grain) => $"{silo.Id}/{grain}";

    /// <summary>Reads a notice.</summary>
    /// <returns>The grain; null if this node wrote it itself, or the text is no notice.</returns>
    public static GrainId? Read(string notice, SiloIdentity silo)
    {
        var parts = notice.Split('/', 3);
        return parts.Length == 3 && parts[1].Length > 0 && parts[0] != silo.Id ? GrainId.Create(parts[1], parts[2]) : null;
    }
}
