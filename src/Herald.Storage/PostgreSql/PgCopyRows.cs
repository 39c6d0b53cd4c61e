using System.Buffers;
using System.Buffers.Binary;
using System.Data.Common;
using System.Text;
using Npgsql;

namespace Herald.Storage.PostgreSql;

/// <summary>
/// Rows in the binary format of COPY, written into one buffer that is sent whenever it is full. The driver's own importer makes an
/// asynchronous call for each value, which is more work than the value.
/// </summary>
internal sealed class PgCopyRows
{
    private const int SendBytes = 64 * 1024;
    private const int UuidBytes = 16;
    private const int NullLength = -1;
    private const short EndOfRows = -1;

    private readonly ArrayBufferWriter<byte> _buffer = new(2 * SendBytes);

    private PgCopyRows()
    {
    }

    /// <summary>The signature, no flags, no extension.</summary>
    private static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Runs a COPY FROM STDIN (FORMAT BINARY); nothing is sent if there are no rows.</summary>
    /// <param name="transaction">What it belongs to. After a failure it can only be rolled back.</param>
    /// <param name="sql">The statement, which names its columns.</param>
    /// <param name="columns">How many.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="write">Writes the values of one row, in the order of the columns.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task SendAsync<TRow>(
        DbTransaction transaction, string sql, short columns, IReadOnlyCollection<TRow> rows, Action<PgCopyRows, TRow> write, CancellationToken ct)
    {
        if (rows.Count == 0)
            return;
        var connection = (NpgsqlConnection?)transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        var copy = new PgCopyRows();
        await using var stream = await connection.BeginRawBinaryCopyAsync(sql, ct);
        copy._buffer.Write(Header);
        foreach (var row in rows)
        {
            copy.WriteInt16(columns);
            write(copy, row);
            if (copy._buffer.WrittenCount < SendBytes)
                continue;
            await stream.WriteAsync(copy._buffer.WrittenMemory, ct);
            copy._buffer.ResetWrittenCount();
        }
        copy.WriteInt16(EndOfRows);
        await stream.WriteAsync(copy._buffer.WrittenMemory, ct);
    }

    public void Uuid(Guid value)
    {
        WriteInt32(UuidBytes);
        value.TryWriteBytes(_buffer.GetSpan(UuidBytes), bigEndian: true, out _);
        _buffer.Advance(UuidBytes);
    }

    public void SmallInt(int value)
    {
        WriteInt32(sizeof(short));
        WriteInt16(checked((short)value));
    }

    public void BigInt(long value)
    {
        WriteInt32(sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    public void Text(string value)
    {
        // The length goes in front, and is known when the bytes are there.
        var span = _buffer.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, span[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        _buffer.Advance(sizeof(int) + length);
    }

    public void Null() => WriteInt32(NullLength);

    private void WriteInt16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.GetSpan(sizeof(short)), value);
        _buffer.Advance(sizeof(short));
    }

    private void WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }
}
