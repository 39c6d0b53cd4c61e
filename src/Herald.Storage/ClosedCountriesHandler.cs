using System.Data;
using Dapper;
using Herald.Domain.Senders;

namespace Herald.Storage;

/// <summary>A sender's closed countries are a text column.</summary>
internal sealed class ClosedCountriesHandler : SqlMapper.ITypeHandler
{
    public void SetValue(IDbDataParameter parameter, object value)
    {
        parameter.DbType = DbType.String;
        parameter.Value = value is ClosedCountries closed ? closed.ToString() : DBNull.Value;
    }

    public object Parse(Type destinationType, object value) => ClosedCountries.Parse((string)value);
}
