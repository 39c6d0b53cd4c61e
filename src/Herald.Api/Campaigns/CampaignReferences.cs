using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts.Campaigns.V1;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Templates;

namespace Herald.Api.Campaigns;

/// <summary>Looks at what a campaign is made of: that it exists in the tenant, and that it fits together.</summary>
internal sealed class CampaignReferences(ITemplateStore templates, ISenderStore senders, IContactListStore lists)
{
    /// <summary>Checks a campaign whose fields are well-formed.</summary>
    /// <exception cref="ApiException">Something is missing or does not fit.</exception>
    public async Task CheckAsync(Call call, Campaign campaign, TemplateId templateId, SenderId senderId, ContactListId listId)
    {
        var template = await templates.GetAsync(call.Tenant, templateId, call.Ct) ?? throw ApiErrors.NotFound(campaign.Template);
        var sender = await senders.GetAsync(call.Tenant, senderId, call.Ct) ?? throw ApiErrors.NotFound(campaign.Sender);
        _ = await lists.GetAsync(call.Tenant, listId, call.Ct) ?? throw ApiErrors.NotFound(campaign.ContactList);
        if (template.Category == TemplateCategory.Authentication)
            call.Violations.Add("campaign.template", Rules.NotAllowed, "One-time codes are not sent by campaigns.");
        if (sender.Kind != Domain.Senders.SenderKind.Business)
            call.Violations.Add("campaign.sender", Rules.NotAllowed, "Campaigns are sent from BUSINESS senders.");
        else if (sender.WabaId != template.WabaId)
            call.Violations.Add("campaign.sender", "other_account", "The sender belongs to the template's WhatsApp Business Account.");
        call.Violations.CheckAgainst("campaign.parameters", campaign.Parameters, TemplateDefinition.Parse(template.Definition));
        call.ThrowIfInvalid();
    }

    /// <summary>The states of a campaign's template and sender, in the contract's words.</summary>
    public async Task<(string Template, string Sender)> StatesAsync(Call call, TemplateId templateId, SenderId senderId)
    {
        var template = await templates.GetAsync(call.Tenant, templateId, call.Ct);
        var sender = await senders.GetAsync(call.Tenant, senderId, call.Ct);
        return (template is null ? "MISSING" : template.State.ToString().ToUpperInvariant(),
            sender is null ? "MISSING" : sender.State.ToString().ToUpperInvariant());
    }

    /// <summary>Whether a list has nobody in it.</summary>
    public async Task<bool> IsEmptyAsync(Call call, ContactListId listId) =>
        await lists.GetAsync(call.Tenant, listId, call.Ct) is { Members: 0 };
}
