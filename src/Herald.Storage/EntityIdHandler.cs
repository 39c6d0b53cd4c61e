using System.Data;
using Dapper;
using Herald.Domain;

namespace Herald.Storage;

/// <summary>Ids are uuid on PostgreSQL and upper-case text on SQLite, which sort alike.</summary>
internal sealed class EntityIdHandler<TId> : SqlMapper.ITypeHandler
    where TId : struct, IEntityId<TId>
{
    public void SetValue(IDbDataParameter parameter, object value)
    {
        // The type is set for a null as well, so that PostgreSQL knows what "@Id IS NULL" compares.
        parameter.DbType = DbType.Guid;
        parameter.Value = value is TId id ? id.Value : DBNull.Value;
    }

    public object Parse(Type destinationType, object value) => TId.FromGuid(GuidHandler.Read(value));
}
