using System.Data;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dapper;

namespace Herald.Storage;

/// <summary>A value that is kept as JSON in a text column.</summary>
internal sealed class JsonHandler<T>(JsonTypeInfo<T> type) : SqlMapper.ITypeHandler
    where T : class
{
    public void SetValue(IDbDataParameter parameter, object value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value switch
        {
            IReadOnlyDictionary<string, string> map => StorageJson.Write(map),
            T document => JsonSerializer.Serialize(document, type),
            _ => DBNull.Value,
        };
    }

    public object? Parse(Type destinationType, object value) => JsonSerializer.Deserialize((string)value, type);
}
