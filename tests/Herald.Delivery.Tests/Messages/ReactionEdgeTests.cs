using Herald.Delivery.Messages;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Grains.Failures;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.Testing.Nodes;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Herald.Delivery.Tests.Messages;

public sealed class ReactionEdgeTests : IAsyncLifetime
{
    private const int TokenExpired = 190;
    private const int CategoryViolations = 131064;
    private const int CountryClosed = 130497;
    private const int TemplatePaused = 132015;
    private const int MarketingWithheld = 131049;
    private static readonly CancellationToken None = CancellationToken.None;

    private TestNode? _node;
    private ServiceProvider? _services;

    private TestNode Node => _node ?? throw new InvalidOperationException("The test has not begun.");

    private Reactions Reactions => new(
        (_services ?? throw new InvalidOperationException("The test has not begun.")).GetRequiredService<IFailureReactions>(),
        new SeededRandomSource(1), Node.Time, NullLogger<Reactions>.Instance);

    public async Task InitializeAsync()
    {
        _node = await TestNode.CreateAsync(DatabaseProvider.Sqlite, new ShiftableClock());
        await _node.StartSiloAsync();
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

    [Theory]
    [InlineData(false, SenderState.Disconnected)]
    [InlineData(true, SenderState.Active)]
    public async Task A_refused_token_disconnects_the_sender_unless_it_was_replaced_meanwhile(bool isReplaced, SenderState expected)
    {
        var business = await Node.People.AddBusinessAsync("Lucky Shrub", "100");
        var senders = Node.Get<ISenderStore>();
        var used = Assert.IsType<SenderRow>(await senders.GetAsync(business.Tenant, business.Sender, None));
        if (isReplaced)
            await senders.UpdateAsync(used with { TokenCipher = Node.Secrets.Protect("EAAanother") }, None);

        await Reactions.ReactAsync(used, Message(null), Failure(TokenExpired), Node.Now);

        Assert.Equal(expected, (await senders.GetAsync(business.Tenant, business.Sender, None))?.State);
    }

    [Theory]
    [InlineData(false, MessageState.Failed)]
    [InlineData(true, MessageState.Queued)]
    public async Task What_pauses_a_campaign_ends_a_message_that_has_none(bool hasCampaign, MessageState expected)
    {
        var business = await Node.People.AddBusinessAsync("Lucky Shrub", "100");
        var sender = Assert.IsType<SenderRow>(await Node.Get<ISenderStore>().GetAsync(business.Tenant, business.Sender, None));
        var message = Message(hasCampaign ? (await Node.People.AddCampaignAsync(business, CampaignState.Running)).CampaignId : null);
        var claim = new Claim(business.Tenant, message.MessageId, 1, 1);
        var failure = Failure(TemplatePaused);

        var fate = await Reactions.ReactAsync(sender, message, failure, Node.Now);
        var settlement = Reactions.Settle(claim, new SendResult.Refused(failure), fate);

        Assert.Equal((expected, TemplatePaused), (settlement.NextState, settlement.ErrorCode));
    }

    [Fact]
    public async Task What_was_sent_by_itself_and_is_withheld_in_the_answer_waits_for_the_end_of_the_hold()
    {
        var business = await Node.People.AddBusinessAsync("Lucky Shrub", "100");
        await Node.People.AddPeopleAsync(business, 1);
        var contact = await Node.People.FindAsync(business.Tenant, Population.PhoneOf(1));
        var sender = Assert.IsType<SenderRow>(await Node.Get<ISenderStore>().GetAsync(business.Tenant, business.Sender, None));
        var message = Message(null) with { ContactId = contact, Class = MessageClass.Marketing };
        var failure = Failure(MarketingWithheld);

        var fate = await Reactions.ReactAsync(sender, message, failure, Node.Now);
        var settlement = Reactions.Settle(new Claim(business.Tenant, message.MessageId, 1, 1), new SendResult.Refused(failure), fate);

        var held = await Node.Get<IContactStore>().GetAsync(business.Tenant, contact, None);
        Assert.Equal(MessageState.Queued, settlement.NextState);
        Assert.Equal(Assert.NotNull(held?.HoldUntil), Micros.Truncate(Assert.NotNull(settlement.RetryAt)));
    }

    [Fact]
    public async Task What_an_account_may_not_send_pauses_the_campaigns_of_that_category_on_all_its_numbers_and_no_others()
    {
        var business = await Node.People.AddBusinessAsync("Lucky Shrub", "100");
        var utility = business with
        {
            Template = await Node.People.AddTemplateAsync(business.Tenant, "order_sent", TemplateCategory.Utility, "Your order was sent."),
        };
        var sender = Assert.IsType<SenderRow>(await Node.Get<ISenderStore>().GetAsync(business.Tenant, business.Sender, None));
        var met = await Node.People.AddCampaignAsync(utility, CampaignState.Running);
        var same = await Node.People.AddCampaignAsync(utility with { Sender = await AddNumberAsync(business, "101", sender.WabaId) }, CampaignState.Running);
        var foreign = await Node.People.AddCampaignAsync(utility with { Sender = await AddNumberAsync(business, "102", "another") }, CampaignState.Running);
        var marketing = await Node.People.AddCampaignAsync(business, CampaignState.Running);
        var message = Message(met.CampaignId) with { Class = MessageClass.Utility, TemplateId = utility.Template };

        await Reactions.ReactAsync(sender, message, Failure(CategoryViolations), Node.Now);

        Assert.Equal((CampaignState.Paused, PauseCause.TemplatePaused), await StateAsync(met));
        Assert.Equal((CampaignState.Paused, PauseCause.TemplatePaused), await StateAsync(same));
        Assert.Equal((CampaignState.Running, PauseCause.None), await StateAsync(foreign));
        Assert.Equal((CampaignState.Running, PauseCause.None), await StateAsync(marketing));
    }

    [Fact]
    public async Task A_closed_country_withholds_what_goes_there_and_nothing_else()
    {
        var business = await Node.People.AddBusinessAsync("Lucky Shrub", "100");
        var sender = Assert.IsType<SenderRow>(await Node.Get<ISenderStore>().GetAsync(business.Tenant, business.Sender, None)) with
        {
            ClosedCountries = ClosedCountries.None.With("1650", Node.Now, Node.Now).With("US.", Node.Now, Node.Now),
        };

        Assert.Equal(CountryClosed, Reactions.WithheldCode(sender, Message(null), Node.Now));
        Assert.Equal(CountryClosed, Reactions.WithheldCode(sender, Message(null) with { Phone = null, UserId = "US.1349" }, Node.Now));
        Assert.Null(Reactions.WithheldCode(sender, Message(null) with { Phone = "34600000001" }, Node.Now));
        Assert.Null(Reactions.WithheldCode(sender, Message(null), Node.Now + ClosedCountries.Duration));
    }

    private async Task<SenderId> AddNumberAsync(Business business, string phoneNumberId, string waba)
    {
        var senders = Node.Get<ISenderStore>();
        var id = await Node.People.AddSenderAsync(business.Tenant, phoneNumberId, SenderKind.Business, "EAAother");
        var row = Assert.IsType<SenderRow>(await senders.GetAsync(business.Tenant, id, None));
        Assert.NotNull(await senders.UpdateAsync(row with { WabaId = waba }, None));
        return id;
    }

    private async Task<(CampaignState, PauseCause)> StateAsync(CampaignRow campaign)
    {
        var row = await Node.Get<ICampaignStore>().GetAsync(campaign.TenantId, campaign.CampaignId, None);
        return row is null ? default : (row.State, row.PauseCause);
    }

    private static MetaFailure Failure(int code) => new()
    {
        Code = code,
        HttpStatus = 400,
        Error = MetaErrors.Find(code, null) ?? throw new InvalidOperationException("The code is not in the table."),
    };

    private ClaimedMessage Message(CampaignId? campaign) => new()
    {
        MessageId = Node.Ids.New<MessageId>(),
        CampaignId = campaign,
        ContactId = Node.Ids.New<ContactId>(),
        Class = MessageClass.Reply,
        Attempt = 1,
        TemplateId = null,
        Content = null,
        Phone = "16505550001",
        UserId = null,
        DisplayName = "",
        Language = "",
        Attributes = "{}",
        CampaignParameters = null,
    };
}
