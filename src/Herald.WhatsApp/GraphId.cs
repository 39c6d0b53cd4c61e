namespace Herald.WhatsApp;

/// <summary>Ids of nodes in Meta's graph: accounts, phone numbers, templates, apps. They are decimal digits and stay texts.</summary>
internal static class GraphId
{
    public const int LengthMax = 32;

    public static bool IsValid(string? id) => id is { Length: >= 1 and <= LengthMax } && !id.AsSpan().ContainsAnyExceptInRange('0', '9');

    /// <summary>Guards what becomes part of an address: an id with a slash or a question mark would call another endpoint.</summary>
    public static void ThrowIfInvalid(string id, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(id, parameterName);
        if (!IsValid(id)) throw new ArgumentException($"A node id of Meta is 1 to {LengthMax} decimal digits.", parameterName);
    }
}
