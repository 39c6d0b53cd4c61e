using System.Text.Json;
using System.Text.Json.Serialization;

namespace Herald.Storage;

/// <summary>Attributes of contacts, kept as a JSON column.</summary>
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class StorageJson : JsonSerializerContext
{
    public static IReadOnlyDictionary<string, string> Read(string json) =>
        JsonSerializer.Deserialize(json, Default.IReadOnlyDictionaryStringString) ?? new Dictionary<string, string>();

    /// <summary>Equal maps give equal text, so that a repeated import changes nothing.</summary>
    public static string Write(IReadOnlyDictionary<string, string> map) => map.Count == 0
        ? "{}"
        : JsonSerializer.Serialize(new SortedDictionary<string, string>(map.ToDictionary(), StringComparer.Ordinal), Default.IReadOnlyDictionaryStringString);
}
