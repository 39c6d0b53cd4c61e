using Dapper;
using Herald.Domain;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Messages;

/// <summary>Messages listed by when they were made.</summary>
public abstract class ListByTimeTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private UuidV7Source? _ids;

    protected IMessageStore Store => Get<IMessageStore>();

    /// <summary>Ids of the tests' own clock, which moves.</summary>
    private UuidV7Source Source => _ids ??= new UuidV7Source(Time, new SeededRandomSource(3));

    [Fact]
    public async Task What_was_made_from_the_first_time_on_and_before_the_second_is_listed()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        var messages = await MakeAsync(scene, 6);

        Assert.Equal(messages[2..4], await ListAsync(scene, new MessageFilter { CreatedFrom = At(2), CreatedBefore = At(4) }));
        Assert.Equal(messages[2..], await ListAsync(scene, new MessageFilter { CreatedFrom = At(2) }));
        Assert.Equal(messages[..4], await ListAsync(scene, new MessageFilter { CreatedBefore = At(4) }));
        Assert.Equal(messages[2..4], await ListAsync(scene, new MessageFilter { CreatedFrom = At(1).AddMicroseconds(1), CreatedBefore = At(3).AddMicroseconds(1) }));
        Assert.Equal(messages, await ListAsync(scene, new MessageFilter { CreatedFrom = DateTimeOffset.MinValue, CreatedBefore = DateTimeOffset.MaxValue }));
        Assert.Empty(await ListAsync(scene, new MessageFilter { CreatedFrom = At(6) }));
    }

    [Fact]
    public async Task Pages_go_on_where_they_stopped_and_other_filters_join_in()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 2);
        var messages = await MakeAsync(scene, 8);
        await Store.CancelAsync(scene.Tenant, messages[3], Ids.New<ApiKeyId>(), Now, None);
        var filter = new MessageFilter { CreatedFrom = At(1), CreatedBefore = At(7), State = MessageState.Queued };

        var first = await Store.ListAsync(scene.Tenant, filter, null, 3, None);
        var second = await Store.ListAsync(scene.Tenant, filter, first[^1].MessageId, 3, None);

        Assert.Equal([messages[1], messages[2], messages[4], messages[5], messages[6]], first.Concat(second).Select(row => row.MessageId));
        Assert.Equal(
            [messages[2], messages[4], messages[6]], await ListAsync(scene, filter with { Contact = scene.Contacts[0] }));
    }

    [Fact]
    public async Task Messages_of_a_campaign_are_found_by_the_time_of_their_batch()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 4);
        await PrepareAsync(scene, 2);
        var border = Now.AddMinutes(30);
        Time.Advance(TimeSpan.FromHours(1));
        await PrepareAsync(scene, 2);

        var all = await ListAsync(scene, new MessageFilter { Campaign = scene.Campaign });
        var early = await ListAsync(scene, new MessageFilter { CreatedBefore = border });
        var late = await ListAsync(scene, new MessageFilter { CreatedFrom = border });

        Assert.Equal((2, 2), (early.Count, late.Count));
        Assert.Equal(early.Concat(late).Order(ById), all.Order(ById));
        Assert.Equal(early.Order(ById), (await ListAsync(scene, new MessageFilter { Campaign = scene.Campaign, CreatedBefore = border })).Order(ById));
        Assert.Single(await ListAsync(scene, new MessageFilter { Campaign = scene.Campaign, Contact = scene.Contacts[3], CreatedFrom = border }));
    }

    [Fact]
    public async Task A_message_whose_id_ran_ahead_of_a_clock_that_was_put_back_is_found_all_the_same()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        var ahead = new MessageId(Source.NewId());
        await AddAsync(scene, ahead, 0, Now.AddMinutes(-9));

        Assert.Equal([ahead], await ListAsync(scene, new MessageFilter { CreatedFrom = Now.AddMinutes(-10), CreatedBefore = Now.AddMinutes(-8) }));
    }

    private static Comparer<MessageId> ById { get; } = Comparer<MessageId>.Create((one, other) => one.Value.CompareTo(other.Value));

    private DateTimeOffset At(int hour) => Scenery.AddHours(hour);

    private DateTimeOffset Scenery { get; set; }

    /// <summary>One message an hour, to the contacts in turn.</summary>
    private async Task<List<MessageId>> MakeAsync(Scene scene, int count)
    {
        Scenery = Now;
        var made = new List<MessageId>();
        for (var i = 0; i < count; i++)
        {
            made.Add(new MessageId(Source.NewId()));
            await AddAsync(scene, made[^1], i % scene.Contacts.Count, Now);
            Time.Advance(TimeSpan.FromHours(1));
        }
        return made;
    }

    private async Task AddAsync(Scene scene, MessageId id, int contact, DateTimeOffset createTime) => Assert.Equal(1, await Store.EnqueueAsync(
        [Given.Reply(scene.Tenant, scene.Contacts[contact], scene.Sender) with { MessageId = id, DedupeKey = id.ToString(), CreateTime = createTime }], None));

    private Task<PrepareBatchResult> PrepareAsync(Scene scene, int size) => Get<ICampaignStore>().PrepareBatchAsync(
        scene.Tenant, scene.Campaign, size, Now, () => new MessageId(Source.NewId()), None);

    private async Task<List<MessageId>> ListAsync(Scene scene, MessageFilter filter) =>
        [.. (await Store.ListAsync(scene.Tenant, filter, null, 100, None)).Select(row => row.MessageId)];
}

public sealed class SqliteListByTimeTests() : ListByTimeTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlListByTimeTests() : ListByTimeTests(DatabaseProvider.PostgreSql)
{
    // Ten messages a minute for a week.
    private const string FillSql =
        """
        INSERT INTO messages (tenant_id, message_id, contact_id, sender_id, class, state, suppression_reason, error_code, error_detail, due_time, attempts, create_time)
        SELECT @Tenant, CAST(lpad(to_hex(@StartMs + n * 6000), 12, '0') || '7000' || lpad(to_hex(n), 16, '8000000000000000') AS uuid),
          @Contact, @Sender, 2, 60, 0, 0, '', 0, 0, (@StartMs + n * 6000) * 1000
        FROM generate_series(0, 99999) n
        """;

    private const string ExplainSql = $"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {MessageStore.ListSql}";

    [Fact]
    public async Task Among_a_hundred_thousand_the_index_of_the_ids_leads_to_an_hour_of_them()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        var start = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
        var filling = new { scene.Tenant, Contact = scene.Contacts[0], scene.Sender, StartMs = start.ToUnixTimeMilliseconds() };
        await Get<IDatabase>().WriteAsync((connection, transaction) => connection.ExecuteAsync(FillSql, filling, transaction), None);
        await ExecuteAsync("ANALYZE messages");
        var (from, before) = (start.AddDays(3), start.AddDays(3).AddHours(1));

        var rows = await Store.ListAsync(scene.Tenant, new MessageFilter { CreatedFrom = from, CreatedBefore = before }, null, 1_000, None);
        var plan = await ExplainAsync(scene, from, before);

        Assert.Equal(600, rows.Count);
        Assert.All(rows, row => Assert.InRange(row.CreateTime, from, before.AddTicks(-1)));
        Assert.Contains("messages_pkey", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
        // The two margins of ten minutes and no more.
        Assert.Contains("Rows Removed by Filter: 200", plan, StringComparison.Ordinal);
    }

    private async Task<string> ExplainAsync(Scene scene, DateTimeOffset from, DateTimeOffset before)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        return string.Join('\n', await connection.QueryAsync<string>(ExplainSql, new
        {
            TenantId = scene.Tenant,
            After = UuidV7.FloorOf(from.AddMinutes(-10)),
            Before = UuidV7.FloorOf(before.AddMinutes(10)),
            State = 0,
            Code = 0,
            Reason = 0,
            CreatedFrom = from,
            CreatedBefore = before,
            PageSize = 1_000,
        }));
    }
}
