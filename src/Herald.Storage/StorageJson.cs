using System.Text.Json;
using System.Text.Json.Serialization;

namespace Herald.Storage;

/// <summary>The few values that are kept as JSON columns.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class StorageJson : JsonSerializerContext
{
    public static string Write(IReadOnlyDictionary<string, string> map) => JsonSerializer.Serialize(map, Default.IReadOnlyDictionaryStringString);
}
