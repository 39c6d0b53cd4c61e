using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Grains.Consents;
using Herald.Grains.Tests.Fixtures;
using Herald.Storage;
using Herald.Storage.Consents;

namespace Herald.Grains.Tests.Consents;

public abstract class ContactConsentGrainTests(DatabaseProvider provider) : GrainTest(provider)
{
    [Fact]
    public async Task The_same_evidence_a_second_time_changes_nothing()
    {
        var ana = await AddAsync(isOptedIn: false);
        var grant = Event(ConsentAction.Grant, "form-1", Now.AddMinutes(-5));

        var first = await Grain(ana).Record(grant);
        var second = await Grain(ana).Record(grant);

        Assert.Equal((true, true), (first.Recorded, first.MarketingGranted));
        Assert.Equal((false, true), (second.Recorded, second.MarketingGranted));
        Assert.Single(await LedgerAsync(ana));
    }

    [Fact]
    public async Task The_later_event_wins_in_whatever_order_it_is_recorded()
    {
        var ana = await AddAsync(isOptedIn: false);

        await Grain(ana).Record(Event(ConsentAction.Revoke, "a", Now.AddMinutes(-5)));
        await Grain(ana).Record(Event(ConsentAction.Grant, "b", Now.AddMinutes(-10)));
        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, ana, null));

        await Grain(ana).Record(Event(ConsentAction.Grant, "c", Now.AddMinutes(-1)));
        Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
    }

    [Fact]
    public async Task A_revoke_wins_a_tie()
    {
        var ana = await AddAsync(isOptedIn: false);
        var time = Now.AddMinutes(-5);

        await Grain(ana).Record(Event(ConsentAction.Revoke, "a", time));
        await Grain(ana).Record(Event(ConsentAction.Grant, "b", time));

        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
    }

    [Fact]
    public async Task A_repeated_import_never_lifts_a_STOP()
    {
        var ana = await AddAsync(isOptedIn: true);
        await Grain(ana).Stop(Keyword("wamid.1", Now));
        Clock.PutForward(TimeSpan.FromHours(3));

        await Grain(ana).Record(Event(ConsentAction.Grant, "form-2", Now) with { Source = (int)ConsentSource.Import });

        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
    }

    [Fact]
    public async Task Many_STOPs_of_one_message_at_once_queue_one_confirmation()
    {
        var ana = await AddAsync(isOptedIn: true);
        await Node.People.AddQueuedCampaignAsync(Shop);

        var results = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Grain(ana).Stop(Keyword("wamid.1", Now))));

        Assert.Equal(1, Assert.Single(results, result => result.Recorded).Suppressed);
        Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, ana), message => message.Class == MessageClass.Reply);
    }

    [Fact]
    public async Task START_after_STOP_grants_again_and_the_ledger_keeps_all()
    {
        var ana = await AddAsync(isOptedIn: true);
        await Grain(ana).Stop(Keyword("wamid.1", Now));
        Clock.PutForward(TimeSpan.FromSeconds(5));

        var result = await Grain(ana).Start(Keyword("wamid.2", Now));

        Assert.True(result.MarketingGranted);
        Assert.Equal(3, (await LedgerAsync(ana)).Count);
    }

    [Fact]
    public async Task A_revoke_of_one_sender_leaves_the_other_senders_messages_alone()
    {
        var ana = await AddAsync(isOptedIn: true);
        await Node.People.AddQueuedCampaignAsync(Shop);
        var second = await Node.People.AddSenderAsync(Shop.Tenant, "101", Herald.Domain.Senders.SenderKind.Business, "EAAtoken");
        await Node.People.AddQueuedCampaignAsync(Shop with { Sender = second });

        var result = await Grain(ana).Record(Event(ConsentAction.Revoke, "a", Now) with { Sender = second.Value });

        Assert.Equal(1, result.Suppressed);
        var queued = Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, ana), message => message.State == MessageState.Queued);
        Assert.Equal(Shop.Sender, queued.SenderId);
    }

    private Task<ContactId> AddAsync(bool isOptedIn) => Node.People.AddPersonAsync(Shop.Tenant, Shop.List, "16505550001", isOptedIn);

    private IContactConsentGrain Grain(ContactId contact) =>
        Node.Grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(Shop.Tenant, contact));

    private Task<IReadOnlyList<ConsentEventRow>> LedgerAsync(ContactId contact) =>
        Node.Get<IConsentStore>().ListEventsAsync(Shop.Tenant, contact, null, 100, default);

    private static RecordConsent Event(ConsentAction action, string key, DateTimeOffset time) => new()
    {
        Purpose = (int)ConsentPurpose.Marketing,
        Action = (int)action,
        Source = (int)ConsentSource.Api,
        EvidenceKey = key,
        Evidence = "{}",
        Actor = "test",
        EventTime = time,
    };

    private KeywordReceived Keyword(string wamid, DateTimeOffset time) => new()
    {
        Sender = Shop.Sender.Value,
        WhatsAppMessageId = wamid,
        Keyword = "stop",
        IsButton = false,
        Language = "en",
        EventTime = time,
    };
}

public sealed class SqliteContactConsentGrainTests() : ContactConsentGrainTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlContactConsentGrainTests() : ContactConsentGrainTests(DatabaseProvider.PostgreSql);
