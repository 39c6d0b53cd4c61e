using System.Text.Json.Nodes;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Grains;
using Herald.Grains.Consents;
using Herald.Storage;
using Herald.Storage.Contacts;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Webhooks.Tests.Support;

namespace Herald.Webhooks.Tests;

/// <summary>
/// A person who stands there as several contacts: under the phone from an import, under the user id since they wrote with the phone hidden, and under the
/// user id of the parent business.
/// </summary>
public abstract class SamePersonTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private const string UserId = "US.13491208655302741918";
    private const string ParentUserId = "US.ENT.11815799212886844830";

    [Fact]
    public async Task A_STOP_holds_for_all_contacts_of_the_person_once_it_is_acknowledged_and_is_confirmed_once()
    {
        var people = await AddAnaThreeTimesAsync();
        await Node.People.AddQueuedCampaignAsync(Shop);

        await Edge.DeliverAsync(Text("wamid.stop", "STOP"));

        foreach (var contact in people)
        {
            Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, contact, null));
            Assert.DoesNotContain(
                await Node.People.MessagesAsync(Shop.Tenant, contact), message => message.CampaignId is not null && message.State != MessageState.Suppressed);
        }
        await Edge.ProcessAsync();
        Assert.Empty(await Edge.WaitingAsync());
        Assert.DoesNotContain(Node.Log.Entries, entry => entry.EventId is 3004 or 3005 or 3008);
        var confirmation = Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, null), message => message.CampaignId is null);
        Assert.Equal((people.ByUserId, MessageClass.Reply), (confirmation.ContactId, confirmation.Class));
    }

    [Fact]
    public async Task The_acknowledgement_waits_for_what_was_claimed_for_any_of_the_contacts()
    {
        await AddAnaThreeTimesAsync();
        await Node.People.AddQueuedCampaignAsync(Shop);
        Assert.Equal(Ana, (await ClaimAsync()).Phone);

        await Edge.DeliverAsync(Text("wamid.stop", "STOP"));

        // It waited for as long as it may.
        Assert.Contains(Node.Log.Entries, entry => entry.EventId == 3009);
    }

    [Fact]
    public async Task A_preference_told_to_WhatsApp_and_its_end_hold_for_all_contacts_of_the_person()
    {
        var people = await AddAnaThreeTimesAsync();

        await Edge.DeliverAsync(Preference("stop", Now));
        foreach (var contact in people)
            Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, contact, Shop.Sender));
        Clock.PutForward(TimeSpan.FromSeconds(5));
        await Edge.DeliverAsync(Preference("resume", Now));

        foreach (var contact in people)
            Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, contact, Shop.Sender));
    }

    [Fact]
    public async Task CANCEL_is_a_STOP_whichever_of_the_contacts_the_campaign_reached()
    {
        var people = await AddAnaThreeTimesAsync();
        await Node.People.AddQueuedCampaignAsync(Shop);
        await ClaimAsync();

        await Edge.DeliverAndProcessAsync(Text("wamid.1", "CANCEL"));

        foreach (var contact in people)
            Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, contact, null));
    }

    [Fact]
    public async Task A_STOP_with_the_phone_hidden_holds_for_the_contact_of_the_phone_once_both_were_told_together()
    {
        var people = await AddAnaThreeTimesAsync();
        await Edge.DeliverAndProcessAsync(Text("wamid.1", "hello"));
        await Node.People.AddQueuedCampaignAsync(Shop);
        await ClaimAsync();

        await Edge.DeliverAsync(WebhookBody.Empty.HiddenText(Number, UserId, "wamid.stop", "STOP", Now));

        foreach (var contact in people)
            Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, contact, null));
        // What was claimed for the phone was waited for, for as long as it may.
        Assert.Contains(Node.Log.Entries, entry => entry.EventId == 3009);
    }

    [Fact]
    public async Task A_STOP_with_the_phone_hidden_holds_for_the_contact_of_the_phone_as_soon_as_both_are_told_together()
    {
        var people = await AddAnaThreeTimesAsync();
        await Node.People.AddQueuedCampaignAsync(Shop);
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.HiddenText(Number, UserId, "wamid.stop", "STOP", Now));
        Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, people.ByPhone, null));

        await Edge.DeliverAndProcessAsync(Text("wamid.1", "hello"));

        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, people.ByPhone, null));
        var message = Assert.Single(await Node.People.MessagesAsync(Shop.Tenant, people.ByPhone));
        Assert.Equal((MessageState.Suppressed, SuppressionReason.OptedOut), (message.State, message.SuppressionReason));
    }

    [Fact]
    public async Task What_is_no_STOP_is_the_user_ids_and_changes_nothing_for_the_others()
    {
        var people = await AddAnaThreeTimesAsync();

        await Edge.DeliverAndProcessAsync(Text("wamid.1", "hello"));

        Assert.Empty(await Edge.WaitingAsync());
        var contacts = Node.Get<IContactStore>();
        Assert.NotNull(await contacts.GetWindowAsync(Shop.Tenant, people.ByUserId, Shop.Sender, default));
        Assert.Null(await contacts.GetWindowAsync(Shop.Tenant, people.ByPhone, Shop.Sender, default));
        foreach (var contact in people)
            Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(Shop.Tenant, contact, null));
    }

    private async Task<People> AddAnaThreeTimesAsync()
    {
        var byPhone = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);
        var byUserId = await ResolveAsync(UserId, null);
        var byParent = await ResolveAsync(null, ParentUserId);
        foreach (var contact in (ContactId[])[byUserId, byParent])
        {
            await Node.Grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(Shop.Tenant, contact)).Record(new RecordConsent
            {
                Purpose = (int)ConsentPurpose.Marketing,
                Action = (int)ConsentAction.Grant,
                Source = (int)ConsentSource.Api,
                EvidenceKey = "form",
                Evidence = "{}",
                Actor = "test",
                EventTime = Now.AddHours(-1),
            });
        }
        return new People(byPhone, byUserId, byParent);
    }

    private async Task<ContactId> ResolveAsync(string? userId, string? parentUserId) => (await Node.Get<IContactStore>().ResolveInboundAsync(
        Shop.Tenant,
        new InboundIdentity { Phone = null, PhoneVariants = [], UserId = userId, ParentUserId = parentUserId, Username = null, ProfileName = "" },
        Node.Ids.New<ContactId>(), Now, default)).ContactId;

    private async Task<ClaimedMessage> ClaimAsync()
    {
        var lease = await Node.Get<ILeaseStore>().AcquireAsync(
            LeaseNames.Sender(Shop.Tenant, Shop.Sender), Node.Name, TimeSpan.FromMinutes(1), default);
        var claim = await Node.Get<IMessageStore>().ClaimAsync(new ClaimRequest
        {
            TenantId = Shop.Tenant,
            SenderId = Shop.Sender,
            Node = Node.Name,
            Epoch = lease!.Epoch,
            Limit = 10,
            Now = Now,
            Duration = TimeSpan.FromMinutes(1),
        }, default);
        return Assert.Single(claim.Messages);
    }

    private WebhookBody Text(string wamid, string text) => WebhookBody.Empty.Message(Number, Ana, wamid, Now, new JsonObject
    {
        ["from_user_id"] = UserId,
        ["from_parent_user_id"] = ParentUserId,
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = text },
    });

    private static WebhookBody Preference(string preference, DateTimeOffset time) => WebhookBody.Empty.Preference(
        Number, new JsonObject { ["wa_id"] = Ana, ["user_id"] = UserId, ["parent_user_id"] = ParentUserId }, preference, time);

    private sealed record People(ContactId ByPhone, ContactId ByUserId, ContactId ByParent) : IEnumerable<ContactId>
    {
        public IEnumerator<ContactId> GetEnumerator() => ((IEnumerable<ContactId>)[ByPhone, ByUserId, ByParent]).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

public sealed class SqliteSamePersonTests() : SamePersonTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSamePersonTests() : SamePersonTests(DatabaseProvider.PostgreSql);
