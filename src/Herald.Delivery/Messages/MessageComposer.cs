using System.Collections.Concurrent;
using System.Text.Json;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Grains.Campaigns;
using Herald.Storage.Messages;
using Herald.Storage.Templates;
using Herald.WhatsApp.Messages;
using Herald.WhatsApp.Templates;

namespace Herald.Delivery.Messages;

/// <summary>
/// Makes the request of a claimed message: stored content for single messages; for templates the campaign's parameters filled from the contact.
/// What Meta would refuse is found here, with the code Meta would give. Templates are read once in a few seconds.
/// </summary>
internal sealed class MessageComposer(ITemplateStore templates, TimeProvider time)
{
    /// <summary>The code under which a message fails whose contact has no address that WhatsApp takes.</summary>
    public const int RecipientInvalid = 131009;

    private const int EntriesMax = 1_000;
    private const int ParameterMissing = 131008;
    private const int TemplateMissing = 132001;
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(TenantId, TemplateId), (TemplateParameters? Template, long ReadAt)> _templates = new();
    private readonly ConcurrentDictionary<CampaignId, (string Json, CampaignParameters Parsed)> _parameters = new();

    public async ValueTask<Composed> ComposeAsync(TenantId tenant, ClaimedMessage message, CancellationToken ct)
    {
        try
        {
            return await ComposeCheckedAsync(tenant, message, ct);
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            // Stored content, a template, parameters or attributes that no version of ours can read: this message fails, the others go on.
            return new Composed(null, ParameterMissing, "What is stored for this message cannot be read.");
        }
    }

    private async ValueTask<Composed> ComposeCheckedAsync(TenantId tenant, ClaimedMessage message, CancellationToken ct)
    {
        if (AddressOf(message) is not { } to)
            return new Composed(null, RecipientInvalid, "The contact's address is none that WhatsApp takes.");
        var callback = BizOpaqueCallback.Format(message.MessageId);
        if (message.Content is { } content)
        {
            var queued = QueuedContent.Parse(content);
            var outgoing = new OutgoingMessage(to, queued.Content) { CallbackData = callback, ContextMessageId = queued.ContextMessageId };
            return new Composed(outgoing, 0, "");
        }
        if (message.TemplateId is not { } id || await FindAsync(tenant, id, ct) is not { } template)
            return new Composed(null, TemplateMissing, "The template does not exist any more.");
        var fill = template.Fill(Values(template, message), ValueCleaning.Clean);
        return fill.Content is null
            // The violations name fields and rules only, never a value.
            ? new Composed(null, ParameterMissing, string.Join("; ", fill.Violations.Select(violation => $"{NameOf(template, violation.Field)} {violation.Rule}")))
            : new Composed(new OutgoingMessage(to, fill.Content) { CallbackData = callback }, 0, "");
    }

    /// <summary>The field as callers of the API name it.</summary>
    private static string NameOf(TemplateParameters template, string field) =>
        template.All.FirstOrDefault(parameter => parameter.Key == field) is { } parameter ? ParameterKeys.Of(parameter) : field;

    /// <summary>What webhooks and imports call an address is kept as it came; null when it cannot be one.</summary>
    private static Recipient? AddressOf(ClaimedMessage message)
    {
        try
        {
            return message.Phone is { } phone ? Recipient.OfPhone(phone) : Recipient.OfUser(message.UserId ?? "");
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private Dictionary<string, string> Values(TemplateParameters template, ClaimedMessage message)
    {
        var sources = Parameters(message);
        var attributes = JsonSerializer.Deserialize<Dictionary<string, string>>(message.Attributes) ?? [];
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in template.All)
        {
            if (sources.ByKey.TryGetValue(ParameterKeys.Of(parameter), out var source))
                values[parameter.Key] = source.Resolve(message.DisplayName, message.Language, message.Phone, attributes);
        }
        return values;
    }

    /// <summary>A campaign's parameters are the same for all its messages; the text tells whether they changed.</summary>
    private CampaignParameters Parameters(ClaimedMessage message)
    {
        var json = message.CampaignParameters ?? "{}";
        if (message.CampaignId is not { } campaign)
            return CampaignParameters.Parse(json);
        if (_parameters.TryGetValue(campaign, out var known) && known.Json == json)
            return known.Parsed;
        if (_parameters.Count >= EntriesMax)
            _parameters.Clear();
        var parsed = CampaignParameters.Parse(json);
        _parameters[campaign] = (json, parsed);
        return parsed;
    }

    private async ValueTask<TemplateParameters?> FindAsync(TenantId tenant, TemplateId id, CancellationToken ct)
    {
        if (_templates.TryGetValue((tenant, id), out var known) && time.GetElapsedTime(known.ReadAt) < Life)
            return known.Template;
        var row = await templates.GetAsync(tenant, id, ct);
        var template = row is null ? null : TemplateParameters.Of(TemplateDefinition.Parse(row.Definition));
        if (_templates.Count >= EntriesMax)
            _templates.Clear();
        _templates[(tenant, id)] = (template, time.GetTimestamp());
        return template;
    }
}
