using Dapper;
using Herald.Domain;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Consents;

public abstract class ConsentTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IConsentStore Store => Get<IConsentStore>();

    [Fact]
    public async Task A_repeated_evidence_changes_nothing_and_sends_nothing()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var stop = Given.Event(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke) with { EvidenceKey = "wamid.stop" };
        var confirmation = Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender);

        var first = await Store.RecordAsync(stop, null, [confirmation], None);
        var second = await Store.RecordAsync(
            stop with { EventId = Ids.New<ConsentEventId>(), Action = ConsentAction.Grant, EventTime = Now.AddDays(1) },
            null, [confirmation with { MessageId = Ids.New<MessageId>(), DedupeKey = "other" }], None);

        Assert.Equal((true, 1, ConsentState.Revoked), (first.Recorded, first.Suppressed, first.Projection.Marketing));
        Assert.Equal((false, 0, ConsentState.Revoked), (second.Recorded, second.Suppressed, second.Projection.Marketing));
        Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, null, null, MessageState.Queued, null, 10, None));
        Assert.Equal(2, (await Store.ListEventsAsync(scene.Tenant, scene.Contacts[0], null, 10, None)).Count);
    }

    [Fact]
    public async Task The_same_evidence_at_once_is_recorded_once()
    {
        var tenant = await Given.StoredTenantAsync();
        var contact = await Given.StoredContactAsync(tenant);
        var stop = Given.Event(tenant, contact, ConsentAction.Revoke);

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
        {
            var mine = stop with { EventId = Ids.New<ConsentEventId>() };
            return Task.Run(() => Store.RecordAsync(mine, null, [], None));
        }));

        Assert.Equal(1, results.Count(result => result.Recorded));
        Assert.All(results, result => Assert.Equal(ConsentState.Revoked, result.Projection.Marketing));
    }

    [Fact]
    public async Task A_revoke_suppresses_queued_marketing_but_no_reply_and_no_claimed_message()
    {
        var scene = await Given.QueuedSceneAsync(1);
        await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None);
        var second = await Given.QueuedSceneAsync(1);
        await Get<IMessageStore>().EnqueueAsync([Given.Reply(second.Tenant, second.Contacts[0], second.Sender)], None);

        var claimed = await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke);
        var queued = await Given.RecordAsync(second.Tenant, second.Contacts[0], ConsentAction.Revoke);

        Assert.Equal((0, 1), (claimed.Suppressed, queued.Suppressed));
        var rows = await Get<IMessageStore>().ListAsync(second.Tenant, null, second.Contacts[0], null, null, 10, None);
        Assert.Equal(
            [(MessageClass.Reply, MessageState.Queued, SuppressionReason.None), (MessageClass.Marketing, MessageState.Suppressed, SuppressionReason.OptedOut)],
            rows.Select(row => (row.Class, row.State, row.SuppressionReason)).Order());
    }

    [Fact]
    public async Task A_preference_about_one_sender_holds_for_that_sender_only()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var otherSender = (await Given.StoredSenderAsync(scene.Tenant)).SenderId;
        var stop = Given.Event(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke) with { Source = ConsentSource.Meta };

        var other = await Given.RecordAsync(stop with { Scope = otherSender });
        var own = await Given.RecordAsync(stop with { Scope = scene.Sender, EventId = Ids.New<ConsentEventId>(), EvidenceKey = "own" });

        Assert.Equal((0, 1, ConsentState.Granted), (other.Suppressed, own.Suppressed, own.Projection.Marketing));
        var rows = await Store.GetAsync(scene.Tenant, scene.Contacts[0], None);
        Assert.Equal(new SenderId?[] { null, scene.Sender, otherSender }, rows.Select(row => row.Scope));
        Assert.Equal([ConsentState.Granted, ConsentState.Revoked, ConsentState.Revoked], rows.Select(row => row.Marketing));
        var message = Assert.Single(await Get<IMessageStore>().ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None));
        Assert.Equal(SuppressionReason.SenderPreference, message.SuppressionReason);
    }

    [Fact]
    public async Task An_opt_out_is_attributed_to_the_message_it_answers_else_to_the_newest_campaign()
    {
        var scene = await Given.QueuedSceneAsync(3);
        var claimed = (await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await Get<IMessageStore>().SettleAsync([Given.Accepted(scene, claimed[0])], None);
        ConsentEventRow Stop(ContactId contact, ConsentSource source) =>
            Given.Event(scene.Tenant, contact, ConsentAction.Revoke) with { Source = source };

        await Store.RecordAsync(Stop(claimed[0].ContactId, ConsentSource.Button), $"wamid.{claimed[0].MessageId}", [], None);
        await Store.RecordAsync(Stop(claimed[1].ContactId, ConsentSource.Keyword), "wamid.of.nothing", [], None);
        var third = scene.Contacts.Single(contact => claimed.All(message => message.ContactId != contact));
        await Store.RecordAsync(Stop(third, ConsentSource.Keyword), null, [], None);
        await Store.RecordAsync(Stop(claimed[0].ContactId, ConsentSource.Api), null, [], None);

        Assert.Equal(2, (await Get<ICampaignStore>().ReportAsync(scene.Tenant, scene.Campaign, None))?.OptedOut);
        Assert.Null(Assert.Single(await Store.ListEventsAsync(scene.Tenant, third, null, 1, None)).CampaignId);
        var events = await Store.ListEventsAsync(scene.Tenant, claimed[0].ContactId, null, 10, None);
        Assert.Equal([null, scene.Campaign, null], events.Select(row => row.CampaignId));
    }

    [Fact]
    public async Task Opt_outs_are_counted_by_the_projection()
    {
        var scene = await Given.QueuedSceneAsync(4);
        async Task RevokeAsync(int person, TimeSpan age, SenderId? scope) => await Given.RecordAsync(
            Given.Event(scene.Tenant, scene.Contacts[person], ConsentAction.Revoke) with { EventTime = Now - age, Source = ConsentSource.Api, Scope = scope });
        await Given.RecordAsync(Given.Event(await Given.StoredTenantAsync(), scene.Contacts[0], ConsentAction.Revoke));
        Time.Advance(TimeSpan.FromDays(30));

        await RevokeAsync(0, TimeSpan.FromHours(1), null);
        await RevokeAsync(1, TimeSpan.FromDays(3), null);
        await RevokeAsync(2, TimeSpan.FromDays(20), null);
        await RevokeAsync(3, TimeSpan.FromHours(1), scene.Sender);

        var counts = await Store.CountOptOutsAsync(scene.Tenant, Now.AddDays(-1), Now.AddDays(-7), None);
        Assert.Equal((1, 2, 3), (counts.LastDay, counts.LastWeek, counts.Total));
    }

    [Fact]
    public async Task The_projection_is_what_the_domain_says_for_random_events_recorded_or_imported()
    {
        var random = new Random(11);
        var tenant = await Given.StoredTenantAsync();
        for (var run = 0; run < 25; run++)
        {
            var row = Given.Contact(tenant);
            await Get<IContactStore>().InsertAsync(row, [], None);
            var expected = ConsentProjection.Empty;
            for (var step = 0; step < 12; step++)
            {
                var e = Given.Event(tenant, row.ContactId, (ConsentAction)random.Next(1, 3)) with
                {
                    Purpose = (ConsentPurpose)random.Next(1, 4),
                    Source = (ConsentSource)random.Next(1, 8),
                    EventTime = Now.AddSeconds(random.Next(4)),
                };
                if (random.Next(3) == 0)
                    await ImportAsync(tenant, row.Phone!, e);
                else
                    await Given.RecordAsync(e);
                expected = ConsentRules.Apply(
                    expected, new ConsentEvent(e.Purpose, e.Action, ConsentScope.Tenant, e.Source, Micros.FromTime(e.EventTime)));

                var stored = Assert.Single(await Store.GetAsync(tenant, row.ContactId, None));
                Assert.Equal(expected, new ConsentProjection(
                    new ConsentEntry(stored.Marketing, Micros.FromTime(stored.MarketingTime), stored.MarketingSource),
                    new ConsentEntry(stored.Utility, Micros.FromTime(stored.UtilityTime), stored.UtilitySource)));
            }
        }
    }

    [Fact]
    public async Task Events_at_once_end_as_the_domain_says_in_whatever_order()
    {
        var tenant = await Given.StoredTenantAsync();
        var contact = await Given.StoredContactAsync(tenant);
        var random = new Random(5);
        var events = Enumerable.Range(0, 40).Select(_ => Given.Event(tenant, contact, (ConsentAction)random.Next(1, 3)) with
        {
            EventTime = Now.AddSeconds(random.Next(3)),
            Source = (ConsentSource)random.Next(1, 4),
        }).ToList();

        await Task.WhenAll(events.Chunk(10).Select(chunk => Task.Run(async () =>
        {
            foreach (var e in chunk)
                await Given.RecordAsync(e);
        })));

        var expected = events.Aggregate(ConsentProjection.Empty, (projection, e) => ConsentRules.Apply(
            projection, new ConsentEvent(e.Purpose, e.Action, ConsentScope.Tenant, e.Source, Micros.FromTime(e.EventTime)))).Marketing;
        var stored = Assert.Single(await Store.GetAsync(tenant, contact, None));
        Assert.Equal((expected.State, expected.EventTimeMicros, expected.Source), (stored.Marketing, Micros.FromTime(stored.MarketingTime), stored.MarketingSource));
        Assert.Equal(40, (await Store.ListEventsAsync(tenant, contact, null, 100, None)).Count);
    }

    [Fact]
    public async Task Events_are_listed_newest_first_page_by_page()
    {
        var tenant = await Given.StoredTenantAsync();
        var contact = await Given.StoredContactAsync(tenant);
        List<ConsentEventRow> recorded = [];
        for (var i = 0; i < 5; i++)
        {
            recorded.Add(Given.Event(tenant, contact, ConsentAction.Grant));
            await Given.RecordAsync(recorded[^1]);
        }

        var first = await Store.ListEventsAsync(tenant, contact, null, 3, None);
        var second = await Store.ListEventsAsync(tenant, contact, first[^1].EventId, 3, None);

        Assert.Equal(Enumerable.Reverse(recorded), first.Concat(second));
    }

    [Fact]
    public async Task A_rolled_back_event_leaves_nothing()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var outbox = new NewMessage[2];
        outbox[0] = Given.Reply(scene.Tenant, scene.Contacts[0], scene.Sender);

        // The second place is empty: the write fails in its middle.
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await Store.RecordAsync(Given.Event(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke), null, outbox, None);
        });

        Assert.Equal(ConsentState.Granted, (await Store.GetAsync(scene.Tenant, scene.Contacts[0], None))[0].Marketing);
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        Assert.Equal(0, await connection.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM messages WHERE class = 2"));
    }

    private Task<ContactImportResult> ImportAsync(TenantId tenant, string phone, ConsentEventRow e) => Get<IContactStore>().ImportAsync(tenant, new ContactImportBatch
    {
        ListId = null,
        Now = Now,
        Rows =
        [
            new ContactImportRow
            {
                NewContactId = Ids.New<ContactId>(),
                Phone = phone,
                PhoneVariants = [],
                DisplayName = "",
                Language = "",
                TimeZone = "",
                Attributes = new Dictionary<string, string>(),
                Consent = new ContactImportConsent
                {
                    EventId = e.EventId,
                    Purpose = e.Purpose,
                    Action = e.Action,
                    Source = e.Source,
                    EvidenceKey = e.EvidenceKey,
                    Evidence = e.Evidence,
                    Actor = e.Actor,
                    EventTime = e.EventTime,
                },
            },
        ],
    }, None);
}

public sealed class SqliteConsentTests() : ConsentTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlConsentTests() : ConsentTests(DatabaseProvider.PostgreSql);
