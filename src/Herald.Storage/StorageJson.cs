using System.Text.Json;
using System.Text.Json.Serialization;

namespace Herald.Storage;

/// <summary>The few values that are kept as JSON columns.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class StorageJson : JsonSerializerContext
{
    /// <summary>Equal maps give equal text, so that a repeated import changes nothing.</summary>
    public static string Write(IReadOnlyDictionary<string, string> map) => map.Count == 0
        ? "{}"
        : JsonSerializer.Serialize(new SortedDictionary<string, string>(map.ToDictionary(), StringComparer.Ordinal), Default.IReadOnlyDictionaryStringString);
}
