using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Control;
using Herald.Domain.Tenants;
using Herald.Grains.Campaigns;
using Herald.Grains.Consents;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Orleans;

namespace Herald.Grains.Control;

/// <summary>
/// Carries out what the conversation asks for. Each errand may run twice for one message and then does nothing the second time: campaign
/// commands carry the message's id as their request id, consent its evidence key.
/// </summary>
internal sealed class ControlErrands(
    IOwnerStore owners,
    ITenantStore tenants,
    ITemplateStore templates,
    IContactStore contacts,
    IConsentStore consents,
    CampaignCards campaigns,
    IIdSource ids,
    TimeProvider time)
{
    private const int TemplatesMax = 20;

    public Task<ControlAnswer> RunAsync(IGrainFactory grains, ControlRequest request, ControlMessage turn) => request switch
    {
        ControlRequest.LinkOwner link => LinkAsync(link, turn),
        ControlRequest.UnlinkOwner unlink => UnlinkAsync(unlink, turn),
        ControlRequest.SetLanguage set => SetLanguageAsync(set, turn),
        ControlRequest.FindCampaigns find => campaigns.FindAsync(find),
        ControlRequest.LoadCampaign load => campaigns.LoadAsync(load),
        ControlRequest.LaunchCampaign launch => LaunchAsync(grains, launch, turn),
        ControlRequest.PauseCampaign pause => PauseAsync(grains, pause, turn),
        ControlRequest.ResumeCampaign resume => ResumeAsync(grains, resume, turn),
        ControlRequest.CancelCampaign cancel => CancelAsync(grains, cancel, turn),
        ControlRequest.ListTemplates list => ListTemplatesAsync(list),
        ControlRequest.LoadOptOuts load => LoadOptOutsAsync(load),
        ControlRequest.OptOutPhone optOut => OptOutPhoneAsync(grains, optOut, turn),
        ControlRequest.OptOutContact optOut => OptOutAsync(grains, optOut.Tenant, optOut.Contact, turn),
        _ => throw new InvalidOperationException($"The conversation asks for {request.GetType().Name}, which nobody carries out."),
    };

    private async Task<ControlAnswer> LinkAsync(ControlRequest.LinkOwner request, ControlMessage turn)
    {
        if (turn.Phone is not { } phone
            || await owners.RedeemLinkCodeAsync(OwnerLinkCodes.Hash(request.Code), phone, new OwnerId(ids.NewId()), time.GetUtcNow(),
                CancellationToken.None) is not { } owner
            || await tenants.GetAsync(owner.TenantId, CancellationToken.None) is not { } tenant)
        {
            return new ControlAnswer.Linked(null);
        }
        return new ControlAnswer.Linked(new ControlLink(owner.TenantId, owner.OwnerId, tenant.DisplayName, owner.Role, owner.Language));
    }

    private async Task<ControlAnswer> UnlinkAsync(ControlRequest.UnlinkOwner request, ControlMessage turn)
    {
        if (await OwnerAsync(request.Tenant, turn) is { } owner)
            await owners.RemoveAsync(owner.TenantId, owner.OwnerId, time.GetUtcNow(), CancellationToken.None);
        return Done;
    }

    private async Task<ControlAnswer> SetLanguageAsync(ControlRequest.SetLanguage request, ControlMessage turn)
    {
        if (await OwnerAsync(request.Tenant, turn) is { } owner)
            await owners.SetLanguageAsync(owner.TenantId, owner.OwnerId, request.Language, CancellationToken.None);
        return Done;
    }

    private async Task<ControlAnswer> LaunchAsync(IGrainFactory grains, ControlRequest.LaunchCampaign request, ControlMessage turn)
    {
        if (!request.AcceptsSpread && await campaigns.FindOverLimitAsync(request, RequestId(turn)) is { } card)
            return new ControlAnswer.Campaign(card);
        var result = await Campaign(grains, request.Tenant, request.Campaign).Launch(new LaunchCampaign
        {
            Actor = await ActorAsync(request.Tenant, turn),
            RequestId = RequestId(turn),
            ScheduleTime = request.FirstSendTime > time.GetUtcNow() ? request.FirstSendTime : null,
        });
        return Outcome(result);
    }

    private async Task<ControlAnswer> PauseAsync(IGrainFactory grains, ControlRequest.PauseCampaign request, ControlMessage turn) =>
        Outcome(await Campaign(grains, request.Tenant, request.Campaign).Pause(new PauseCampaign
        {
            Actor = await ActorAsync(request.Tenant, turn),
            RequestId = RequestId(turn),
            Cause = (int)PauseCause.Owner,
        }));

    private async Task<ControlAnswer> ResumeAsync(IGrainFactory grains, ControlRequest.ResumeCampaign request, ControlMessage turn) =>
        Outcome(await Campaign(grains, request.Tenant, request.Campaign).Resume(await CommandAsync(request.Tenant, turn, "")));

    private async Task<ControlAnswer> CancelAsync(IGrainFactory grains, ControlRequest.CancelCampaign request, ControlMessage turn) =>
        Outcome(await Campaign(grains, request.Tenant, request.Campaign).Cancel(
            await CommandAsync(request.Tenant, turn, request.IsUndo ? "The launch was undone." : "")));

    private async Task<ControlAnswer> ListTemplatesAsync(ControlRequest.ListTemplates request)
    {
        var rows = await templates.ListAsync(request.Tenant, null, null, TemplatesMax, CancellationToken.None);
        return new ControlAnswer.Templates([.. rows.Select(row => new TemplateCard(row.Name, row.Language, row.Category, row.State))]);
    }

    private async Task<ControlAnswer> LoadOptOutsAsync(ControlRequest.LoadOptOuts request)
    {
        var now = time.GetUtcNow();
        var counts = await consents.CountOptOutsAsync(request.Tenant, now.AddDays(-1), now.AddDays(-7), CancellationToken.None);
        return new ControlAnswer.OptOuts(counts.LastDay, counts.LastWeek, counts.Total);
    }

    private async Task<ControlAnswer> OptOutPhoneAsync(IGrainFactory grains, ControlRequest.OptOutPhone request, ControlMessage turn)
    {
        var contact = await contacts.ResolveInboundAsync(request.Tenant, new InboundIdentity
        {
            Phone = request.Phone.Digits,
            PhoneVariants = [.. request.Phone.Variants().Select(variant => variant.Digits)],
            UserId = null,
            ParentUserId = null,
            Username = null,
            ProfileName = "",
        }, new ContactId(ids.NewId()), time.GetUtcNow(), CancellationToken.None);
        return await OptOutAsync(grains, request.Tenant, contact.ContactId, turn);
    }

    private async Task<ControlAnswer> OptOutAsync(IGrainFactory grains, TenantId tenant, ContactId contact, ControlMessage turn)
    {
        await grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(tenant, contact)).Record(new RecordConsent
        {
            Purpose = (int)ConsentPurpose.Marketing,
            Action = (int)ConsentAction.Revoke,
            Source = (int)ConsentSource.OwnerChat,
            EvidenceKey = RequestId(turn),
            Evidence = """{"channel":"control"}""",
            Actor = await ActorAsync(tenant, turn),
            EventTime = time.GetUtcNow(),
        });
        return Done;
    }

    private static ControlAnswer Done { get; } = new ControlAnswer.Outcome(null);

    private static ControlAnswer.Outcome Outcome(ChangeResult result) => new(result.Outcome switch
    {
        ChangeOutcome.Accepted => null,
        ChangeOutcome.TemplateNotUsable => new Rejection(RejectionReason.TemplateNotApproved, result.Detail, []),
        ChangeOutcome.SenderNotUsable => new Rejection(RejectionReason.SenderNotReady, result.Detail, []),
        ChangeOutcome.ContactListNotUsable => new Rejection(RejectionReason.AudienceEmpty, result.Detail, []),
        _ => new Rejection(RejectionReason.StateForbids, result.Detail, result.AllowedStates),
    });

    private async Task<CampaignCommand> CommandAsync(TenantId tenant, ControlMessage turn, string detail) =>
        new() { Actor = await ActorAsync(tenant, turn), RequestId = RequestId(turn), Detail = detail };

    private async Task<string> ActorAsync(TenantId tenant, ControlMessage turn) =>
        await OwnerAsync(tenant, turn) is { } owner ? $"owner:{owner.OwnerId}" : "owner";

    private async Task<OwnerRow?> OwnerAsync(TenantId tenant, ControlMessage turn) => turn.Phone is null
        ? null
        : (await owners.FindByPhoneAsync(turn.Phone, CancellationToken.None)).FirstOrDefault(owner => owner.TenantId == tenant);

    private static string RequestId(ControlMessage turn) => $"chat:{turn.WhatsAppMessageId}";

    private static ICampaignGrain Campaign(IGrainFactory grains, TenantId tenant, CampaignId campaign) =>
        grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(tenant, campaign));
}
