using Herald.Benchmarks.Results;
using Herald.Benchmarks.World;
using Herald.Storage;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Herald.Benchmarks.Imports;

/// <summary>
/// An import of people with their consent over gRPC, from CSV to the last commit, against binary COPYs of the rows that it left behind, into
/// tables with the same indexes. The rows are read out beforehand, so the bare side neither parses nor checks nor encodes anything. Then all these people
/// come once more, known by now.
/// </summary>
internal static class ImportBenchmark
{
    private const double ShareMin = 0.25;
    private const int WarmUpMax = 20_000;

    private static readonly (string Create, string Read, string Write)[] Tables =
    [
        ("CREATE TABLE copy_contacts (LIKE contacts INCLUDING ALL)",
            "COPY contacts TO STDOUT (FORMAT BINARY)", "COPY copy_contacts FROM STDIN (FORMAT BINARY)"),
        ("CREATE TABLE copy_identities (LIKE contact_identities INCLUDING ALL)",
            "COPY contact_identities TO STDOUT (FORMAT BINARY)", "COPY copy_identities FROM STDIN (FORMAT BINARY)"),
        ("CREATE TABLE copy_members (LIKE contact_list_members INCLUDING ALL)",
            "COPY contact_list_members TO STDOUT (FORMAT BINARY)", "COPY copy_members FROM STDIN (FORMAT BINARY)"),
        ("CREATE TABLE copy_events (LIKE consent_events INCLUDING ALL)",
            "COPY consent_events TO STDOUT (FORMAT BINARY)", "COPY copy_events FROM STDIN (FORMAT BINARY)"),
        ("CREATE TABLE copy_consents (LIKE consents INCLUDING ALL)",
            "COPY consents TO STDOUT (FORMAT BINARY)", "COPY copy_consents FROM STDIN (FORMAT BINARY)"),
    ];

    public static async Task<IReadOnlyList<Figure>> RunAsync(DatabaseProvider provider, int rows, CancellationToken ct)
    {
        await using var host = await BenchmarkHost.StartAsync(provider, static settings => settings, static _ => { }, ct);
        var warmUp = Math.Min(WarmUpMax, rows);
        await host.Partner.ImportAsync(0, warmUp, ct);
        var time = BenchmarkHost.Time;
        var started = time.GetTimestamp();
        await host.Partner.ImportAsync(warmUp, rows, ct);
        var rate = rows / time.GetElapsedTime(started).TotalSeconds;

        var path = $"import with consent, {host.Name}";
        var figure = provider == DatabaseProvider.PostgreSql
            ? Figure.Share(path, rate, (warmUp + rows) / (await CopyAsync(host, ct)).TotalSeconds, "people/s", ShareMin)
            : Figure.Of(path, $"{rate:N0} people/s");
        await host.Partner.ImportAgainAsync(0, warmUp, ct);
        started = time.GetTimestamp();
        await host.Partner.ImportAgainAsync(warmUp, rows, ct);
        return [figure, Figure.Of("  the same people again", $"{rows / time.GetElapsedTime(started).TotalSeconds:N0} people/s")];
    }

    /// <summary>How long the copies of all rows took.</summary>
    private static async Task<TimeSpan> CopyAsync(BenchmarkHost host, CancellationToken ct)
    {
        await using var connection = (NpgsqlConnection)await host.Services.GetRequiredService<IDatabase>().OpenAsync(ct);
        var copies = new List<byte[]>();
        foreach (var (create, read, _) in Tables)
        {
            await using var command = new NpgsqlCommand(create, connection);
            await command.ExecuteNonQueryAsync(ct);
            copies.Add(await ReadAsync(connection, read, ct));
        }
        var started = BenchmarkHost.Time.GetTimestamp();
        await using (var transaction = await connection.BeginTransactionAsync(ct))
        {
            foreach (var ((_, _, write), bytes) in Tables.Zip(copies))
                await WriteAsync(connection, write, bytes, ct);
            await transaction.CommitAsync(ct);
        }
        return BenchmarkHost.Time.GetElapsedTime(started);
    }

    private static async Task<byte[]> ReadAsync(NpgsqlConnection connection, string read, CancellationToken ct)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(read, ct);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    private static async Task WriteAsync(NpgsqlConnection connection, string write, byte[] bytes, CancellationToken ct)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync(write, ct);
        await stream.WriteAsync(bytes, ct);
    }
}
