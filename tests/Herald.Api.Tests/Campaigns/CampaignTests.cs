using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Consents.V1;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Messages.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Campaigns;
using Herald.Grains;
using Herald.Grains.Campaigns;
using Herald.Storage.Campaigns;
using Microsoft.Extensions.Hosting;
using Orleans;
using CampaignState = Herald.Contracts.Campaigns.V1.CampaignState;
using MessageId = Herald.Domain.Messages.MessageId;
using PauseCause = Herald.Contracts.Campaigns.V1.PauseCause;

namespace Herald.Api.Tests.Campaigns;

public sealed class CampaignTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private CampaignsService.CampaignsServiceClient Campaigns => new(api.Host.Channel);

    [Fact]
    public async Task A_campaign_is_written_and_changed_while_it_is_a_draft()
    {
        var (caller, campaign) = await NewCampaignAsync();
        var changed = new Campaign { Name = campaign.Name, Etag = campaign.Etag, DisplayName = "Better", Parameters = { ["body.1"] = Literal("you") } };

        var updated = (await UpdateAsync(caller, changed, "display_name", "parameters")).Campaign;

        Assert.Equal((CampaignState.Draft, "Better", "you"), (updated.State, updated.DisplayName, updated.Parameters["body.1"].Literal));
        Assert.Equal((campaign.Template, campaign.Sender, campaign.ContactList), (updated.Template, updated.Sender, updated.ContactList));
        await Expect.FailsAsync(StatusCode.Aborted, Reason.EtagMismatch, () => UpdateAsync(caller, changed, "display_name"));
    }

    [Fact]
    public async Task Every_variable_has_one_source_and_no_other_has()
    {
        var (caller, campaign) = await NewCampaignAsync();
        var wrong = new Campaign { Name = campaign.Name, Parameters = { ["body.2"] = Literal("x"), ["header.1"] = Literal("a\tb") } };

        var sources = await Expect.FailsAsync(StatusCode.InvalidArgument, Reason.FieldInvalid, () => UpdateAsync(caller, wrong, "parameters"));
        wrong.Parameters["header.1"] = Literal("fine");
        var keys = await Expect.FailsAsync(StatusCode.InvalidArgument, Reason.FieldInvalid, () => UpdateAsync(caller, wrong, "parameters"));

        Assert.Equal("campaign.parameters[\"header.1\"].literal", Assert.Single(sources.FieldViolations).Field);
        Assert.Equal(
            [
                ("campaign.parameters[\"body.1\"]", "required"), ("campaign.parameters[\"body.2\"]", "unknown_value"),
                ("campaign.parameters[\"header.1\"]", "unknown_value"),
            ],
            keys.FieldViolations.Select(violation => (violation.Field, violation.Rule)).Order());
    }

    [Fact]
    public async Task A_sender_of_another_account_does_not_fit()
    {
        var (caller, campaign) = await NewCampaignAsync();
        var other = await api.Host.ConnectAsync(caller, api.Host.AddBusiness(), SenderKind.Business);

        await Expect.FieldFailsAsync("campaign.sender", "other_account", () =>
            UpdateAsync(caller, new Campaign { Name = campaign.Name, Sender = other.Name }, "sender"));
    }

    [Fact]
    public async Task A_launch_needs_an_approved_template_and_somebody_to_write_to()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, SenderKind.Business);
        var list = await api.Host.CreateListAsync(caller);
        var draft = await api.Host.CreateTemplateAsync(caller, business.WabaId);
        var campaign = await api.Host.CreateCampaignAsync(caller, draft.Name, sender.Name, list.Name);

        var empty = await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.ContactListEmpty, () => LaunchAsync(caller, campaign, null));
        await api.Host.CreateContactAsync(caller, "+34600000001", list.Name);
        var notApproved = await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.TemplateNotApproved, () => LaunchAsync(caller, campaign, null));

        Assert.Equal(list.Name, empty.Metadata["resource"]);
        Assert.Equal((draft.Name, "DRAFT"), (notApproved.Metadata["resource"], notApproved.Metadata["state"]));
    }

    [Fact]
    public async Task A_campaign_is_launched_paused_resumed_and_cancelled_and_says_who_did_it()
    {
        var (caller, campaign) = await NewCampaignAsync();
        var launched = await LaunchAsync(caller, campaign, null);
        await RunAsync(caller, campaign);

        var paused = (await Campaigns.PauseCampaignAsync(
            new PauseCampaignRequest { Name = campaign.Name, Detail = "Wrong price", RequestId = World.NewRequestId() }, caller.Auth)).Campaign;
        var resumed = (await Campaigns.ResumeCampaignAsync(
            new ResumeCampaignRequest { Name = campaign.Name, RequestId = World.NewRequestId() }, caller.Auth)).Campaign;
        var cancelled = await CancelAsync(caller, campaign);
        var refused = await Expect.FailsAsync(StatusCode.FailedPrecondition, Reason.CampaignState, () => LaunchAsync(caller, campaign, null));

        Assert.Equal(CampaignState.Preparing, launched.State);
        Assert.NotNull(launched.LaunchTime);
        Assert.Equal((CampaignState.Paused, PauseCause.Partner, "Wrong price"), (paused.State, paused.Pause.Cause, paused.Pause.Detail));
        Assert.StartsWith($"{caller.Name}/apiKeys/", paused.Pause.Actor, StringComparison.Ordinal);
        Assert.Equal((CampaignState.Running, null), (resumed.State, resumed.Pause));
        Assert.Equal(CampaignState.Cancelled, cancelled.State);
        Assert.Equal(("CANCELLED", "DRAFT,SCHEDULED"), (refused.Metadata["state"], refused.Metadata["allowed_states"]));
    }

    [Fact]
    public async Task A_launch_with_a_time_waits_for_it()
    {
        var (caller, campaign) = await NewCampaignAsync();
        var tomorrow = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(1));

        await Expect.FieldFailsAsync("schedule_time", "out_of_range", () =>
            LaunchAsync(caller, campaign, Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow().AddDays(366))));
        var scheduled = await LaunchAsync(caller, campaign, tomorrow);

        Assert.Equal(CampaignState.Scheduled, scheduled.State);
        Assert.Equal(tomorrow.Seconds, scheduled.ScheduleTime.Seconds);
    }

    [Fact]
    public async Task A_watch_tells_each_change_and_ends_with_the_campaign()
    {
        var (caller, campaign) = await NewCampaignAsync();
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        using var watch = Campaigns.WatchCampaign(new WatchCampaignRequest { Name = campaign.Name, UpdatesPerSecondMax = 10 }, caller.Auth);
        var answers = new List<WatchCampaignResponse>();
        Assert.True(await watch.ResponseStream.MoveNext(limit.Token));
        answers.Add(watch.ResponseStream.Current);

        await LaunchAsync(caller, campaign, null);
        await RunAsync(caller, campaign);
        while (answers[^1].CampaignReport.RecipientCount == 0 && await watch.ResponseStream.MoveNext(limit.Token))
            answers.Add(watch.ResponseStream.Current);
        await CancelAsync(caller, campaign);
        while (await watch.ResponseStream.MoveNext(limit.Token))
            answers.Add(watch.ResponseStream.Current);

        Assert.Equal(CampaignState.Draft, answers[0].Campaign.State);
        Assert.Equal(CampaignState.Cancelled, answers[^1].Campaign.State);
        Assert.Equal((2, 1, 1), (
            answers[^1].CampaignReport.RecipientCount, answers[^1].CampaignReport.CancelledCount, answers[^1].CampaignReport.SuppressedCount));
    }

    [Fact]
    public async Task A_watch_ends_when_its_node_stops()
    {
        await using var host = await ApiHost.StartAsync(Storage.DatabaseProvider.Sqlite, static _ => { });
        var caller = await host.NewTenantAsync();
        var business = host.AddBusiness();
        var sender = await host.ConnectAsync(caller, business, SenderKind.Business);
        var template = await host.CreateTemplateAsync(caller, business.WabaId);
        var campaign = await host.CreateCampaignAsync(caller, template.Name, sender.Name, (await host.CreateListAsync(caller)).Name);
        using var watch = new CampaignsService.CampaignsServiceClient(host.Channel).WatchCampaign(
            new WatchCampaignRequest { Name = campaign.Name }, caller.Auth);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        host.Get<IHostApplicationLifetime>().StopApplication();

        await Expect.FailsAsync(
            StatusCode.Unavailable, Reason.ServiceUnavailable, () => watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Limit));
    }

    [Fact]
    public async Task The_report_counts_every_recipient_once_and_says_why()
    {
        var (caller, campaign) = await NewCampaignAsync();
        await LaunchAsync(caller, campaign, null);
        await RunAsync(caller, campaign);

        var report = (await Campaigns.GetCampaignReportAsync(new GetCampaignReportRequest { Name = campaign.Name }, caller.Auth)).CampaignReport;
        var messages = await new MessagesService.MessagesServiceClient(api.Host.Channel)
            .ListMessagesAsync(new ListMessagesRequest { Parent = caller.Name, Campaign = campaign.Name }, caller.Auth);

        Assert.Equal((2, 1, 1), (report.RecipientCount, report.QueuedCount, report.SuppressedCount));
        Assert.Equal(SuppressionReason.NoOptIn, Assert.Single(report.SuppressedByReason).Reason);
        Assert.Equal([MessageState.Queued, MessageState.Suppressed], messages.Messages.Select(message => message.State).Order());
        Assert.All(messages.Messages, message => Assert.Equal((campaign.Name, campaign.Sender), (message.Campaign, message.Sender)));
    }

    [Fact]
    public async Task A_revoke_suppresses_what_is_queued_before_it_answers()
    {
        var (caller, campaign) = await NewCampaignAsync();
        await LaunchAsync(caller, campaign, null);
        await RunAsync(caller, campaign);
        var client = new MessagesService.MessagesServiceClient(api.Host.Channel);
        var queued = (await client.ListMessagesAsync(new ListMessagesRequest { Parent = caller.Name, State = MessageState.Queued }, caller.Auth)).Messages.Single();

        var answer = await RecordAsync(api.Host, caller, queued.Contact, ConsentAction.Revoke);

        var message = (await client.GetMessageAsync(new GetMessageRequest { Name = queued.Name }, caller.Auth)).Message;
        Assert.Equal((1, ConsentState.Revoked), (answer.SuppressedMessageCount, answer.Consent.Marketing.State));
        Assert.Equal((ConsentSource.Api, ConsentAction.Revoke), (answer.ConsentEvent.Source, answer.ConsentEvent.Action));
        Assert.StartsWith($"{caller.Name}/apiKeys/", answer.ConsentEvent.Actor, StringComparison.Ordinal);
        Assert.Equal((MessageState.Suppressed, SuppressionReason.OptedOut), (message.State, message.SuppressionReason));
    }

    [Fact]
    public async Task A_grant_needs_evidence_and_events_are_listed_newest_first()
    {
        var caller = await api.Host.NewTenantAsync();
        var contact = await api.Host.CreateContactAsync(caller, "+34600000001");
        await RecordAsync(api.Host, caller, contact.Name, ConsentAction.Grant);
        await RecordAsync(api.Host, caller, contact.Name, ConsentAction.Revoke);
        var client = new ConsentsService.ConsentsServiceClient(api.Host.Channel);

        var events = (await client.ListConsentEventsAsync(new ListConsentEventsRequest { Parent = contact.Name }, caller.Auth)).ConsentEvents;

        Assert.Equal([ConsentAction.Revoke, ConsentAction.Grant], events.Select(one => one.Action));
        Assert.Equal("the form at the counter", events[1].Evidence.Origin);
        await Expect.FieldFailsAsync("evidence", "required", async () => await client.RecordConsentAsync(
            new RecordConsentRequest
            {
                Parent = contact.Name,
                Purpose = ConsentPurpose.Marketing,
                Action = ConsentAction.Grant,
                RequestId = World.NewRequestId(),
            },
            caller.Auth));
    }

    /// <summary>A draft to two people, of whom one allowed marketing.</summary>
    private async Task<(TestCaller Caller, Campaign Campaign)> NewCampaignAsync()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, SenderKind.Business);
        var template = await api.Host.ApproveTemplateAsync(caller, business.WabaId);
        var list = await api.Host.CreateListAsync(caller);
        var willing = await api.Host.CreateContactAsync(caller, "+34600000001", list.Name);
        await api.Host.CreateContactAsync(caller, "+34600000002", list.Name);
        await RecordAsync(api.Host, caller, willing.Name, ConsentAction.Grant);
        return (caller, await api.Host.CreateCampaignAsync(caller, template.Name, sender.Name, list.Name));
    }

    /// <summary>What delivery does after a launch: freezes the audience, and says that it runs.</summary>
    private async Task RunAsync(TestCaller caller, Campaign campaign)
    {
        var id = CampaignId.Parse(campaign.Name[^36..]);
        await api.Host.Get<ICampaignStore>().PrepareBatchAsync(
            caller.Tenant, id, 100, TimeProvider.System.GetUtcNow(), static () => new MessageId(Guid.Parse(World.NewRequestId())), CancellationToken.None);
        var running = await api.Host.Get<IGrainFactory>().GetGrain<ICampaignGrain>(GrainKeys.Campaign(caller.Tenant, id)).MarkRunning();
        Assert.True(running.IsAccepted);
    }

    private async Task<Campaign> LaunchAsync(TestCaller caller, Campaign campaign, Timestamp? time) => (await Campaigns.LaunchCampaignAsync(
        new LaunchCampaignRequest { Name = campaign.Name, ScheduleTime = time, RequestId = World.NewRequestId() }, caller.Auth)).Campaign;

    private async Task<Campaign> CancelAsync(TestCaller caller, Campaign campaign) => (await Campaigns.CancelCampaignAsync(
        new CancelCampaignRequest { Name = campaign.Name, RequestId = World.NewRequestId() }, caller.Auth)).Campaign;

    private async Task<UpdateCampaignResponse> UpdateAsync(TestCaller caller, Campaign campaign, params string[] paths) =>
        await Campaigns.UpdateCampaignAsync(
            new UpdateCampaignRequest { Campaign = campaign, UpdateMask = new FieldMask { Paths = { paths } }, RequestId = World.NewRequestId() },
            caller.Auth);

    private static async Task<RecordConsentResponse> RecordAsync(ApiHost host, TestCaller caller, string contact, ConsentAction action) =>
        await new ConsentsService.ConsentsServiceClient(host.Channel).RecordConsentAsync(
            new RecordConsentRequest
            {
                Parent = contact,
                Purpose = ConsentPurpose.Marketing,
                Action = action,
                Evidence = new ConsentEvidence { Origin = "the form at the counter" },
                RequestId = World.NewRequestId(),
            },
            caller.Auth);

    private static ParameterSource Literal(string text) => new() { Literal = text };
}
