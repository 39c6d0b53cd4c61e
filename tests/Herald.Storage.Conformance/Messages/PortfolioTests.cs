using Dapper;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Messages;

/// <summary>How many different people the senders of one portfolio reach in a moving day.</summary>
public abstract class PortfolioTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IMessageStore Messages => Get<IMessageStore>();

    [Fact]
    public async Task A_claim_takes_what_the_limit_leaves_and_puts_the_rest_off_until_the_day_is_over()
    {
        var scene = await Given.LimitedSceneAsync(5, peopleMax: 3, reservePercent: 0);

        var today = await Messages.ClaimAsync(Given.Claim(scene, 10), None);
        var holds = (await Messages.ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None)).ToLookup(row => row.State, row => row.LimitHoldTime);
        var putOff = Now;
        var again = await Messages.ClaimAsync(Given.Claim(scene, 10), None);
        Time.Advance(TimeSpan.FromHours(23.9));
        var early = await Messages.ClaimAsync(Given.Claim(scene, 10), None);
        Time.Advance(TimeSpan.FromHours(0.5));
        var tomorrow = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((3, 2, 0), (today.Messages.Count, today.Postponed, today.Suppressed));
        Assert.Equal([putOff, putOff], holds[MessageState.Queued]);
        Assert.Equal([null, null, null], holds[MessageState.Claimed]);
        Assert.Equal((0, 0), (again.Messages.Count, again.Postponed));
        Assert.Equal((0, 0), (early.Messages.Count, early.Postponed));
        Assert.Equal((2, 0), (tomorrow.Messages.Count, tomorrow.Postponed));
    }

    [Fact]
    public async Task Who_was_reached_today_or_writes_in_a_window_costs_nothing()
    {
        var scene = await Given.LimitedSceneAsync(4, peopleMax: 2, reservePercent: 0);
        await Get<IContactStore>().TouchWindowAsync(scene.Tenant, scene.Contacts[0], scene.Sender, Now.AddHours(-23), None);
        await Get<IContactStore>().TouchWindowAsync(scene.Tenant, scene.Contacts[1], scene.Sender, Now.AddHours(-25), None);

        var first = await Messages.ClaimAsync(Given.Claim(scene, 10), None);
        var second = await Given.SecondCampaignAsync(scene);
        var next = await Messages.ClaimAsync(Given.Claim(second, 10), None);

        Assert.Equal((3, 1), (first.Messages.Count, first.Postponed));
        Assert.Contains(scene.Contacts[0], first.Messages.Select(message => message.ContactId));
        Assert.Equal(first.Messages.Select(message => message.ContactId.Value).Order(), next.Messages.Select(message => message.ContactId.Value).Order());
        Assert.Equal(1, next.Postponed);
    }

    [Fact]
    public async Task A_later_message_to_the_same_person_makes_them_count_longer()
    {
        var scene = await Given.LimitedSceneAsync(2, peopleMax: 1, reservePercent: 0);
        await Messages.ClaimAsync(Given.Claim(scene, 1), None);
        Time.Advance(TimeSpan.FromHours(20));
        var second = await Given.SecondCampaignAsync(scene);
        var renewed = await Messages.ClaimAsync(Given.Claim(second, 10), None);
        Time.Advance(TimeSpan.FromHours(5));
        var stillFull = await Messages.ClaimAsync(Given.Claim(scene, 10), None);
        Time.Advance(TimeSpan.FromHours(20));
        var free = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Single(renewed.Messages);
        Assert.Empty(stillFull.Messages);
        Assert.NotEmpty(free.Messages);
    }

    [Fact]
    public async Task Transactional_messages_have_a_reserve_and_replies_are_free()
    {
        var scene = await Given.LimitedSceneAsync(10, peopleMax: 10, reservePercent: 40);
        var marketing = await Messages.ClaimAsync(Given.Claim(scene, 20), None);
        var utility = await Given.SceneOnAsync(scene, TemplateCategory.Utility, 6);
        await Messages.EnqueueAsync([Given.Reply(scene.Tenant, scene.Contacts[9], scene.Sender)], None);

        var claim = await Messages.ClaimAsync(Given.Claim(utility, 20), None);

        Assert.Equal((6, 4), (marketing.Messages.Count, marketing.Postponed));
        Assert.Equal(4, claim.Messages.Count(message => message.Class == MessageClass.Utility));
        Assert.Single(claim.Messages, message => message.Class == MessageClass.Reply);
        Assert.Equal(2, claim.Postponed);
    }

    [Fact]
    public async Task What_consent_forbids_costs_nothing()
    {
        var scene = await Given.LimitedSceneAsync(3, peopleMax: 2, reservePercent: 0);
        await using (var connection = await Get<IDatabase>().OpenAsync(None))
            await connection.ExecuteAsync("UPDATE consents SET marketing = 2 WHERE contact_id = @Contact", new { Contact = scene.Contacts[0] });

        var claim = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((2, 1, 0), (claim.Messages.Count, claim.Suppressed, claim.Postponed));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whoever_lives_where_nothing_may_go_costs_nothing_until_it_opens(bool isUserId)
    {
        var scene = await Given.LimitedSceneAsync(4, peopleMax: 2, reservePercent: 0);
        var move = isUserId
            ? "UPDATE contacts SET phone = NULL, user_id = 'CU.' || phone WHERE contact_id = @contact"
            : "UPDATE contacts SET phone = '53' || phone WHERE contact_id = @contact";
        foreach (var contact in scene.Contacts.Take(2))
        {
            await Get<IDatabase>().WriteAsync((connection, transaction) => connection.ExecuteAsync(move, new { contact }, transaction), None);
        }
        await CloseAsync(scene, isUserId ? "CU." : "53", Now);

        var closed = await Messages.ClaimAsync(Given.Claim(scene, 10), None);
        await AssertCountsAddUpAsync(2);
        var second = await Given.SecondCampaignAsync(scene);
        Time.Advance(ClosedCountries.Duration - TimeSpan.FromSeconds(30));
        second = second with { Epoch = await Given.LeaseAsync(scene.Tenant, scene.Sender) };
        var open = await Messages.ClaimAsync(Given.Claim(second, 10), None);

        Assert.Equal((4, 0), (closed.Messages.Count, closed.Postponed));
        Assert.Equal((2, 2), (open.Messages.Count, open.Postponed));
    }

    [Fact]
    public async Task Senders_of_one_portfolio_on_several_nodes_stay_within_its_limit_together()
    {
        List<Scene> scenes = [];
        for (var i = 0; i < 4; i++)
            scenes.Add(await Given.LimitedSceneAsync(30, peopleMax: 50, reservePercent: 0));

        var claims = await Task.WhenAll(scenes.Select(scene => Task.Run(async () =>
        {
            var store = Database.AddNode().GetRequiredService<IMessageStore>();
            var (claimed, postponed) = (0, 0);
            for (var i = 0; i < 10; i++)
            {
                var claim = await store.ClaimAsync(Given.Claim(scene, 7), None);
                (claimed, postponed) = (claimed + claim.Messages.Count, postponed + claim.Postponed);
            }
            return (Claimed: claimed, Postponed: postponed);
        }))).WaitAsync(Limit);

        Assert.Equal((50, 70), (claims.Sum(claim => claim.Claimed), claims.Sum(claim => claim.Postponed)));
        await AssertCountsAddUpAsync(50);
    }

    [Fact]
    public async Task Whoever_is_unlimited_or_of_another_portfolio_is_not_held_back()
    {
        var limited = await Given.LimitedSceneAsync(2, peopleMax: 1, reservePercent: 0);
        var unlimited = await Given.QueuedSceneAsync(5);
        await Given.JoinAsync(unlimited, "portfolio-2", null, 0);

        var held = await Messages.ClaimAsync(Given.Claim(limited, 10), None);
        var free = await Messages.ClaimAsync(Given.Claim(unlimited, 10), None);

        Assert.Equal((1, 5), (held.Messages.Count, free.Messages.Count));
    }

    [Fact]
    public async Task A_higher_limit_lets_out_at_once_what_becomes_due()
    {
        var scene = await Given.LimitedSceneAsync(4, peopleMax: 1, reservePercent: 0);
        await Messages.ClaimAsync(Given.Claim(scene, 2), None);
        await Given.JoinAsync(scene, Given.Portfolio, 250, 10);

        var claim = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((2, 0), (claim.Messages.Count, claim.Postponed));
        Assert.Equal((250, 10), (await Get<IPortfolioStore>().GetAsync(Given.Portfolio, None)) is { } row ? (row.PeopleMax, row.ReservePercent) : default);
    }

    [Fact]
    public async Task A_limit_that_is_told_holds_unless_a_later_one_is_known()
    {
        await Given.LimitedSceneAsync(1, peopleMax: 250, reservePercent: 20);
        var portfolios = Get<IPortfolioStore>();

        var older = await portfolios.LimitAsync(Given.Portfolio, 50, Now.AddSeconds(-1), None);
        var newer = await portfolios.LimitAsync(Given.Portfolio, 2_000, Now.AddSeconds(1), None);
        var raised = await portfolios.GetAsync(Given.Portfolio, None);
        await portfolios.LimitAsync(Given.Portfolio, null, Now.AddSeconds(2), None);
        var unknown = await portfolios.LimitAsync("portfolio-9", 250, Now, None);

        Assert.Equal((false, true, false), (older, newer, unknown));
        Assert.Equal((2_000, 20, Now.AddSeconds(1)), (raised!.PeopleMax, raised.ReservePercent, raised.UpdateTime));
        Assert.Null((await portfolios.GetAsync(Given.Portfolio, None))?.PeopleMax);
        Assert.Null(await portfolios.GetAsync("portfolio-9", None));
    }

    [Fact]
    public async Task A_forecast_counts_who_would_get_it_and_cost_something()
    {
        var scene = await Given.LimitedSceneAsync(6, peopleMax: 4, reservePercent: 25);
        await Get<IContactStore>().TouchWindowAsync(scene.Tenant, scene.Contacts[0], scene.Sender, Now, None);
        await Given.RecordAsync(Given.Event(scene.Tenant, scene.Contacts[1], ConsentAction.Revoke) with { EventTime = Now.AddSeconds(1) });

        var before = await Get<IPortfolioStore>().ForecastAsync(scene.Tenant, scene.Campaign, Now, None);
        await Messages.ClaimAsync(Given.Claim(scene, 2), None);
        var after = await Get<IPortfolioStore>().ForecastAsync(scene.Tenant, scene.Campaign, Now, None);
        var unlimited = await Given.QueuedSceneAsync(1);

        Assert.Equal((4, 0L, 4L, 3L, 2), (before!.PeopleMax, before.PeopleReached, before.People, before.PeopleNow, before.Days));
        Assert.Equal(before.People - after!.PeopleReached, after.People);
        Assert.Null(await Get<IPortfolioStore>().ForecastAsync(unlimited.Tenant, unlimited.Campaign, Now, None));
    }

    [Fact]
    public async Task A_forecast_knows_who_waits_for_other_senders_of_the_portfolio_and_counts_nobody_twice()
    {
        var scene = await Given.LimitedSceneAsync(6, peopleMax: 10, reservePercent: 0);
        var other = await Given.LimitedSceneAsync(3, peopleMax: 10, reservePercent: 0);
        await Get<IContactStore>().TouchWindowAsync(other.Tenant, other.Contacts[0], other.Sender, Now, None);
        await Messages.EnqueueAsync([Given.Reply(other.Tenant, other.Contacts[0], other.Sender)], None);
        var sameList = Given.Campaign(scene.Tenant, scene.Sender, scene.Template, scene.List) with { State = CampaignState.Draft };
        await Get<ICampaignStore>().InsertAsync(sameList, None);

        var own = await Get<IPortfolioStore>().ForecastAsync(scene.Tenant, scene.Campaign, Now, None);
        var second = await Get<IPortfolioStore>().ForecastAsync(scene.Tenant, sameList.CampaignId, Now, None);

        Assert.Equal((2L, 6L, 6L, 1), (own!.PeopleWaiting, own.People, own.PeopleNow, own.Days));
        Assert.Equal((8L, 0L, 6L, false), (second!.PeopleWaiting, second.People, second.PeopleShared, second.IsOver));
    }

    [Fact]
    public async Task A_second_campaign_to_people_who_wait_for_days_takes_as_long()
    {
        var scene = await Given.LimitedSceneAsync(6, peopleMax: 2, reservePercent: 0);
        await Messages.ClaimAsync(Given.Claim(scene, 1), None);
        var sameList = Given.Campaign(scene.Tenant, scene.Sender, scene.Template, scene.List) with { State = CampaignState.Draft };
        await Get<ICampaignStore>().InsertAsync(sameList, None);

        var second = await Get<IPortfolioStore>().ForecastAsync(scene.Tenant, sameList.CampaignId, Now, None);

        // One more today, and then two a day.
        Assert.Equal((5L, 0L, 5L, 3, true), (second!.PeopleWaiting, second.People, second.PeopleShared, second.Days, second.IsOver));
    }

    [Theory]
    [InlineData(CampaignState.Preparing, 4L)]
    [InlineData(CampaignState.Running, 4L)]
    [InlineData(CampaignState.Paused, 0L)]
    public async Task Only_who_will_be_sent_to_comes_before_a_campaign(CampaignState state, long waiting)
    {
        var scene = await Given.LimitedSceneAsync(4, peopleMax: 3, reservePercent: 0);
        var row = await Get<ICampaignStore>().GetAsync(scene.Tenant, scene.Campaign, None);
        Assert.NotNull(await Get<ICampaignStore>().UpdateAsync(row! with { State = state }, None));
        var other = await Given.LimitedSceneAsync(2, peopleMax: 3, reservePercent: 0);

        var forecast = await Get<IPortfolioStore>().ForecastAsync(other.Tenant, other.Campaign, Now, None);

        Assert.Equal((waiting, 2L, waiting > 0), (forecast!.PeopleWaiting, forecast.People, forecast.IsOver));
    }

    [Fact]
    public async Task What_no_longer_counts_is_forgotten()
    {
        var scene = await Given.LimitedSceneAsync(3, peopleMax: 3, reservePercent: 0);
        await Messages.ClaimAsync(Given.Claim(scene, 3), None);

        var early = await Get<IPortfolioStore>().PurgeAsync(Now.AddHours(24), 100, None);
        var late = await Get<IPortfolioStore>().PurgeAsync(Now.AddHours(25), 2, None);
        var rest = await Get<IPortfolioStore>().PurgeAsync(Now.AddHours(25), 100, None);

        Assert.Equal((0, 3, 1), (early, late, rest));
    }

    private async Task CloseAsync(Scene scene, string prefix, DateTimeOffset time)
    {
        var senders = Get<ISenderStore>();
        var sender = Assert.IsType<SenderRow>(await senders.GetAsync(scene.Tenant, scene.Sender, None));
        Assert.NotNull(await senders.UpdateAsync(sender with { ClosedCountries = sender.ClosedCountries.With(prefix, time, Now) }, None));
    }

    private async Task AssertCountsAddUpAsync(int people)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        Assert.Equal(people, await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM portfolio_reach"));
        Assert.Equal(people, await connection.ExecuteScalarAsync<long>("SELECT SUM(reached) FROM portfolio_spans"));
    }
}

public sealed class SqlitePortfolioTests() : PortfolioTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlPortfolioTests() : PortfolioTests(DatabaseProvider.PostgreSql);
