using System.Data;
using Dapper;

namespace Herald.Storage;

/// <summary>SQLite has no uuid type and gives them back as text.</summary>
internal sealed class GuidHandler : SqlMapper.ITypeHandler
{
    public static Guid Read(object value) => value as Guid? ?? Guid.Parse((string)value);

    public void SetValue(IDbDataParameter parameter, object value)
    {
        parameter.DbType = DbType.Guid;
        parameter.Value = value;
    }

    public object Parse(Type destinationType, object value) => Read(value);
}
