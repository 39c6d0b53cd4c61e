using Dapper;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Messages;

public abstract class ClaimTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    [Fact]
    public async Task A_claim_leases_and_journals_and_carries_what_the_sender_needs()
    {
        var scene = await Given.QueuedSceneAsync(1);

        var claimed = Assert.Single((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None)).Messages);

        Assert.Equal((scene.Contacts[0], scene.Campaign, scene.Template, 1), (claimed.ContactId, claimed.CampaignId, claimed.TemplateId, claimed.Attempt));
        Assert.Equal((MessageClass.Marketing, """{"city":"Sevilla"}""", "Ana"), (claimed.Class, claimed.Attributes, claimed.DisplayName));
        Assert.Equal("""{"1":"contact.city"}""", claimed.CampaignParameters);
        var row = await RowAsync(scene, claimed.MessageId);
        Assert.Equal((MessageState.Claimed, 1, Given.Node, scene.Epoch), (row.State, row.Attempts, row.ClaimNode, row.ClaimEpoch));
        Assert.Equal(Now, row.ClaimTime);
        Assert.NotNull(row.ClaimExpireTime);
        Assert.Equal(["1/0"], await JournalAsync());
    }

    [Fact]
    public async Task Replies_go_before_marketing_and_earlier_due_times_before_later_ones()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var late = Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender);
        var early = Given.Reply(scene.Tenant, scene.Contacts[1], scene.Sender) with { DueTime = Now.AddSeconds(-1) };
        var future = Given.Reply(scene.Tenant, scene.Contacts[1], scene.Sender) with { DueTime = Now.AddSeconds(1) };
        Assert.Equal(3, await Get<IMessageStore>().EnqueueAsync([late, early, future], None));

        var first = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 3), None);
        var second = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 3), None);

        Assert.Equal([early.MessageId, late.MessageId], first.Messages.Take(2).Select(message => message.MessageId));
        Assert.Equal(MessageClass.Marketing, first.Messages[2].Class);
        Assert.Single(second.Messages);
        Assert.Equal("""{"text":"hola"}""", first.Messages[0].Content);
    }

    [Fact]
    public async Task A_sender_that_may_send_no_marketing_is_given_everything_else()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var single = Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender) with { Class = MessageClass.Marketing };
        var reply = Given.Reply(scene.Tenant, scene.Contacts[1], scene.Sender);
        Assert.Equal(2, await Get<IMessageStore>().EnqueueAsync([single, reply], None));
        var senders = Get<ISenderStore>();
        var sender = Assert.IsType<SenderRow>(await senders.GetAsync(scene.Tenant, scene.Sender, None));
        var stopped = Assert.IsType<SenderRow>(await senders.UpdateAsync(sender with { State = SenderState.Throttled, IsMarketingStopped = true }, None));
        Assert.True(stopped.IsMarketingStopped);

        var first = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);
        var active = await senders.UpdateAsync(stopped with { State = SenderState.Active }, None);
        var second = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal(reply.MessageId, Assert.Single(first.Messages).MessageId);
        Assert.False(active?.IsMarketingStopped);
        Assert.Equal(3, second.Messages.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_became_marketing_by_its_template_waits_with_the_other_marketing_and_counts_for_nobody(bool isLimited)
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 2);
        foreach (var contact in scene.Contacts)
            await Given.RecordAsync(Given.Event(scene.Tenant, contact, ConsentAction.Grant));
        await Given.PrepareAsync(scene, 10);
        await ExecuteAsync("UPDATE templates SET category = 1");
        if (isLimited)
        {
            await ExecuteAsync("INSERT INTO portfolios (portfolio_id, people_max, reserve_percent, update_time) VALUES ('p', 100, 0, 0)");
            await ExecuteAsync("UPDATE senders SET portfolio_id = 'p'");
        }
        var senders = Get<ISenderStore>();
        var sender = Assert.IsType<SenderRow>(await senders.GetAsync(scene.Tenant, scene.Sender, None));
        var stopped = Assert.IsType<SenderRow>(await senders.UpdateAsync(sender with { State = SenderState.Throttled, IsMarketingStopped = true }, None));

        var first = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);
        var rows = await ListAsync(scene);
        var second = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((0, 0, 2), (first.Messages.Count, first.Suppressed, first.Postponed));
        Assert.All(rows, row => Assert.Equal((MessageState.Queued, MessageClass.Marketing, Now, null), (row.State, row.Class, row.DueTime, row.ContactHoldTime)));
        Assert.Equal((0, 0), (second.Messages.Count, second.Postponed));
        Assert.Empty(await JournalAsync());
        Assert.Equal(0, await CountReachedAsync());

        await senders.UpdateAsync(stopped with { State = SenderState.Active }, None);
        Assert.Equal(2, (await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None)).Messages.Count);
        Assert.Equal(isLimited ? 2 : 0, await CountReachedAsync());
    }

    [Fact]
    public async Task Only_running_campaigns_are_claimed()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var campaigns = Get<ICampaignStore>();
        var running = Assert.IsType<CampaignRow>(await campaigns.GetAsync(scene.Tenant, scene.Campaign, None));
        var paused = await campaigns.UpdateAsync(running with { State = CampaignState.Paused, PauseCause = PauseCause.Owner }, None);

        var whilePaused = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);
        await campaigns.UpdateAsync(Assert.IsType<CampaignRow>(paused) with { State = CampaignState.Running, PauseCause = PauseCause.None }, None);
        var afterwards = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Empty(whilePaused.Messages);
        Assert.Single(afterwards.Messages);
    }

    [Fact]
    public async Task A_stale_epoch_or_a_strange_node_claims_nothing()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var name = LeaseNames.Sender(scene.Tenant, scene.Sender);
        var leases = Get<ILeaseStore>();
        await leases.ReleaseAsync((await leases.ListAsync(name, None))[0], None);
        var taken = Assert.IsType<Lease>(await leases.AcquireAsync(name, "node-b", TimeSpan.FromSeconds(10), None));

        var stale = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);
        var strange = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10) with { Epoch = taken.Epoch }, None);
        var owner = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10) with { Epoch = taken.Epoch, Node = "node-b" }, None);

        Assert.True(stale.LeaseLost && strange.LeaseLost);
        Assert.Empty(stale.Messages.Concat(strange.Messages));
        Assert.False(owner.LeaseLost);
        Assert.Single(owner.Messages);
    }

    [Theory]
    [InlineData(TemplateCategory.Marketing, null, ConsentAction.Revoke, false, SuppressionReason.OptedOut)]
    [InlineData(TemplateCategory.Marketing, ConsentAction.Grant, ConsentAction.Revoke, true, SuppressionReason.SenderPreference)]
    [InlineData(TemplateCategory.Marketing, null, null, false, SuppressionReason.NoOptIn)]
    [InlineData(TemplateCategory.Marketing, null, ConsentAction.Grant, true, SuppressionReason.NoOptIn)]
    [InlineData(TemplateCategory.Marketing, ConsentAction.Grant, null, false, SuppressionReason.None)]
    [InlineData(TemplateCategory.Utility, null, null, false, SuppressionReason.None)]
    [InlineData(TemplateCategory.Utility, null, ConsentAction.Revoke, false, SuppressionReason.OptedOut)]
    [InlineData(TemplateCategory.Utility, null, ConsentAction.Revoke, true, SuppressionReason.SenderPreference)]
    [InlineData(TemplateCategory.Authentication, null, ConsentAction.Revoke, false, SuppressionReason.None)]
    public async Task Consent_decides_when_freezing_and_again_when_claiming(
        TemplateCategory category, ConsentAction? tenantWide, ConsentAction? last, bool isSenderScope, SuppressionReason expected)
    {
        var scene = await Given.SceneAsync(category, 1);
        var contact = scene.Contacts[0];
        async Task RecordAllAsync()
        {
            if (tenantWide is { } first)
                await Given.RecordAsync(Given.Event(scene.Tenant, contact, first) with { Purpose = ConsentPurpose.All });
            if (last is { } second)
            {
                await Given.RecordAsync(Given.Event(scene.Tenant, contact, second) with
                {
                    Purpose = ConsentPurpose.All,
                    Scope = isSenderScope ? scene.Sender : null,
                });
            }
        }

        // Frozen while everything was allowed, then decided by the claim: the suppression by the event itself is undone here on purpose.
        await Given.RecordAsync(Given.Event(scene.Tenant, contact, ConsentAction.Grant) with { Purpose = ConsentPurpose.All, EventTime = Now.AddDays(-2) });
        await Given.PrepareAsync(scene, 10);
        await ExecuteAsync("DELETE FROM consents");
        await RecordAllAsync();
        await ExecuteAsync("UPDATE messages SET state = 10, suppression_reason = 0, end_time = NULL");
        var claim = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);
        var byClaim = Assert.Single(await ListAsync(scene)).SuppressionReason;

        // The same once more, decided by the freeze.
        await ExecuteAsync("DELETE FROM messages");
        await ExecuteAsync("UPDATE campaigns SET prepare_done = FALSE, prepare_cursor = NULL");
        await Given.PrepareAsync(scene, 10);
        var byFreeze = Assert.Single(await ListAsync(scene)).SuppressionReason;

        Assert.Equal((expected, expected), (byClaim, byFreeze));
        Assert.Equal(expected == SuppressionReason.None ? (1, 0) : (0, 1), (claim.Messages.Count, claim.Suppressed));
    }

    [Fact]
    public async Task What_waits_for_a_contact_ends_when_it_is_erased_and_when_it_is_claimed_after_that()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var reply = Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender);
        await Get<IMessageStore>().EnqueueAsync([reply], None);

        await Get<IContactStore>().DeleteAsync(scene.Tenant, scene.Contacts[0], null, Now, None);
        var erased = (await Get<IMessageStore>().ListAsync(scene.Tenant, null, scene.Contacts[0], null, null, 10, None)).ToList();
        await ExecuteAsync("DELETE FROM contacts");
        var claim = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal(2, erased.Count);
        Assert.All(erased, row => Assert.Equal((MessageState.Suppressed, SuppressionReason.Erased, Now, null), (row.State, row.SuppressionReason, row.EndTime, row.Content)));
        Assert.Equal((0, 1), (claim.Messages.Count, claim.Suppressed));
        Assert.All(await ListAsync(scene), row => Assert.Equal((MessageState.Suppressed, SuppressionReason.Erased), (row.State, row.SuppressionReason)));
    }

    [Fact]
    public async Task A_contact_without_an_address_is_suppressed()
    {
        var scene = await Given.QueuedSceneAsync(2);
        await ExecuteAsync("UPDATE contacts SET phone = NULL");

        var claim = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((0, 2), (claim.Messages.Count, claim.Suppressed));
        Assert.All(await ListAsync(scene), row =>
            Assert.Equal((MessageState.Suppressed, SuppressionReason.NoAddress, Now), (row.State, row.SuppressionReason, row.EndTime)));
    }

    [Fact]
    public async Task Claimers_at_once_never_get_the_same_message()
    {
        var scene = await Given.QueuedSceneAsync(120);
        var stores = new[] { Get<IMessageStore>(), Database.AddNode().GetRequiredService<IMessageStore>() };

        // Who finds the next ones locked comes back empty, so each goes on until all are taken.
        using var limit = new CancellationTokenSource(Limit);
        var total = 0;
        var claims = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            List<MessageId> mine = [];
            while (Volatile.Read(ref total) < 120)
            {
                var claimed = (await stores[i % 2].ClaimAsync(Given.Claim(scene, 7), limit.Token)).Messages;
                mine.AddRange(claimed.Select(message => message.MessageId));
                Interlocked.Add(ref total, claimed.Count);
            }
            return mine;
        })));

        var all = claims.SelectMany(mine => mine).ToList();
        Assert.Equal(120, all.Count);
        Assert.Equal(120, all.Distinct().Count());
        Assert.Equal(120, (await JournalAsync()).Count);
    }

    [Fact]
    public async Task No_message_is_claimed_after_an_opt_out_was_committed()
    {
        const int People = 60;
        var scene = await Given.QueuedSceneAsync(People);
        var other = Database.AddNode();
        var stores = new[] { Get<IMessageStore>(), other.GetRequiredService<IMessageStore>() };
        var revokers = Enumerable.Range(0, 3).Select(i => Task.Run(async () =>
        {
            Dictionary<string, bool> queuedAtCommit = [];
            for (var p = i; p < People; p += 3)
            {
                var contact = scene.Contacts[p];
                // Every second one is about the sender only, whose row does not exist when the claim begins.
                var revoke = Given.Event(scene.Tenant, contact, ConsentAction.Revoke) with { Scope = p % 2 == 0 ? null : scene.Sender };
                await Given.RecordAsync(revoke);
                var message = Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, contact, null, null, 10, None));
                queuedAtCommit[contact.ToString()] = message.State is MessageState.Queued or MessageState.Suppressed;
            }
            return queuedAtCommit;
        }));
        var claimers = Enumerable.Range(0, 2).Select(i => Task.Run(async () =>
        {
            for (var round = 0; round < 40; round++)
                await stores[i].ClaimAsync(Given.Claim(scene, 2), None);
        }));

        var claiming = Task.WhenAll(claimers);
        var unclaimed = (await Task.WhenAll(revokers)).SelectMany(pairs => pairs).ToDictionary();
        await claiming;
        await stores[0].ClaimAsync(Given.Claim(scene, People), None);

        var rows = await ListAsync(scene);
        Assert.All(rows.Where(row => unclaimed[row.ContactId.ToString()]), row => Assert.Equal(MessageState.Suppressed, row.State));
        Assert.All(rows, row => Assert.Contains(row.State, new[] { MessageState.Suppressed, MessageState.Claimed }));
    }

    protected async Task<IReadOnlyList<MessageRow>> ListAsync(Scene scene) =>
        await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 1000, None);

    private async Task<MessageRow> RowAsync(Scene scene, MessageId message) =>
        Assert.IsType<MessageRow>(await Get<IMessageStore>().GetAsync(scene.Tenant, message, None));

    private async Task<long> CountReachedAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        return await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM portfolio_reach");
    }

    private async Task<List<string>> JournalAsync()
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        return [.. await connection.QueryAsync<string>("SELECT CAST(attempt AS text) || '/' || CAST(outcome AS text) FROM message_attempts ORDER BY message_id, attempt")];
    }
}

public sealed class SqliteClaimTests() : ClaimTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlClaimTests() : ClaimTests(DatabaseProvider.PostgreSql);
