using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Herald.Storage.Sqlite;

/// <summary>One statement that runs many times in a transaction with other values: prepared once, without looking its parameters up again.</summary>
internal sealed class SqliteStatement : IAsyncDisposable
{
    private readonly SqliteCommand _command;

    public SqliteStatement(DbTransaction transaction, string sql, params ReadOnlySpan<string> parameters)
    {
        var sqlite = (SqliteTransaction)transaction;
        _command = new SqliteCommand(sql, sqlite.Connection, sqlite);
        foreach (var parameter in parameters)
            _command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
    }

    /// <summary>Runs it with these values, in the order of the parameters; ids, times and numbers as they are stored. How many rows it wrote.</summary>
    public int Execute(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        return _command.ExecuteNonQuery();
    }

    /// <summary>Runs it and reads its first row; default when there is none.</summary>
    public T? Read<T>(Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        Bind(values);
        using var reader = _command.ExecuteReader();
        return reader.Read() ? read(reader) : default;
    }

    public ValueTask DisposeAsync() => _command.DisposeAsync();

    private void Bind(ReadOnlySpan<object?> values)
    {
        if (values.Length != _command.Parameters.Count)
            throw new ArgumentException("The statement has another number of parameters.", nameof(values));
        for (var i = 0; i < values.Length; i++)
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
    }
}
