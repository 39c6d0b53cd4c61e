using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Grains.Campaigns;
using Herald.Grains.Tests.Fixtures;
using Herald.Storage;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.Testing.Nodes;

namespace Herald.Grains.Tests.Campaigns;

public abstract class CampaignGrainTests(DatabaseProvider provider) : GrainTest(provider)
{
    private readonly StoreHooks _campaigns = new();

    [Fact]
    public async Task A_draft_is_launched_and_audited()
    {
        var campaign = await AddAsync(CampaignState.Draft);

        var result = await Grain(campaign).Launch(new LaunchCampaign { Actor = "key:1", RequestId = "r1" });

        Assert.Equal((ChangeOutcome.Accepted, "PREPARING", 2L), (result.Outcome, result.State, result.Version));
        var row = await GetAsync(campaign);
        Assert.Equal(CampaignState.Preparing, row.State);
        Assert.NotNull(row.LaunchTime);
        var audit = Assert.Single(await AuditAsync());
        Assert.Equal(("key:1", "LaunchCampaign", "OK"), (audit.Actor, audit.Action, audit.Outcome));
        Assert.Contains("\"from\":\"DRAFT\"", audit.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PauseCause.TemplatePaused, PauseCause.TemplatePaused, true)]
    [InlineData(PauseCause.TemplatePaused, PauseCause.SenderUnavailable, false)]
    [InlineData(PauseCause.Owner, PauseCause.Owner, false)]
    public async Task A_pause_is_lifted_for_its_own_cause_and_never_a_person_s(PauseCause paused, PauseCause lifted, bool goesOn)
    {
        var campaign = await AddAsync(CampaignState.Running);
        await Grain(campaign).Pause(new PauseCampaign { Actor = "herald", Cause = (int)paused });

        var result = await Grain(campaign).Lift((int)lifted);

        Assert.Equal(goesOn ? ChangeOutcome.Accepted : ChangeOutcome.StateNotAllowed, result.Outcome);
        Assert.Equal(goesOn ? CampaignState.Running : CampaignState.Paused, (await GetAsync(campaign)).State);
    }

    [Fact]
    public async Task A_template_that_is_approved_while_its_campaign_is_halted_lets_it_go_on()
    {
        var campaign = await AddAsync(CampaignState.Running);
        var templates = Node.Get<ITemplateStore>();
        var template = await templates.GetAsync(Shop.Tenant, Shop.Template, default);
        template = await templates.UpdateAsync(template! with { State = TemplateState.Paused, UpdateTime = Now }, default);
        _campaigns.Before = async (method, _) =>
        {
            if (method == nameof(ICampaignStore.UpdateAsync) && template is { } stopped)
            {
                template = null;
                Assert.NotNull(await templates.UpdateAsync(stopped with { State = TemplateState.Approved, UpdateTime = Now }, default));
            }
        };

        var halted = await Grain(campaign).Halt();
        var again = await Grain(campaign).Halt();

        Assert.Equal((ChangeOutcome.Accepted, "PAUSED", ChangeOutcome.StateNotAllowed), (halted.Outcome, halted.State, again.Outcome));
        var liftable = Assert.Single(await Node.Get<ICampaignStore>().ListLiftableAsync(10, default));
        Assert.Equal((campaign.CampaignId, PauseCause.TemplatePaused), (liftable.CampaignId, liftable.PauseCause));
    }

    [Fact]
    public async Task A_launch_needs_an_approved_template()
    {
        var templates = Node.Get<ITemplateStore>();
        var template = await templates.GetAsync(Shop.Tenant, Shop.Template, default);
        await templates.UpdateAsync(template! with { State = TemplateState.Paused }, default);

        await AssertLaunchRefusedAsync(ChangeOutcome.TemplateNotUsable);
    }

    [Fact]
    public async Task A_launch_needs_a_sender_that_can_send()
    {
        var senders = Node.Get<ISenderStore>();
        var sender = await senders.GetAsync(Shop.Tenant, Shop.Sender, default);
        await senders.UpdateAsync(sender! with { State = SenderState.Disconnected }, default);

        await AssertLaunchRefusedAsync(ChangeOutcome.SenderNotUsable);
    }

    [Fact]
    public async Task A_launch_needs_somebody_to_write_to()
    {
        var campaign = await Node.People.AddCampaignAsync(
            Shop with { List = await Node.People.AddListAsync(Shop.Tenant) }, CampaignState.Draft);

        var result = await Grain(campaign).Launch(new LaunchCampaign { Actor = "key:1" });

        Assert.Equal(ChangeOutcome.ContactListNotUsable, result.Outcome);
    }

    [Fact]
    public async Task A_start_in_the_past_is_refused()
    {
        var campaign = await AddAsync(CampaignState.Draft);

        var result = await Grain(campaign).Launch(new LaunchCampaign { Actor = "key:1", ScheduleTime = Now.AddMinutes(-1) });

        Assert.Equal(ChangeOutcome.Invalid, result.Outcome);
        Assert.Equal(CampaignState.Draft, (await GetAsync(campaign)).State);
    }

    [Theory]
    [InlineData(CampaignState.Running, "launch")]
    [InlineData(CampaignState.Draft, "pause")]
    [InlineData(CampaignState.Scheduled, "pause")]
    [InlineData(CampaignState.Running, "resume")]
    [InlineData(CampaignState.Draft, "run")]
    [InlineData(CampaignState.Running, "start")]
    public async Task What_the_life_cycle_does_not_know_is_refused_with_the_states_that_would_do(CampaignState state, string command)
    {
        var campaign = await AddAsync(state);

        var result = await SendAsync(campaign, command);

        Assert.Equal(ChangeOutcome.StateNotAllowed, result.Outcome);
        Assert.NotEmpty(result.AllowedStates);
        Assert.Equal((state, 1L), ((await GetAsync(campaign)).State, (await GetAsync(campaign)).Version));
        Assert.Empty(await AuditAsync());
    }

    [Theory]
    [InlineData("launch")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("cancel")]
    public async Task Nothing_leads_out_of_an_end(string command)
    {
        var campaign = await AddAsync(CampaignState.Running);
        await SendAsync(campaign, "fail");

        Assert.Equal(ChangeOutcome.StateNotAllowed, (await SendAsync(campaign, command)).Outcome);
        Assert.Equal(CampaignState.Failed, (await GetAsync(campaign)).State);
    }

    [Fact]
    public async Task A_campaign_of_another_tenant_is_not_there()
    {
        var campaign = await AddAsync(CampaignState.Draft);
        var other = await Node.People.AddTenantAsync("Café Sol", TenantKind.Business);

        var grain = Node.Grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(other, campaign.CampaignId));

        Assert.Equal(ChangeOutcome.NotFound, (await grain.Cancel(new CampaignCommand { Actor = "key:2" })).Outcome);
        Assert.Equal(CampaignState.Draft, (await GetAsync(campaign)).State);
    }

    [Fact]
    public async Task A_version_that_is_not_the_current_one_changes_nothing()
    {
        var campaign = await AddAsync(CampaignState.Running);

        var result = await Grain(campaign).Cancel(new CampaignCommand { Actor = "key:1", Version = 7 });

        Assert.Equal((ChangeOutcome.VersionMismatch, 1L), (result.Outcome, result.Version));
        Assert.Equal(CampaignState.Running, (await GetAsync(campaign)).State);
    }

    [Fact]
    public async Task A_repeated_request_gives_the_first_answer_and_changes_nothing()
    {
        var campaign = await AddAsync(CampaignState.Draft);
        var launch = new LaunchCampaign { Actor = "key:1", RequestId = "r1", Version = 1 };

        var first = await Grain(campaign).Launch(launch);
        var second = await Grain(campaign).Launch(launch);

        Assert.Equal((first.Outcome, first.State, first.Version), (second.Outcome, second.State, second.Version));
        Assert.Single(await AuditAsync());
    }

    [Fact]
    public async Task A_request_is_known_again_after_Heralds_own_steps()
    {
        var campaign = await AddAsync(CampaignState.Draft);
        var launch = new LaunchCampaign { Actor = "owner:1", RequestId = "chat:wamid.1" };
        await Grain(campaign).Launch(launch);
        await Grain(campaign).MarkRunning();

        var again = await Grain(campaign).Launch(launch);

        Assert.Equal((ChangeOutcome.Accepted, "RUNNING"), (again.Outcome, again.State));
    }

    [Fact]
    public async Task A_lost_race_is_decided_again_on_what_the_winner_left()
    {
        var campaign = await AddAsync(CampaignState.Running);
        WriteFirst(row => row with { DisplayName = "Autumn sale" });

        var result = await SendAsync(campaign, "pause");

        Assert.Equal((ChangeOutcome.Accepted, "PAUSED", 3L), (result.Outcome, result.State, result.Version));
        Assert.Equal("Autumn sale", (await GetAsync(campaign)).DisplayName);
    }

    [Fact]
    public async Task A_race_that_was_lost_to_an_end_is_refused()
    {
        var campaign = await AddAsync(CampaignState.Running);
        WriteFirst(row => row with { State = CampaignState.Cancelled, EndTime = Now });

        var result = await SendAsync(campaign, "pause");

        Assert.Equal((ChangeOutcome.StateNotAllowed, "CANCELLED"), (result.Outcome, result.State));
    }

    [Fact]
    public async Task Of_many_launches_at_once_one_wins()
    {
        var campaign = await AddAsync(CampaignState.Draft);

        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Grain(campaign).Launch(new LaunchCampaign { Actor = "key:1", RequestId = $"r{i}" })));

        Assert.Single(results, result => result.IsAccepted);
        Assert.All(results.Where(result => !result.IsAccepted), result => Assert.Equal(ChangeOutcome.StateNotAllowed, result.Outcome));
    }

    [Fact]
    public async Task Cancelling_cancels_what_is_queued()
    {
        await Node.People.AddPeopleAsync(Shop, 12);
        var campaign = await Node.People.AddQueuedCampaignAsync(Shop);

        var result = await SendAsync(campaign, "cancel");

        Assert.Equal("CANCELLED", result.State);
        var messages = await Node.People.MessagesAsync(Shop.Tenant, null);
        Assert.Equal(12, messages.Count);
        Assert.All(messages, message => Assert.Equal(MessageState.Cancelled, message.State));
    }

    [Fact]
    public async Task A_person_takes_over_a_pause_of_Herald_but_Herald_none_of_a_person()
    {
        var campaign = await AddAsync(CampaignState.Running);
        await PauseAsync(campaign, PauseCause.TemplatePaused);

        Assert.True((await PauseAsync(campaign, PauseCause.Owner)).IsAccepted);
        Assert.False((await PauseAsync(campaign, PauseCause.TokenInvalid)).IsAccepted);

        Assert.Equal(PauseCause.Owner, (await GetAsync(campaign)).PauseCause);
    }

    [Fact]
    public async Task Resuming_needs_a_sender_that_can_send_again()
    {
        var campaign = await AddAsync(CampaignState.Running);
        await PauseAsync(campaign, PauseCause.TokenInvalid);
        var senders = Node.Get<ISenderStore>();
        var sender = await senders.GetAsync(Shop.Tenant, Shop.Sender, default);
        sender = await senders.UpdateAsync(sender! with { State = SenderState.Disconnected }, default);

        Assert.Equal(ChangeOutcome.SenderNotUsable, (await SendAsync(campaign, "resume")).Outcome);
        await senders.UpdateAsync(sender! with { State = SenderState.Active }, default);
        Assert.Equal("RUNNING", (await SendAsync(campaign, "resume")).State);
    }

    private protected override void ReplaceStores(TestNode node) => node.Replace<ICampaignStore>(_campaigns.Around);

    private async Task<CampaignRow> AddAsync(CampaignState state)
    {
        ContactId person = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, "16505550001", isOptedIn: true);
        Assert.NotEqual(default, person);
        return await Node.People.AddCampaignAsync(Shop, state);
    }

    private async Task AssertLaunchRefusedAsync(ChangeOutcome expected)
    {
        var campaign = await AddAsync(CampaignState.Draft);

        var result = await Grain(campaign).Launch(new LaunchCampaign { Actor = "key:1" });

        Assert.Equal(expected, result.Outcome);
        Assert.NotEmpty(result.Detail);
        Assert.Equal(CampaignState.Draft, (await GetAsync(campaign)).State);
    }

    /// <summary>Somebody else writes the row once, between the grain's decision and its write.</summary>
    private void WriteFirst(Func<CampaignRow, CampaignRow> change)
    {
        var rival = Node.Database.Get<ICampaignStore>();
        var isDone = false;
        _campaigns.Before = async (method, arguments) =>
        {
            if (method != nameof(ICampaignStore.UpdateAsync) || isDone)
                return;
            isDone = true;
            var mine = Assert.IsType<CampaignRow>(arguments[0]);
            var row = await rival.GetAsync(mine.TenantId, mine.CampaignId, default);
            Assert.NotNull(await rival.UpdateAsync(change(row!), default));
        };
    }

    private Task<ChangeResult> PauseAsync(CampaignRow campaign, PauseCause cause) =>
        Grain(campaign).Pause(new PauseCampaign { Actor = "test", Cause = (int)cause });

    private Task<ChangeResult> SendAsync(CampaignRow campaign, string command) => command switch
    {
        "launch" => Grain(campaign).Launch(new LaunchCampaign { Actor = "test" }),
        "pause" => PauseAsync(campaign, PauseCause.Owner),
        "resume" => Grain(campaign).Resume(new CampaignCommand { Actor = "test" }),
        "cancel" => Grain(campaign).Cancel(new CampaignCommand { Actor = "test" }),
        "fail" => Grain(campaign).Fail(new CampaignCommand { Actor = "test" }),
        "run" => Grain(campaign).MarkRunning(),
        "start" => Grain(campaign).StartPreparing(),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private ICampaignGrain Grain(CampaignRow campaign) =>
        Node.Grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(campaign.TenantId, campaign.CampaignId));

    private async Task<CampaignRow> GetAsync(CampaignRow campaign) =>
        await Node.Database.Get<ICampaignStore>().GetAsync(campaign.TenantId, campaign.CampaignId, default)
        ?? throw new InvalidOperationException("The campaign is gone.");

    private Task<IReadOnlyList<AuditRow>> AuditAsync() => Node.Get<IAuditStore>().ListAsync(Shop.Tenant, null, 100, default);
}

public sealed class SqliteCampaignGrainTests() : CampaignGrainTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlCampaignGrainTests() : CampaignGrainTests(DatabaseProvider.PostgreSql);
