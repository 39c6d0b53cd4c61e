using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Domain.Templates;
using Herald.Storage.Templates;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Templates;

namespace Herald.Api.Templates;

/// <summary>
/// Submits a template to WhatsApp's review. When the answer is lost, or WhatsApp says that it has the template already, WhatsApp is
/// asked what it has, so that a template is submitted once and its state is known.
/// </summary>
internal sealed class TemplateSubmission(ITemplateStore templates, IWhatsAppClient client, TimeProvider time)
{
    private const int ContentExists = 2388024;

    /// <summary>The template with the state that WhatsApp gave it.</summary>
    /// <exception cref="ApiException">WhatsApp refused, cannot be reached, or nobody knows what happened.</exception>
    public async Task<TemplateRow> SubmitAsync(TemplateRow row, AccessToken token, CancellationToken ct)
    {
        var resource = TemplateName.Format(row.TenantId.Value, row.TemplateId.Value);
        var definition = TemplateDefinition.Parse(row.Definition);
        var result = await client.CreateTemplateAsync(row.WabaId, token, definition, ct);
        var created = result switch
        {
            { IsSuccess: true } => result.Value,
            { Failure: { } failure } when failure.Unknown is not null || failure.Refusal?.Subcode == ContentExists || failure.Refusal?.Code == ContentExists =>
                await LookUpAsync(row, definition, token, ct) ?? throw MetaCalls.ToException(failure, resource, isChange: true),
            _ => throw MetaCalls.ToException(result.Failure!, resource, isChange: true),
        };
        // What WhatsApp did is kept even if the caller has gone.
        return await Versioned.UpdateAsync(
            resource, null, () => templates.GetAsync(row.TenantId, row.TemplateId, CancellationToken.None), stored => stored.Version,
            stored => Take(stored, created), stored => templates.UpdateAsync(stored, CancellationToken.None));
    }

    private async Task<TemplateCreated?> LookUpAsync(TemplateRow row, TemplateDefinition definition, AccessToken token, CancellationToken ct)
    {
        var query = new TemplateQuery { Name = row.Name, Language = row.Language };
        var page = await client.ListTemplatesAsync(row.WabaId, token, query, ct);
        // WhatsApp also lists templates whose names merely hold this one.
        var found = page.Value?.Items.FirstOrDefault(item =>
            item.Definition.Name == row.Name && item.Definition.Language == row.Language && item.Definition.Body == definition.Body);
        return found is null ? null : new TemplateCreated(found.TemplateId, found.Status, found.Definition.Category);
    }

    private TemplateRow Take(TemplateRow stored, TemplateCreated created) => stored with
    {
        MetaTemplateId = created.TemplateId,
        Category = TemplateWords.ToCategory(created.Category) ?? stored.Category,
        // A webhook may have overtaken the answer; then it knows better.
        State = stored.State == TemplateState.Draft ? TemplateWords.ToState(created.Status) ?? TemplateState.Pending : stored.State,
        UpdateTime = time.StoredNow(),
    };
}
