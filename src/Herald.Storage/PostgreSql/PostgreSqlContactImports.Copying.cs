using System.Data.Common;
using Herald.Domain;
using Herald.Storage.Contacts;

namespace Herald.Storage.PostgreSql;

internal sealed partial class PostgreSqlContactImports
{
    private static async Task StageAsync(DbTransaction transaction, IReadOnlyCollection<ContactImportRow> rows, CancellationToken ct)
    {
        const short Columns = 14;
        await transaction.ExecuteAsync(CreateTablesSql, null, ct);
        await PgCopyRows.SendAsync(transaction, CopyRowsSql, Columns, rows, static (copy, row) =>
        {
            copy.Uuid(row.NewContactId.Value);
            copy.Text(row.Phone);
            copy.Text(row.DisplayName);
            copy.Text(row.Language);
            copy.Text(row.TimeZone);
            copy.Text(StorageJson.Write(row.Attributes));
            WriteConsent(copy, row.Consent);
        }, ct);
    }

    private static void WriteConsent(PgCopyRows copy, ContactImportConsent? consent)
    {
        const int ConsentColumns = 8;
        if (consent is null)
        {
            for (var i = 0; i < ConsentColumns; i++)
                copy.Null();
            return;
        }
        copy.Uuid(consent.EventId.Value);
        copy.SmallInt((int)consent.Purpose);
        copy.SmallInt((int)consent.Action);
        copy.SmallInt((int)consent.Source);
        copy.Text(consent.EvidenceKey);
        copy.Text(consent.Evidence);
        copy.Text(consent.Actor);
        copy.BigInt(Micros.FromTime(consent.EventTime));
    }

    private static Task StageVariantsAsync(DbTransaction transaction, IEnumerable<ContactImportRow> rows, CancellationToken ct)
    {
        const short Columns = 2;
        var variants = rows.SelectMany(row => row.PhoneVariants, static (row, variant) => (row.Phone, Variant: variant)).ToList();
        return PgCopyRows.SendAsync(transaction, CopyVariantsSql, Columns, variants, static (copy, row) =>
        {
            copy.Text(row.Phone);
            copy.Text(row.Variant);
        }, ct);
    }
}
