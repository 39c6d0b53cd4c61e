namespace Herald.Host.Silo;

/// <summary>The tables and queries that Orleans' ADO.NET persistence asks for, in SQLite; used where the silo runs on Orleans.</summary>
internal static class SqliteTables
{
    private const string Script = "Herald.Host.Silo.orleans.sqlite.sql";

    /// <summary>Statements that make what is not there yet, and leave alone what is.</summary>
    public static async Task<string> ReadScriptAsync(CancellationToken ct)
    {
        await using var stream = typeof(SqliteTables).Assembly.GetManifestResourceStream(Script)
            ?? throw new InvalidOperationException($"{Script} is not part of the program.");
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(ct);
    }
}
