using System.Data;
using System.Text.Json;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace Herald.Storage;

/// <summary>Many texts as one parameter: an array on PostgreSQL, a JSON array on SQLite.</summary>
internal sealed class TextSet(IEnumerable<string> texts) : SqlMapper.ICustomQueryParameter
{
    private readonly string[] _texts = [.. texts];

    public void AddParameter(IDbCommand command, string name)
    {
        if (command is NpgsqlCommand postgres)
        {
            postgres.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Array | NpgsqlDbType.Text) { Value = _texts });
            return;
        }
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = JsonSerializer.Serialize(_texts);
        command.Parameters.Add(parameter);
    }
}
