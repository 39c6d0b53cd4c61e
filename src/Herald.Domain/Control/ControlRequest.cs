using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Domain.Control;

/// <summary>
/// What the conversation asks its host to look up or to do. The host answers each with the <see cref="ControlAnswer"/> that the
/// case names. Nobody but the linked owner reaches the tenant in it, with the role checked already.
/// </summary>
public abstract record ControlRequest
{
    private ControlRequest()
    {
    }

    /// <summary>Link this phone to the tenant that gave out the code. Answer: <see cref="ControlAnswer.Linked"/>.</summary>
    /// <param name="Code">Six digits.</param>
    public sealed record LinkOwner(string Code) : ControlRequest;

    /// <summary>Take away this phone's right to control the tenant. Answer: <see cref="ControlAnswer.Outcome"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    public sealed record UnlinkOwner(TenantId Tenant) : ControlRequest;

    /// <summary>Keep the owner's language. Answer: <see cref="ControlAnswer.Outcome"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Language">One of <see cref="ControlConversation.Languages"/>.</param>
    public sealed record SetLanguage(TenantId Tenant, string Language) : ControlRequest;

    /// <summary>Look up a page of campaigns, newest first. Answer: <see cref="ControlAnswer.Campaigns"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Action">What one is chosen for.</param>
    /// <param name="States">Only campaigns in one of these states.</param>
    /// <param name="NameContains">Only names that hold this, in any case; empty for all.</param>
    /// <param name="Cursor">The next cursor of the page before; empty for the first page.</param>
    /// <param name="PageSize">How many at most.</param>
    public sealed record FindCampaigns(
        TenantId Tenant, ControlAction Action, IReadOnlyList<CampaignState> States, string NameContains, string Cursor, int PageSize)
        : ControlRequest;

    /// <summary>Look up one campaign. Answer: <see cref="ControlAnswer.Campaign"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Campaign">The campaign; it may be of another tenant or gone, which is the same.</param>
    /// <param name="Action">What it is looked up for.</param>
    public sealed record LoadCampaign(TenantId Tenant, CampaignId Campaign, ControlAction Action) : ControlRequest;

    /// <summary>
    /// Launch. Answer: <see cref="ControlAnswer.Outcome"/>; or <see cref="ControlAnswer.Campaign"/>, and nothing is launched, when sending must be
    /// spread over days and the owner did not agree to that.
    /// </summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Campaign">The campaign.</param>
    /// <param name="FirstSendTime">Nothing may be sent before.</param>
    /// <param name="AcceptsSpread">The owner was shown that sending is spread over days.</param>
    public sealed record LaunchCampaign(TenantId Tenant, CampaignId Campaign, DateTimeOffset FirstSendTime, bool AcceptsSpread) : ControlRequest;

    /// <summary>Pause. Answer: <see cref="ControlAnswer.Outcome"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Campaign">The campaign.</param>
    public sealed record PauseCampaign(TenantId Tenant, CampaignId Campaign) : ControlRequest;

    /// <summary>Resume. Answer: <see cref="ControlAnswer.Outcome"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Campaign">The campaign.</param>
    public sealed record ResumeCampaign(TenantId Tenant, CampaignId Campaign) : ControlRequest;

    /// <summary>Cancel. Answer: <see cref="ControlAnswer.Outcome"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Campaign">The campaign.</param>
    /// <param name="IsUndo">It is the undoing of a launch.</param>
    public sealed record CancelCampaign(TenantId Tenant, CampaignId Campaign, bool IsUndo) : ControlRequest;

    /// <summary>Look up the templates, newest first, at most 20. Answer: <see cref="ControlAnswer.Templates"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    public sealed record ListTemplates(TenantId Tenant) : ControlRequest;

    /// <summary>Look up how many people opted out. Answer: <see cref="ControlAnswer.OptOuts"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    public sealed record LoadOptOuts(TenantId Tenant) : ControlRequest;

    /// <summary>Opt the person with this phone out of marketing, in all variants of the number. Answer: <see cref="ControlAnswer.Outcome"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Phone">The phone; the person need not be a contact yet.</param>
    public sealed record OptOutPhone(TenantId Tenant, PhoneNumber Phone) : ControlRequest;

    /// <summary>Opt this contact out of marketing. Answer: <see cref="ControlAnswer.Outcome"/>.</summary>
    /// <param name="Tenant">The tenant.</param>
    /// <param name="Contact">The contact; it may be gone.</param>
    public sealed record OptOutContact(TenantId Tenant, ContactId Contact) : ControlRequest;
}
