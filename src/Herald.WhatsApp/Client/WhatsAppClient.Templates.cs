using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Client;

internal sealed partial class WhatsAppClient
{
    private const string TemplateFields =
        "id,name,status,category,language,components,parameter_format,quality_score,rejected_reason,previous_category,correct_category,"
        + "message_send_ttl_seconds";

    private const int TemplatesPerPageMax = 1000;

    public Task<CallResult<TemplateCreated>> CreateTemplateAsync(
        string wabaId, AccessToken token, TemplateDefinition template, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(wabaId, nameof(wabaId));
        ArgumentNullException.ThrowIfNull(template);
        var body = Body(writer => TemplateDefinitionWriter.Write(writer, template));
        return ManageAsync(
            "CreateTemplate", wabaId, HttpMethod.Post, wabaId + "/message_templates", token, body, AccountReader.ReadCreated, cancellationToken);
    }

    public Task<CallResult<Page<TemplateInfo>>> ListTemplatesAsync(
        string wabaId, AccessToken token, TemplateQuery query, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(wabaId, nameof(wabaId));
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, TemplatesPerPageMax, nameof(query));
        var path = $"{wabaId}/message_templates?fields={TemplateFields}&limit={query.Limit}"
            + Query("after", query.After) + Query("name", query.Name) + Query("status", query.Status) + Query("language", query.Language);
        return ManageAsync("ListTemplates", wabaId, HttpMethod.Get, path, token, null, AccountReader.ReadTemplates, cancellationToken);
    }

    public Task<CallResult<TemplateInfo>> GetTemplateAsync(string templateId, AccessToken token, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(templateId, nameof(templateId));
        var path = $"{templateId}?fields={TemplateFields}";
        return ManageAsync("GetTemplate", templateId, HttpMethod.Get, path, token, null, AccountReader.ReadTemplate, cancellationToken);
    }

    public Task<CallResult<Acknowledgement>> DeleteTemplateAsync(
        string wabaId, AccessToken token, string name, string? templateId, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(wabaId, nameof(wabaId));
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (templateId is not null) GraphId.ThrowIfInvalid(templateId, nameof(templateId));
        var path = $"{wabaId}/message_templates?name={Uri.EscapeDataString(name)}{Query("hsm_id", templateId)}";
        return ManageAsync("DeleteTemplate", wabaId, HttpMethod.Delete, path, token, null, AccountReader.ReadSuccess, cancellationToken);
    }
}
