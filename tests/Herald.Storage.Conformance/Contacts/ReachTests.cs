using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Contacts;

/// <summary>What Meta's refusals say of a person, and what campaigns make of it.</summary>
public abstract class ReachTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private const int Undeliverable = 131026;

    private IContactReachStore Reach => Get<IContactReachStore>();

    private IContactStore Contacts => Get<IContactStore>();

    [Theory]
    [InlineData(TemplateCategory.Marketing, MessageState.Suppressed)]
    [InlineData(TemplateCategory.Utility, MessageState.Suppressed)]
    [InlineData(TemplateCategory.Authentication, MessageState.Queued)]
    public async Task Campaigns_skip_whom_WhatsApp_could_not_reach_but_a_code_that_a_person_waits_for_is_tried(TemplateCategory category, MessageState expected)
    {
        var scene = await Given.SceneAsync(category, 1);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);

        Assert.True(await Reach.MarkUnreachableAsync(scene.Tenant, scene.Contacts[0], Undeliverable, Now, None));
        Assert.False(await Reach.MarkUnreachableAsync(scene.Tenant, scene.Contacts[0], 131030, Now, None));
        await Given.PrepareAsync(scene, 2);

        var row = Assert.Single(await MessagesAsync(scene));
        Assert.Equal(expected, row.State);
        Assert.Equal(expected == MessageState.Suppressed ? SuppressionReason.Unreachable : SuppressionReason.None, row.SuppressionReason);
        Assert.Equal((Undeliverable, Now), await MarkAsync(scene));
    }

    [Fact]
    public async Task What_is_queued_already_is_skipped_when_it_is_claimed()
    {
        var scene = await Given.QueuedSceneAsync(1);
        await Reach.MarkUnreachableAsync(scene.Tenant, scene.Contacts[0], Undeliverable, Now, None);

        var claim = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None);

        Assert.Equal((0, 1), (claim.Messages.Count, claim.Suppressed));
        Assert.Equal(SuppressionReason.Unreachable, Assert.Single(await MessagesAsync(scene)).SuppressionReason);
    }

    [Fact]
    public async Task Who_writes_or_gets_another_number_can_be_reached_again_and_nothing_else_changes_that()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        await Reach.MarkUnreachableAsync(scene.Tenant, scene.Contacts[0], Undeliverable, Now, None);
        var row = await ContactAsync(scene);

        await Contacts.UpdateAsync(row with { DisplayName = "Ana María" }, [], None);
        Assert.Equal(Undeliverable, (await ContactAsync(scene)).UnreachableCode);
        await Contacts.UpdateAsync(await ContactAsync(scene) with { Phone = Given.NewPhone() }, [], None);
        Assert.Equal(0, (await ContactAsync(scene)).UnreachableCode);
        Assert.False(await Reach.MarkReachableAsync(scene.Tenant, scene.Contacts[0], None));
        await Reach.MarkUnreachableAsync(scene.Tenant, scene.Contacts[0], Undeliverable, Now, None);
        Assert.True(await Reach.MarkReachableAsync(scene.Tenant, scene.Contacts[0], None));

        Assert.Equal(0, (await ContactAsync(scene)).UnreachableCode);
    }

    [Fact]
    public async Task A_hold_moves_queued_and_future_marketing_behind_its_end_and_counts_each_failure_once()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var random = new SeededRandomSource(1);

        var first = await Reach.HoldMarketingAsync(scene.Tenant, scene.Contacts[0], Now, random, None);
        var again = await Reach.HoldMarketingAsync(scene.Tenant, scene.Contacts[0], Now, random, None);

        Assert.Equal((1, first), (first?.Count, again));
        var held = Assert.Single(await MessagesAsync(scene));
        Assert.Equal((first!.Until, Now, first.Until), (held.DueTime, held.ContactHoldTime, held.ContactHoldUntil));
        var other = Given.Campaign(scene.Tenant, scene.Sender, scene.Template, scene.List);
        await Get<ICampaignStore>().InsertAsync(other, None);
        await Get<ICampaignStore>().PrepareBatchAsync(scene.Tenant, other.CampaignId, 2, Now, Ids.New<MessageId>, None);
        Assert.All(await MessagesAsync(scene), row => Assert.Equal(
            (MessageState.Queued, first.Until, Now, first.Until), (row.State, row.DueTime, row.ContactHoldTime, row.ContactHoldUntil)));
        Assert.Null(await Reach.HoldMarketingAsync(scene.Tenant, Ids.New<ContactId>(), Now, random, None));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Marketing_that_is_due_during_a_hold_is_put_off_by_the_claim_and_counts_for_no_limit(bool isLimited)
    {
        var scene = isLimited ? await Given.LimitedSceneAsync(1, peopleMax: 1, reservePercent: 0) : await Given.QueuedSceneAsync(1);
        var hold = await Reach.HoldMarketingAsync(scene.Tenant, scene.Contacts[0], Now, new SeededRandomSource(1), None);
        await ExecuteAsync("UPDATE messages SET due_time = create_time, contact_hold_time = NULL, contact_hold_until = NULL, content = 'x'");

        var during = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);
        var held = Assert.Single(await MessagesAsync(scene));
        Time.Advance(hold!.Until - Now);
        var after = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((0, 0, 1), (during.Messages.Count, during.Suppressed, during.Postponed));
        Assert.Equal((MessageState.Queued, hold.Until, 0, "x"), (held.State, held.DueTime, held.Attempts, held.Content));
        Assert.Equal((hold.Time, hold.Until, null, null), (held.ContactHoldTime, held.ContactHoldUntil, held.LimitHoldTime, held.EndTime));
        Assert.Single(after.Messages);
    }

    [Fact]
    public async Task What_is_not_marketing_is_not_held_back()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        await Reach.HoldMarketingAsync(scene.Tenant, scene.Contacts[0], Now, new SeededRandomSource(1), None);
        await Given.PrepareAsync(scene, 2);

        Assert.Single((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None)).Messages);
        Assert.Null(Assert.Single(await MessagesAsync(scene)).ContactHoldTime);
    }

    [Fact]
    public async Task A_window_that_Meta_says_is_closed_is_closed_and_one_opened_since_is_not()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        await Contacts.TouchWindowAsync(scene.Tenant, scene.Contacts[0], scene.Sender, Now.AddHours(-2), None);

        Assert.False(await Reach.CloseWindowAsync(scene.Tenant, scene.Contacts[0], scene.Sender, Now.AddHours(-3), None));
        Assert.True(await Reach.CloseWindowAsync(scene.Tenant, scene.Contacts[0], scene.Sender, Now, None));

        Assert.Equal(Now.AddHours(-24), await Contacts.GetWindowAsync(scene.Tenant, scene.Contacts[0], scene.Sender, None));
    }

    private async Task<(int, DateTimeOffset?)> MarkAsync(Scene scene)
    {
        var row = await ContactAsync(scene);
        return (row.UnreachableCode, row.UnreachableTime);
    }

    private async Task<ContactRow> ContactAsync(Scene scene) =>
        Assert.IsType<ContactRow>(await Contacts.GetAsync(scene.Tenant, scene.Contacts[0], None));

    private Task<IReadOnlyList<MessageRow>> MessagesAsync(Scene scene) =>
        Get<IMessageStore>().ListAsync(scene.Tenant, null, scene.Contacts[0], null, null, 10, None);
}

public sealed class SqliteReachTests() : ReachTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlReachTests() : ReachTests(DatabaseProvider.PostgreSql);
