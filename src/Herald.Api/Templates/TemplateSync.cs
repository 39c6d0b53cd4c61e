using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Templates.V1;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Templates;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Templates;
using TemplateState = Herald.Domain.Templates.TemplateState;

namespace Herald.Api.Templates;

/// <summary>Takes over what WhatsApp says of a tenant's templates.</summary>
internal sealed class TemplateSync(ITemplateStore templates, WabaTokens tokens, IWhatsAppClient client, TimeProvider time)
{
    private const int PageSize = 500;

    /// <summary>Reads all accounts of the tenant.</summary>
    public async Task<SyncTemplatesResponse> SyncAsync(TenantId tenant, CancellationToken ct)
    {
        var summary = new SyncTemplatesResponse();
        foreach (var wabaId in await tokens.ListWabasAsync(tenant, ct))
        {
            if (await tokens.FindAsync(tenant, wabaId, ct) is { } token)
                await SyncAccountAsync(tenant, wabaId, token, summary, ct);
        }
        return summary;
    }

    private async Task SyncAccountAsync(TenantId tenant, string wabaId, AccessToken token, SyncTemplatesResponse summary, CancellationToken ct)
    {
        var resource = TenantName.Format(tenant.Value);
        var known = await ReadKnownAsync(tenant, wabaId, ct);
        string? after = null;
        do
        {
            var query = new TemplateQuery { After = after };
            var page = (await client.ListTemplatesAsync(wabaId, token, query, ct)).ValueOrThrow(resource, isChange: false);
            foreach (var info in page.Items)
            {
                if (known.Remove((info.Definition.Name, info.Definition.Language), out var row))
                    Count(summary, await TakeAsync(row, stored => Take(stored, info), ct));
                else
                    summary.UnmanagedCount++;
            }
            after = page.After;
        }
        while (after is not null);
        foreach (var gone in known.Values.Where(row => row.MetaTemplateId is not null))
            Count(summary, await TakeAsync(gone, static stored => stored with { State = TemplateState.Deleted }, ct));
    }

    private async Task<Dictionary<(string Name, string Language), TemplateRow>> ReadKnownAsync(TenantId tenant, string wabaId, CancellationToken ct)
    {
        var known = new Dictionary<(string, string), TemplateRow>();
        TemplateId? after = null;
        while (true)
        {
            var page = await templates.ListAsync(tenant, null, after, PageSize, ct);
            foreach (var row in page.Where(row => row.WabaId == wabaId))
                known[(row.Name, row.Language)] = row;
            if (page.Count < PageSize)
                return known;
            after = page[^1].TemplateId;
        }
    }

    /// <summary>Writes what changed; false if nothing did.</summary>
    private async Task<bool> TakeAsync(TemplateRow row, Func<TemplateRow, TemplateRow> take, CancellationToken ct)
    {
        if (take(row) == row)
            return false;
        await Versioned.UpdateAsync(
            TemplateName.Format(row.TenantId.Value, row.TemplateId.Value), null, () => templates.GetAsync(row.TenantId, row.TemplateId, ct),
            stored => stored.Version, stored => take(stored) with { UpdateTime = time.StoredNow() },
            stored => templates.UpdateAsync(stored, ct));
        return true;
    }

    private static TemplateRow Take(TemplateRow row, TemplateInfo info) => row with
    {
        MetaTemplateId = info.TemplateId,
        State = TemplateWords.ToState(info.Status) ?? row.State,
        Category = TemplateWords.ToCategory(info.Definition.Category) ?? row.Category,
        Quality = info.QualityScore ?? row.Quality,
        RejectedReason = info.RejectedReason ?? "",
    };

    private static void Count(SyncTemplatesResponse summary, bool isChanged)
    {
        if (isChanged)
            summary.UpdatedCount++;
        else
            summary.UnchangedCount++;
    }
}
