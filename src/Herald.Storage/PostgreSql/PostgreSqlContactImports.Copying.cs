using System.Data.Common;
using Herald.Domain;
using Herald.Storage.Contacts;
using Npgsql;
using NpgsqlTypes;

namespace Herald.Storage.PostgreSql;

internal sealed partial class PostgreSqlContactImports
{
    private static async Task CopyRowsAsync(DbTransaction transaction, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        var connection = (NpgsqlConnection?)transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        await using var copy = await connection.BeginBinaryImportAsync(CopyRowsSql, ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(row.NewContactId.Value, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(row.Phone, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.DisplayName, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.Language, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.TimeZone, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(StorageJson.Write(row.Attributes), NpgsqlDbType.Text, ct);
            await CopyConsentAsync(copy, row.Consent, ct);
        }
        await copy.CompleteAsync(ct);
    }

    private static async Task CopyConsentAsync(NpgsqlBinaryImporter copy, ContactImportConsent? consent, CancellationToken ct)
    {
        const int ConsentColumns = 8;
        if (consent is null)
        {
            for (var i = 0; i < ConsentColumns; i++)
                await copy.WriteNullAsync(ct);
            return;
        }
        await copy.WriteAsync(consent.EventId.Value, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync((short)consent.Purpose, NpgsqlDbType.Smallint, ct);
        await copy.WriteAsync((short)consent.Action, NpgsqlDbType.Smallint, ct);
        await copy.WriteAsync((short)consent.Source, NpgsqlDbType.Smallint, ct);
        await copy.WriteAsync(consent.EvidenceKey, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(consent.Evidence, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(consent.Actor, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(Micros.FromTime(consent.EventTime), NpgsqlDbType.Bigint, ct);
    }

    private static async Task CopyVariantsAsync(DbTransaction transaction, IReadOnlyList<ContactImportRow> rows, CancellationToken ct)
    {
        if (rows.All(row => row.PhoneVariants.Count == 0))
            return;
        var connection = (NpgsqlConnection?)transaction.Connection ?? throw new InvalidOperationException("The transaction has ended.");
        await using var copy = await connection.BeginBinaryImportAsync(CopyVariantsSql, ct);
        foreach (var row in rows)
        {
            foreach (var variant in row.PhoneVariants)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(row.Phone, NpgsqlDbType.Text, ct);
                await copy.WriteAsync(variant, NpgsqlDbType.Text, ct);
            }
        }
        await copy.CompleteAsync(ct);
    }
}
