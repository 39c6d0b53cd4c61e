using System.Data;
using Dapper;

namespace Herald.Storage;

/// <summary>A contact's attributes are a JSON object in a text column.</summary>
internal sealed class AttributesHandler : SqlMapper.ITypeHandler
{
    public void SetValue(IDbDataParameter parameter, object value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value is IReadOnlyDictionary<string, string> attributes ? StorageJson.Write(attributes) : DBNull.Value;
    }

    public object Parse(Type destinationType, object value) => StorageJson.Read((string)value);
}
