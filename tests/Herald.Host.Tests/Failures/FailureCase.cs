using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Simulator;

namespace Herald.Host.Tests.Failures;

/// <summary>One code and the business that meets it, with one campaign to one person.</summary>
/// <param name="Code">Meta's code.</param>
/// <param name="Subcode">Its subcode, or null.</param>
/// <param name="HttpStatus">HTTP status of the answer; null for the usual one of the code.</param>
/// <param name="IsLate">Comes by a status instead of the answer.</param>
/// <param name="Expected">What follows.</param>
internal sealed record FailureCase(int Code, int? Subcode, int? HttpStatus, bool IsLate, Expected Expected)
{
    public SimulatedBusiness? Business { get; set; }

    public TenantId Tenant { get; set; }

    public SenderId Sender { get; set; }

    public SenderId OtherSender { get; set; }

    public TemplateId Template { get; set; }

    public CampaignId Campaign { get; set; }

    /// <summary>A campaign of the other number whose message is not due yet; only where it matters.</summary>
    public CampaignId? OtherCampaign { get; set; }

    public ContactId Contact { get; set; }

    public string Phone { get; set; } = "";

    public string OwnerPhone { get; set; } = "";
}
