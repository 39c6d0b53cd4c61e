using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;
using Herald.Domain.Tenants;
using Herald.Storage.Contacts;

namespace Herald.Api.Contacts.Import;

/// <summary>
/// Collects the rows of one transaction, and counts what became of all rows. No person comes twice in one transaction, so that later
/// rows of a file build on earlier ones. One batch is stored while the next one is collected.
/// </summary>
internal sealed class ImportBatch(IContactStore contacts, TenantId tenant, ImportPlan plan) : IAsyncDisposable
{
    private const int RowsMax = 1_000;

    /// <summary>Two batches are in memory at once, however long the rows of a file are.</summary>
    private const int CharactersMax = 4_000_000;

    private const int ErrorsMax = 100;
    private readonly HashSet<string> _phones = new(StringComparer.Ordinal);
    private List<ContactImportRow> _rows = new(RowsMax);
    private int _characters;
    private Task<ContactImportResult>? _storing;

    /// <summary>The answer so far.</summary>
    public ImportContactsResponse Response { get; } = new() { Summary = new ImportContactsSummary() };

    /// <summary>Takes a row that is in order.</summary>
    public async Task AddAsync(ContactImportRow row, CancellationToken ct)
    {
        Response.Summary.RowCount++;
        if (plan.IsDryRun)
            return;
        if (_rows.Count >= RowsMax || _characters >= CharactersMax || _phones.Contains(row.Phone) || row.PhoneVariants.Any(_phones.Contains))
            await StartAsync(ct);
        _rows.Add(row);
        _characters += row.Attributes.Sum(attribute => attribute.Key.Length + attribute.Value.Length);
        _phones.Add(row.Phone);
        _phones.UnionWith(row.PhoneVariants);
    }

    /// <summary>Counts a row that is not.</summary>
    public void Reject(long line, IReadOnlyList<FieldViolation> errors)
    {
        Response.Summary.RowCount++;
        Response.Summary.RejectedCount++;
        foreach (var error in errors.Take(ErrorsMax - Response.RowErrors.Count))
        {
            Response.RowErrors.Add(new ImportContactsRowError
            {
                Line = line,
                Column = error.Field,
                Rule = error.Rule,
                Description = error.Description,
            });
        }
    }

    /// <summary>Stores what is collected; then everything is stored and counted.</summary>
    public async Task FlushAsync(CancellationToken ct)
    {
        await StartAsync(ct);
        await CountAsync();
    }

    /// <summary>Waits for the batch that is being stored. If the import failed meanwhile, its failure is the one to tell.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_storing is not null)
            await ((Task)_storing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Begins to store what is collected, after what was collected before it.</summary>
    private async Task StartAsync(CancellationToken ct)
    {
        await CountAsync();
        if (_rows.Count == 0)
            return;
        var batch = new ContactImportBatch { ListId = plan.List, Rows = _rows, Now = plan.Now };
        _storing = Task.Run(() => contacts.ImportAsync(tenant, batch, ct), ct);
        _rows = new List<ContactImportRow>(RowsMax);
        _phones.Clear();
        _characters = 0;
    }

    private async Task CountAsync()
    {
        if (_storing is null)
            return;
        var result = await _storing;
        _storing = null;
        var summary = Response.Summary;
        summary.CreatedCount += result.Created;
        summary.UpdatedCount += result.Updated;
        summary.UnchangedCount += result.Unchanged;
        summary.ConsentGrantedCount += result.ConsentGranted;
        summary.ConsentRevokedCount += result.ConsentRevoked;
        summary.ConsentIgnoredCount += result.ConsentIgnored;
    }
}
