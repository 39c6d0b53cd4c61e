using System.Data;
using System.Globalization;
using Dapper;
using Herald.Domain;

namespace Herald.Storage;

/// <summary>Times are microseconds since 1970 in both databases.</summary>
internal sealed class TimeHandler : SqlMapper.ITypeHandler
{
    public void SetValue(IDbDataParameter parameter, object value)
    {
        parameter.DbType = DbType.Int64;
        parameter.Value = value is DateTimeOffset time ? Micros.FromTime(time) : DBNull.Value;
    }

    public object Parse(Type destinationType, object value) => Micros.ToTime(Convert.ToInt64(value, CultureInfo.InvariantCulture));
}
