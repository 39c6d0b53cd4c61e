using System.Security.Cryptography;
using Herald.Domain;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Host.Tests.Support;
using Herald.Simulator;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Host.Tests.Failures;

/// <summary>Makes the rows of one business for each failure, as connecting and preparing would.</summary>
internal sealed class FailurePopulation(IServiceProvider services, SimulatorControl simulator)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IIdSource _ids = services.GetRequiredService<IIdSource>();

    /// <summary>The sender of the control number.</summary>
    public static SenderId ControlSender { get; } = SenderId.Parse("00000000-0000-7000-8000-000000000009");

    /// <summary>Some time ago, so that nothing that Meta tells now is older than what it is about.</summary>
    private DateTimeOffset Past => services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(-1);

    private BusinessRows Rows => new(services, Past);

    public async Task AddAsync(FailureCase failure)
    {
        var business = failure.Business!;
        failure.Tenant = await Rows.AddTenantAsync(business.Name);
        failure.Sender = await Rows.AddSenderAsync(failure.Tenant, business, 0);
        failure.OtherSender = await Rows.AddSenderAsync(failure.Tenant, business, 1);
        failure.Template = await Rows.AddTemplateAsync(failure.Tenant, business, isKnownToMeta: failure.IsLate);
        await AddOwnerAsync(failure);
        simulator.SetRecipientBehaviour(failure.Phone, failure.IsLate
            ? new RecipientBehaviour { FailWith = failure.Code, Silent = true }
            : new RecipientBehaviour { RefuseWith = failure.Code, RefuseSubcode = failure.Subcode, RefuseHttpStatus = failure.HttpStatus, Silent = true });
    }

    public Task<SenderId> AddControlSenderAsync(TenantId tenant, SimulatedBusiness business) =>
        Rows.AddSenderAsync(tenant, business, 0, SenderKind.Control, ControlSender);

    /// <summary>A running campaign; delivery freezes its audience, which is one person.</summary>
    public async Task LaunchAsync(FailureCase failure)
    {
        var list = await Rows.AddListAsync(failure.Tenant, [failure.Phone]);
        if (failure.Expected.PausesTheOtherCampaign)
            await AddOtherCampaignAsync(failure, list);
        failure.Contact = (await services.GetRequiredService<IContactStore>().FindByPhoneAsync(failure.Tenant, [failure.Phone], None))!.ContactId;
        failure.Campaign = await Rows.AddCampaignAsync(failure.Tenant, failure.Template, failure.Sender, list, isRunning: true);
        await services.GetRequiredService<ICampaignStore>().PrepareBatchAsync(
            failure.Tenant, failure.Campaign, 10, Past, () => new MessageId(_ids.NewId()), None);
    }

    private async Task AddOtherCampaignAsync(FailureCase failure, ContactListId list)
    {
        var other = await Rows.AddCampaignAsync(failure.Tenant, failure.Template, failure.OtherSender, list, isRunning: true);
        await services.GetRequiredService<ICampaignStore>().PrepareBatchAsync(
            failure.Tenant, other, 10, Past.AddDays(1), () => new MessageId(_ids.NewId()), None);
        failure.OtherCampaign = other;
    }

    private async Task AddOwnerAsync(FailureCase failure)
    {
        var owners = services.GetRequiredService<IOwnerStore>();
        var now = Past.AddHours(1);
        var hash = SHA256.HashData(failure.Tenant.Value.ToByteArray());
        Assert.True(await owners.CreateLinkCodeAsync(failure.Tenant, hash, OwnerRole.Owner, "en", now, now.AddMinutes(15), None));
        Assert.NotNull(await owners.RedeemLinkCodeAsync(hash, failure.OwnerPhone, new OwnerId(_ids.NewId()), now, None));
    }
}
