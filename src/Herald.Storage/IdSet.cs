using System.Data;
using System.Text;
using Dapper;
using Herald.Domain;
using Npgsql;
using NpgsqlTypes;

namespace Herald.Storage;

/// <summary>Many ids as one parameter: an array on PostgreSQL, a JSON array of their stored text on SQLite.</summary>
internal sealed class IdSet(Guid[] ids) : SqlMapper.ICustomQueryParameter
{
    public static IdSet Of<TId>(IEnumerable<TId> ids)
        where TId : struct, IEntityId<TId> => new([.. ids.Select(id => id.Value)]);

    public void AddParameter(IDbCommand command, string name)
    {
        if (command is NpgsqlCommand postgres)
        {
            postgres.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Uuid) { Value = ids });
            return;
        }
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = ToJson();
        command.Parameters.Add(parameter);
    }

    private string ToJson()
    {
        var json = new StringBuilder("[", (ids.Length * 39) + 2);
        foreach (var id in ids)
            json.Append(json.Length == 1 ? "\"" : ",\"").Append(id.ToString("D").ToUpperInvariant()).Append('"');
        return json.Append(']').ToString();
    }
}
