using System.Data;
using System.Globalization;
using Dapper;
using Herald.Domain;
using Npgsql;
using NpgsqlTypes;

namespace Herald.Storage.PostgreSql;

/// <summary>One column of many rows as an array parameter, whose type is told so that it needs no cast.</summary>
internal sealed class PgArray : SqlMapper.ICustomQueryParameter
{
    private readonly NpgsqlDbType _type;
    private readonly Array _values;

    private PgArray(NpgsqlDbType type, Array values)
    {
        _type = NpgsqlDbType.Array | type;
        _values = values;
    }

    /// <summary>Places of rows, as texts: the driver writes no others. To be cast to tid[].</summary>
    public static PgArray Places<TRow>(IEnumerable<TRow> rows, Func<TRow, NpgsqlTid> pick) =>
        Texts(rows, row => string.Create(CultureInfo.InvariantCulture, $"({pick(row).BlockNumber},{pick(row).OffsetNumber})"));

    /// <summary>Versions of rows.</summary>
    public static PgArray Versions<TRow>(IEnumerable<TRow> rows, Func<TRow, uint> pick) => new(NpgsqlDbType.Xid, rows.Select(pick).ToArray());

    public static PgArray Uuids<TRow>(IEnumerable<TRow> rows, Func<TRow, Guid> pick) => new(NpgsqlDbType.Uuid, rows.Select(pick).ToArray());

    public static PgArray Numbers<TRow>(IEnumerable<TRow> rows, Func<TRow, int> pick) => new(NpgsqlDbType.Integer, rows.Select(pick).ToArray());

    public static PgArray OptionalNumbers<TRow>(IEnumerable<TRow> rows, Func<TRow, int?> pick) =>
        new(NpgsqlDbType.Integer, rows.Select(pick).ToArray());

    public static PgArray Longs<TRow>(IEnumerable<TRow> rows, Func<TRow, long> pick) => new(NpgsqlDbType.Bigint, rows.Select(pick).ToArray());

    public static PgArray Flags<TRow>(IEnumerable<TRow> rows, Func<TRow, bool> pick) => new(NpgsqlDbType.Boolean, rows.Select(pick).ToArray());

    public static PgArray Texts<TRow>(IEnumerable<TRow> rows, Func<TRow, string?> pick) => new(NpgsqlDbType.Text, rows.Select(pick).ToArray());

    public static PgArray Times<TRow>(IEnumerable<TRow> rows, Func<TRow, DateTimeOffset?> pick) =>
        new(NpgsqlDbType.Bigint, rows.Select(row => pick(row) is { } time ? Micros.FromTime(time) : (long?)null).ToArray());

    public void AddParameter(IDbCommand command, string name) => command.Parameters.Add(new NpgsqlParameter(name, _type) { Value = _values });
}
