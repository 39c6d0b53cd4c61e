using System.Data.Common;
using Dapper;
using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Tenants;

namespace Herald.Storage.Conformance.Messages;

/// <summary>
/// The two orders of a claim and an opt-out, or a message taken back, on PostgreSQL, each forced by a third transaction that holds a row or a unique key which one of them is
/// about to write. On SQLite writers take turns, so there is nothing to force.
/// </summary>
public sealed class PostgreSqlClaimOrderTests() : ConformanceTest(DatabaseProvider.PostgreSql)
{
    // The claim decides, and waits for this attempt before it can write its own.
    private const string HoldJournalSql =
        """
        INSERT INTO message_attempts (tenant_id, message_id, attempt, node, epoch, start_time, outcome, error_code)
        VALUES (@Tenant, @message, 1, 'x', 1, 0, 0, 0)
        """;

    private const string BlockedSql =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_opt_out_waits_for_a_claim_that_has_decided(bool isSenderScope)
    {
        var scene = await Given.QueuedSceneAsync(1);
        var message = Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None)).MessageId;
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        await using var holder = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(HoldJournalSql, new { scene.Tenant, message }, holder);

        var claiming = Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None);
        await WaitForBlockedAsync(1, claiming);
        var revoking = Given.RecordAsync(
            Given.Event(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke) with { Scope = isSenderScope ? scene.Sender : null });
        await WaitForBlockedAsync(2, revoking);
        await holder.RollbackAsync();

        Assert.Equal(message, Assert.Single((await claiming).Messages).MessageId);
        Assert.Equal(0, (await revoking).Suppressed);
        Assert.Equal(MessageState.Claimed, (await Get<IMessageStore>().GetAsync(scene.Tenant, message, None))?.State);
    }

    [Theory]
    [InlineData(TemplateCategory.Marketing, false)]
    [InlineData(TemplateCategory.Marketing, true)]
    [InlineData(TemplateCategory.Utility, false)]
    [InlineData(TemplateCategory.Utility, true)]
    public async Task A_claim_waits_for_an_opt_out_that_is_about_to_commit(TemplateCategory category, bool isSenderScope)
    {
        var scene = await Given.SceneAsync(category, 1);
        if (category == TemplateCategory.Marketing)
            await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        await using var holder = await connection.BeginTransactionAsync();
        var reply = Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender);
        await EnqueueAsync(connection, holder, reply);

        // The opt-out has looked for queued messages when one is frozen beside it, so only the claim can stop that one.
        var revoke = Given.Event(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke) with
        {
            Purpose = ConsentPurpose.All,
            Scope = isSenderScope ? scene.Sender : null,
        };
        var revoking = Get<IConsentStore>().RecordAsync(revoke, null, [reply with { MessageId = Ids.New<MessageId>() }], None);
        await WaitForBlockedAsync(1, revoking);
        Assert.Equal(1, (await Given.PrepareAsync(scene, 10)).Added);
        var claiming = Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);
        await WaitForBlockedAsync(2, claiming);
        await holder.RollbackAsync();

        Assert.True((await revoking).Recorded);
        var claim = await claiming;
        Assert.Equal((0, 1), (claim.Messages.Count, claim.Suppressed));
        var row = Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None));
        Assert.Equal(isSenderScope ? SuppressionReason.SenderPreference : SuppressionReason.OptedOut, row.SuppressionReason);
    }

    [Theory]
    [InlineData(TemplateCategory.Marketing)]
    [InlineData(TemplateCategory.Utility)]
    public async Task An_opt_out_does_not_wait_for_a_claim_that_waits_for_its_portfolio(TemplateCategory category)
    {
        var scene = await Given.SceneAsync(category, 1);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);
        await Given.PrepareAsync(scene, 10);
        await LimitAsync(scene);
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        await using var holder = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("SELECT 1 FROM portfolios FOR UPDATE", null, holder);

        var claiming = Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None);
        await WaitForBlockedAsync(1, claiming);
        await Given.RecordAsync(Given.Event(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke) with { Purpose = ConsentPurpose.All }).WaitAsync(Limit);
        await holder.RollbackAsync();

        var claim = await claiming;
        Assert.Equal((0, 1), (claim.Messages.Count, claim.Suppressed));
    }

    [Fact]
    public async Task Forgetting_who_was_reached_waits_for_no_claim()
    {
        var scene = await Given.QueuedSceneAsync(3);
        await LimitAsync(scene);
        await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 3), None);
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        await using var holder = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(
            "UPDATE portfolio_reach SET reach_time = reach_time WHERE contact_id = @Contact", new { Contact = scene.Contacts[0] }, holder);

        var others = await Get<IPortfolioStore>().PurgeAsync(Now.AddHours(25), 100, None).WaitAsync(Limit);
        await holder.RollbackAsync();
        var rest = await Get<IPortfolioStore>().PurgeAsync(Now.AddHours(25), 100, None);

        // The span that all three were reached in goes the first time.
        Assert.Equal((3, 1), (others, rest));
    }

    [Fact]
    public async Task Taking_a_message_back_waits_for_a_claim_that_has_decided_and_leaves_it()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var message = Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None)).MessageId;
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        await using var holder = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(HoldJournalSql, new { scene.Tenant, message }, holder);

        var claiming = Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None);
        await WaitForBlockedAsync(1, claiming);
        var cancelling = Get<IMessageStore>().CancelAsync(scene.Tenant, message, Ids.New<ApiKeyId>(), Now, None);
        await WaitForBlockedAsync(2, cancelling);
        await holder.RollbackAsync();

        Assert.Equal(message, Assert.Single((await claiming).Messages).MessageId);
        Assert.Equal((MessageState.Claimed, null), ((await cancelling)!.State, (await cancelling)!.EndTime));
        Assert.Equal(MessageState.Claimed, (await Get<IMessageStore>().GetAsync(scene.Tenant, message, None))?.State);
    }

    [Fact]
    public async Task A_claim_passes_over_a_message_that_is_being_taken_back()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var message = Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None)).MessageId;
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        await using var holder = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("SELECT 1 FROM messages WHERE message_id = @message FOR UPDATE", new { message }, holder);

        var cancelling = Get<IMessageStore>().CancelAsync(scene.Tenant, message, Ids.New<ApiKeyId>(), Now, None);
        await WaitForBlockedAsync(1, cancelling);
        var during = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None).WaitAsync(Limit);
        await holder.RollbackAsync();

        Assert.Equal(MessageState.Cancelled, (await cancelling)!.State);
        Assert.Empty(during.Messages);
        Assert.Empty((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None)).Messages);
    }

    private async Task LimitAsync(Scene scene)
    {
        const string Portfolio = "portfolio-1";
        await Get<IPortfolioStore>().SetAsync(
            new PortfolioRow { PortfolioId = Portfolio, PeopleMax = 10, ReservePercent = 0, UpdateTime = Now }, None);
        var sender = Assert.IsType<SenderRow>(await Get<ISenderStore>().GetAsync(scene.Tenant, scene.Sender, None));
        Assert.NotNull(await Get<ISenderStore>().UpdateAsync(sender with { PortfolioId = Portfolio }, None));
    }

    private static Task<int> EnqueueAsync(DbConnection connection, DbTransaction transaction, NewMessage message) => connection.ExecuteAsync(
        """
        INSERT INTO messages (tenant_id, message_id, contact_id, sender_id, class, state, suppression_reason, error_code, error_detail, dedupe_key,
          due_time, attempts, create_time)
        VALUES (@TenantId, @MessageId, @ContactId, @SenderId, 2, 10, 0, 0, '', @DedupeKey, 0, 0, 0)
        """, message, transaction);

    /// <summary>Waits until so many transactions of this database wait for another; fails when the one that should be among them has ended.</summary>
    private async Task WaitForBlockedAsync(int count, Task waiting)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        using var limit = new CancellationTokenSource(Limit);
        while (await connection.ExecuteScalarAsync<int>(new CommandDefinition(BlockedSql, cancellationToken: limit.Token)) < count)
        {
            if (waiting.IsCompleted)
            {
                await waiting;
                Assert.Fail($"It should have waited as the {count}. transaction, but it did not.");
            }
        }
    }
}
