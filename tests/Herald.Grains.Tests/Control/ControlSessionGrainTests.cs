using System.Text.RegularExpressions;
using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains.Control;
using Herald.Grains.Tests.Fixtures;
using Herald.Storage;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;
using Herald.Testing.Nodes;
using Herald.WhatsApp.Messages;
using Npgsql;

namespace Herald.Grains.Tests.Control;

/// <summary>An owner chats with the control number.</summary>
public abstract partial class ControlSessionGrainTests(DatabaseProvider provider) : GrainTest(provider)
{
    private const string Phone = "16505559999";
    private readonly StoreHooks _messages = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private TenantId _system;
    private SenderId _control;
    private ContactId _owner;
    private int _said;

    [Fact]
    public async Task An_owner_links_launches_pauses_resumes_and_asks()
    {
        var campaign = await AddCampaignAsync();
        await CreateCodeAsync("123456", OwnerRole.Owner, "en");

        var linked = await SayAsync("LINK 123456");
        Assert.Contains("linked to Lucky Shrub", Text(linked[0]), StringComparison.Ordinal);
        var menu = Assert.IsType<ListContent>(linked[^1]);

        var asked = await TapAsync(menu.Sections[0].Rows.Single(row => row.Title == "Launch").Id);
        var confirm = Text(asked[^1]);
        Assert.Contains("Recipients: 3", confirm, StringComparison.Ordinal);
        Assert.Equal(CampaignState.Draft, (await GetAsync(campaign)).State);

        Assert.Contains("is launched to 3 recipients", Text((await SayAsync(CodeIn(confirm)))[^1]), StringComparison.Ordinal);
        var launched = await GetAsync(campaign);
        Assert.Equal(CampaignState.Scheduled, launched.State);
        Assert.True(launched.ScheduleTime > Now);

        await RunAsync(campaign);
        await SayAsync("pause");
        Assert.Equal((CampaignState.Paused, PauseCause.Owner), ((await GetAsync(campaign)).State, (await GetAsync(campaign)).PauseCause));
        Assert.Contains("paused", Text((await SayAsync("status"))[^1]), StringComparison.Ordinal);
        await SayAsync("resume");
        Assert.Equal(CampaignState.Running, (await GetAsync(campaign)).State);
        Assert.Contains("STOP is always an opt-out", Text((await SayAsync("help"))[^1]), StringComparison.Ordinal);

        var audit = await Node.Get<IAuditStore>().ListAsync(Shop.Tenant, null, 100, default);
        Assert.Equal(3, audit.Count(row => row.Actor.StartsWith("owner:", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("es", "VINCULAR 123456", "está vinculado a", "lanzar", "se lanzó a", "pausar", "está en pausa", "reanudar", "continúa")]
    [InlineData("pt", "VINCULAR 123456", "está vinculado a", "lançar", "foi lançada", "pausar", "está pausada", "retomar", "continua")]
    public async Task The_conversation_is_held_in_the_owners_language(
        string language, string link, string linked, string launch, string launched, string pause, string paused, string resume, string resumed)
    {
        var campaign = await AddCampaignAsync();
        await CreateCodeAsync("123456", OwnerRole.Owner, language);

        Assert.Contains(linked, Text((await SayAsync(link))[0]), StringComparison.Ordinal);
        var code = CodeIn(Text((await SayAsync(launch))[^1]));
        Assert.Contains(launched, Text((await SayAsync(code))[^1]), StringComparison.Ordinal);
        await RunAsync(campaign);
        Assert.Contains(paused, Text((await SayAsync(pause))[^1]), StringComparison.Ordinal);
        Assert.Contains(resumed, Text((await SayAsync(resume))[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_link_code_links_nobody()
    {
        await CreateCodeAsync("123456", OwnerRole.Owner, "en");

        Assert.Contains("wrong or out of date", Text((await SayAsync("LINK 654321"))[^1]), StringComparison.Ordinal);
        Assert.Empty(await Node.Get<IOwnerStore>().ListAsync(Shop.Tenant, default));
    }

    [Fact]
    public async Task A_link_code_is_void_after_its_time_and_after_its_use()
    {
        await CreateCodeAsync("123456", OwnerRole.Owner, "en");
        Clock.PutForward(TimeSpan.FromMinutes(11));
        Assert.Contains("wrong or out of date", Text((await SayAsync("LINK 123456"))[^1]), StringComparison.Ordinal);

        await CreateCodeAsync("222222", OwnerRole.Owner, "en");
        await SayAsync("LINK 222222");
        Assert.Contains("wrong or out of date", Text((await SayAsync("LINK 222222"))[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_launch_code_launches_nothing()
    {
        var campaign = await AddCampaignAsync();
        await LinkAsync(OwnerRole.Owner);
        var code = CodeIn(Text((await SayAsync("launch"))[^1]));

        var wrong = code == "1111" ? "2222" : "1111";
        Assert.Contains("Tries left: 2", Text((await SayAsync(wrong))[^1]), StringComparison.Ordinal);
        Assert.Equal(CampaignState.Draft, (await GetAsync(campaign)).State);
    }

    [Fact]
    public async Task A_launch_code_is_void_after_five_minutes()
    {
        var campaign = await AddCampaignAsync();
        await LinkAsync(OwnerRole.Owner);
        var code = CodeIn(Text((await SayAsync("launch"))[^1]));
        Clock.PutForward(TimeSpan.FromMinutes(6));

        Assert.Contains("out of date", Text((await SayAsync(code))[^1]), StringComparison.Ordinal);
        Assert.Equal(CampaignState.Draft, (await GetAsync(campaign)).State);
    }

    [Fact]
    public async Task A_launch_code_holds_once()
    {
        var campaign = await AddCampaignAsync();
        await LinkAsync(OwnerRole.Owner);
        var code = CodeIn(Text((await SayAsync("launch"))[^1]));
        await SayAsync(code);
        var version = (await GetAsync(campaign)).Version;

        await SayAsync(code);

        Assert.Equal(version, (await GetAsync(campaign)).Version);
    }

    [Fact]
    public async Task A_campaign_that_no_longer_fits_its_portfolio_is_asked_about_again_and_goes_over_days_once_agreed()
    {
        var campaign = await AddCampaignAsync();
        await LinkAsync(OwnerRole.Owner);
        await LimitAsync(peopleMax: 3);
        var fits = Text((await SayAsync("launch"))[^1]);
        await LimitAsync(peopleMax: 2);

        var asked = Text((await SayAsync(CodeIn(fits)))[^1]);
        var before = await GetAsync(campaign);
        await SayAsync(CodeIn(asked));

        Assert.DoesNotContain("Limit:", fits, StringComparison.Ordinal);
        Assert.Contains("Limit: 2 people in 24 hours", asked, StringComparison.Ordinal);
        Assert.Contains("Now 2 people can be reached; sending takes about 2 days", asked, StringComparison.Ordinal);
        Assert.Equal(CampaignState.Draft, before.State);
        Assert.Equal(CampaignState.Scheduled, (await GetAsync(campaign)).State);
    }

    [Theory]
    [InlineData("launch")]
    [InlineData("pause")]
    [InlineData("cancel")]
    public async Task A_viewer_may_look_but_not_act(string command)
    {
        var campaign = await AddCampaignAsync();
        await LinkAsync(OwnerRole.Viewer);

        Assert.Contains("does not allow this", Text((await SayAsync(command))[^1]), StringComparison.Ordinal);
        Assert.Equal(1, (await GetAsync(campaign)).Version);
        Assert.Contains("Spring sale", Text((await SayAsync("status"))[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UNDO_within_its_time_ends_the_campaign_before_anything_is_sent()
    {
        var campaign = await AddCampaignAsync();
        await LinkAsync(OwnerRole.Owner);
        await SayAsync(CodeIn(Text((await SayAsync("launch"))[^1])));

        await SayAsync("undo");

        Assert.Equal(CampaignState.Cancelled, (await GetAsync(campaign)).State);
    }

    [Fact]
    public async Task Another_tenants_campaigns_are_never_shown()
    {
        var other = await Node.People.AddBusinessAsync("Café Sol", "200");
        await Node.People.AddCampaignAsync(other, CampaignState.Draft);
        await LinkAsync(OwnerRole.Owner);

        Assert.Contains("There are no campaigns yet", Text((await SayAsync("campaigns"))[^1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_message_twice_is_answered_once()
    {
        await LinkAsync(OwnerRole.Owner);

        Assert.NotEmpty(await ReceiveAsync("wamid.same", "help", null));
        Assert.Empty(await ReceiveAsync("wamid.same", "help", null));
    }

    [Fact]
    public async Task A_crash_between_persisting_and_queueing_loses_no_reply_and_launches_once()
    {
        var campaign = await AddCampaignAsync();
        await LinkAsync(OwnerRole.Owner);
        var code = CodeIn(Text((await SayAsync("launch"))[^1]));
        FailToQueueOnce();
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync("wamid.code", code, null));
        await Node.RestartSiloAsync();

        var replies = await ReceiveAsync("wamid.code", code, null);

        Assert.Contains("is launched", Text(replies[^1]), StringComparison.Ordinal);
        Assert.Equal(2, (await GetAsync(campaign)).Version);
    }

    [Fact]
    public async Task A_crash_before_persisting_repeats_the_turn_and_launches_once()
    {
        var campaign = await AddCampaignAsync();
        await LinkAsync(OwnerRole.Owner);
        var code = CodeIn(Text((await SayAsync("launch"))[^1]));
        Node.Documents.BeforeWrite = _ => throw new IOException("The power is gone.");
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync("wamid.code", code, null));
        Node.Documents.BeforeWrite = null;
        await Node.RestartSiloAsync();
        // Meanwhile the campaign went on by itself.
        await RunAsync(campaign);

        var replies = await ReceiveAsync("wamid.code", code, null);

        Assert.Contains("is launched", Text(replies[^1]), StringComparison.Ordinal);
        Assert.Equal(CampaignState.Running, (await GetAsync(campaign)).State);
    }

    [Fact]
    public async Task Replies_that_could_not_be_queued_go_out_with_the_next_turn()
    {
        await LinkAsync(OwnerRole.Owner);
        FailToQueueOnce();
        await Assert.ThrowsAnyAsync<Exception>(() => ReceiveAsync("wamid.lost", "help", null));

        var replies = await ReceiveAsync("wamid.next", "campaigns", null);

        Assert.Contains("STOP is always an opt-out", Text(replies[0]), StringComparison.Ordinal);
        Assert.Contains("There are no campaigns yet", Text(replies[^1]), StringComparison.Ordinal);
    }

    private protected override void ReplaceStores(TestNode node) => node.Replace<IMessageStore>(_messages.Around);

    protected override async Task PrepareAsync()
    {
        _system = await Node.People.AddTenantAsync("Herald", TenantKind.System);
        _control = await Node.People.AddSenderAsync(_system, "500", SenderKind.Control, "EAAcontrol");
        _owner = await Node.People.AddPersonAsync(_system, null, Phone, isOptedIn: false);
    }

    private void FailToQueueOnce()
    {
        var isDone = false;
        _messages.Before = (method, _) =>
        {
            if (isDone || method != nameof(IMessageStore.EnqueueAsync))
                return Task.CompletedTask;
            isDone = true;
            return Task.FromException(new NpgsqlException("away", new IOException("gone")));
        };
    }

    private async Task<CampaignRow> AddCampaignAsync()
    {
        await Node.People.AddPeopleAsync(Shop, 3);
        return await Node.People.AddCampaignAsync(Shop, CampaignState.Draft);
    }

    private async Task LimitAsync(int peopleMax)
    {
        await Node.Get<IPortfolioStore>().SetAsync(
            new PortfolioRow { PortfolioId = "portfolio-1", PeopleMax = peopleMax, ReservePercent = 0, UpdateTime = Now }, default);
        var sender = await Node.Get<ISenderStore>().GetAsync(Shop.Tenant, Shop.Sender, default);
        Assert.NotNull(await Node.Get<ISenderStore>().UpdateAsync(sender! with { PortfolioId = "portfolio-1" }, default));
    }

    /// <summary>What delivery does when the time has come.</summary>
    private async Task RunAsync(CampaignRow campaign)
    {
        var grain = Node.Grains.GetGrain<Herald.Grains.Campaigns.ICampaignGrain>(GrainKeys.Campaign(campaign.TenantId, campaign.CampaignId));
        Assert.True((await grain.StartPreparing()).IsAccepted);
        Assert.True((await grain.MarkRunning()).IsAccepted);
    }

    private async Task CreateCodeAsync(string code, OwnerRole role, string language) => Assert.True(await Node.Get<IOwnerStore>()
        .CreateLinkCodeAsync(Shop.Tenant, OwnerLinkCodes.Hash(code), role, language, Now, Now.AddMinutes(10), default));

    private async Task LinkAsync(OwnerRole role)
    {
        await CreateCodeAsync("123456", role, "en");
        await SayAsync("LINK 123456");
    }

    private Task<List<MessageContent>> SayAsync(string text) => ReceiveAsync($"wamid.{++_said}", text, null);

    private Task<List<MessageContent>> TapAsync(string id) => ReceiveAsync($"wamid.{++_said}", "", id);

    /// <summary>Sends one message and gives the replies that were queued for it, each of which WhatsApp must take.</summary>
    private async Task<List<MessageContent>> ReceiveAsync(string wamid, string text, string? replyId)
    {
        await Node.Grains.GetGrain<IControlSessionGrain>(GrainKeys.ControlSession(_system, _control, _owner)).Receive(new ControlMessage
        {
            WhatsAppMessageId = wamid,
            Phone = Phone,
            Text = text,
            ReplyId = replyId,
            Time = Now,
        });
        var queued = await Node.People.MessagesAsync(_system, _owner);
        var replies = queued.Where(message => _seen.Add(message.DedupeKey!)).OrderBy(message => message.DueTime)
            .Select(message => MessageContent.Parse(message.Content!)).ToList();
        Assert.All(replies, reply => Assert.Empty(MessageContentValidator.Validate(reply)));
        return replies;
    }

    private static string Text(MessageContent content) => content switch
    {
        TextContent text => text.Body,
        ButtonsContent buttons => buttons.Body,
        ListContent list => list.Body,
        _ => throw new ArgumentOutOfRangeException(nameof(content), content, "Not a reply of the conversation."),
    };

    private static string CodeIn(string text) => FourDigits().Match(text).Value;

    private async Task<CampaignRow> GetAsync(CampaignRow campaign) =>
        await Node.Get<ICampaignStore>().GetAsync(campaign.TenantId, campaign.CampaignId, default)
        ?? throw new InvalidOperationException("The campaign is gone.");

    [GeneratedRegex(@"\b\d{4}\b")]
    private static partial Regex FourDigits();
}

public sealed class SqliteControlSessionGrainTests() : ControlSessionGrainTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlControlSessionGrainTests() : ControlSessionGrainTests(DatabaseProvider.PostgreSql);
