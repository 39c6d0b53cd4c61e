using System.Text.Json;

namespace Orleans.Storage;

/// <summary>How states are written: JSON with public properties and fields by their names, enums as numbers.</summary>
internal static class GrainStateJson
{
    private static readonly JsonSerializerOptions Options = new() { IncludeFields = true };

    public static string Write<T>(T state) => JsonSerializer.Serialize(state, Options);

    public static T? Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options);
}
