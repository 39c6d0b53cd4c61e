using System.Security.Cryptography;
using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains.Failures;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Tenants;
using Herald.Testing.Nodes;
using Herald.WhatsApp.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Delivery.Tests.Messages;

/// <summary>What owners hear of campaigns that one failure pauses together.</summary>
public sealed class PauseNoticeTests : IAsyncLifetime
{
    private const int CategoryViolations = 131064;
    private const string OwnerPhone = "16505550001";

    private TestNode? _node;
    private ServiceProvider? _services;
    private Business? _shop;

    private ShiftableClock Clock { get; } = new();

    private TestNode Node => _node ?? throw new InvalidOperationException("The test has not begun.");

    private Business Shop => _shop ?? throw new InvalidOperationException("The test has not begun.");

    private DateTimeOffset Now => Clock.GetUtcNow();

    public async Task InitializeAsync()
    {
        _node = await TestNode.CreateAsync(DatabaseProvider.Sqlite, Clock);
        await _node.StartSiloAsync();
        _shop = await _node.People.AddBusinessAsync("Lucky Shrub", "100");
        var services = new ServiceCollection();
        _node.AddTo(services);
        services.AddSingleton(_node.Grains);
        _services = services.AddHeraldFailureReactions().BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        if (_services is not null)
            await _services.DisposeAsync();
        if (_node is not null)
            await _node.DisposeAsync();
    }

    private ICampaignStore Campaigns => Node.Get<ICampaignStore>();

    [Fact]
    public async Task The_same_campaigns_are_told_of_once_a_day_whichever_met_it_first_and_others_at_once()
    {
        var (system, owner) = await AddOwnerAsync();
        CampaignId[] campaigns = [await AddRunningAsync(), await AddRunningAsync()];

        await FailAsync(campaigns[0]);
        Assert.Single(await Node.People.MessagesAsync(system, owner));
        await ResumeAsync(campaigns);
        await FailAsync(campaigns[1]);
        Assert.Single(await Node.People.MessagesAsync(system, owner));
        await ResumeAsync(campaigns);
        await AddRunningAsync();
        await FailAsync(campaigns[0]);

        Assert.Equal(2, (await Node.People.MessagesAsync(system, owner)).Count);
    }

    private async Task<CampaignId> AddRunningAsync() => (await Node.People.AddCampaignAsync(Shop, CampaignState.Running)).CampaignId;

    private async Task ResumeAsync(IEnumerable<CampaignId> campaigns)
    {
        Clock.PutForward(TimeSpan.FromMinutes(10));
        foreach (var campaign in campaigns)
        {
            var row = Assert.IsType<CampaignRow>(await Campaigns.GetAsync(Shop.Tenant, campaign, default));
            Assert.Equal(CampaignState.Paused, row.State);
            Assert.NotNull(await Campaigns.UpdateAsync(row with { State = CampaignState.Running, PauseCause = PauseCause.None, UpdateTime = Now }, default));
        }
        Clock.PutForward(TimeSpan.FromMinutes(10));
    }

    private Task<Fate> FailAsync(CampaignId campaign) => (_services ?? throw new InvalidOperationException("The test has not begun.")).GetRequiredService<IFailureReactions>().ReactAsync(new FailedSend
    {
        Tenant = Shop.Tenant,
        Sender = Shop.Sender,
        Message = new MessageId(Guid.Parse("0199aaaa-0000-7000-8000-000000000001")),
        Contact = new ContactId(Guid.Parse("0199aaaa-0000-7000-8000-000000000002")),
        Campaign = campaign,
        Template = Shop.Template,
        Class = MessageClass.Marketing,
        Attempt = 1,
        Code = CategoryViolations,
        Error = MetaErrors.ForStatus(CategoryViolations),
        Time = Now,
        CameLater = false,
    });

    private async Task<(TenantId System, ContactId Owner)> AddOwnerAsync()
    {
        var system = await Node.People.AddTenantAsync("Herald", TenantKind.System);
        var control = await Node.People.AddSenderAsync(system, "900", SenderKind.Control, "token");
        var contact = await Node.People.AddPersonAsync(system, null, OwnerPhone, isOptedIn: false);
        await Node.Get<IContactStore>().TouchWindowAsync(system, contact, control, Now, default);
        var code = SHA256.HashData("123456"u8);
        var owners = Node.Get<IOwnerStore>();
        Assert.True(await owners.CreateLinkCodeAsync(Shop.Tenant, code, OwnerRole.Owner, "en", Now, Now.AddMinutes(5), default));
        Assert.NotNull(await owners.RedeemLinkCodeAsync(code, OwnerPhone, new OwnerId(Guid.Parse("0199aaaa-0000-7000-8000-000000000003")), Now, default));
        return (system, contact);
    }
}
