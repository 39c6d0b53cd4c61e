using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Messages;

public abstract class SendTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private ISendStore Sends => Get<ISendStore>();

    private ApiKeyId Key { get; } = new(Guid.Parse("0199aaaa-0000-7000-8000-000000000001"));

    [Fact]
    public async Task Recipients_are_found_by_id_any_spelling_of_their_phone_and_user_id_in_the_order_asked_for()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var known = Given.Contact(scene.Tenant) with { Phone = "5511987654321", UserId = "BR.123" };
        await Get<IContactStore>().InsertAsync(known, ["551187654321"], None);

        var standings = await Sends.StandingsAsync(
            scene.Tenant,
            [
                To(scene) with { Phone = "34699999999" },
                To(scene) with { Phone = "551187654321", PhoneVariant = "5511987654321" },
                To(scene) with { UserId = "BR.123" },
                To(scene) with { ContactId = scene.Contacts[0] },
                To(scene) with { ContactId = Ids.New<ContactId>() },
            ],
            None);

        Assert.Equal([null, known.ContactId, known.ContactId, scene.Contacts[0], null], standings.Select(standing => standing.ContactId));
        Assert.Equal([false, true, true, true, false], standings.Select(standing => standing.HasAddress));
    }

    [Fact]
    public async Task A_standing_tells_consent_of_tenant_and_sender_and_when_the_person_wrote()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var contact = scene.Contacts[0];
        await Given.RecordAsync(scene.Tenant, contact, ConsentAction.Grant);
        await Given.RecordAsync(Given.Event(scene.Tenant, contact, ConsentAction.Revoke) with { Scope = scene.Sender });
        await Get<IContactStore>().TouchWindowAsync(scene.Tenant, contact, scene.Sender, Now.AddHours(-1), None);

        var here = Assert.Single(await Sends.StandingsAsync(scene.Tenant, [To(scene) with { ContactId = contact }], None));
        var elsewhere = Assert.Single(await Sends.StandingsAsync(
            scene.Tenant, [new SendRecipient { SenderId = Ids.New<SenderId>(), ContactId = contact }], None));

        Assert.Equal((ConsentState.Granted, ConsentState.Revoked), (here.Marketing, here.SenderMarketing));
        Assert.Equal(Now.AddHours(-1), here.InboundTime);
        Assert.Equal((ConsentState.Granted, ConsentState.Unknown, null), (elsewhere.Marketing, elsewhere.SenderMarketing, elsewhere.InboundTime));
    }

    [Fact]
    public async Task A_batch_is_queued_with_its_new_contacts_and_a_repetition_adds_nothing()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        var newcomer = Ids.New<ContactId>();
        var byPhone = To(scene) with { Phone = "5511987654321", PhoneVariant = "551187654321" };
        NewSend[] batch =
        [
            Send(scene, scene.Contacts[0]) with { TemplateId = scene.Template, Class = MessageClass.Utility, ExpireTime = Now.AddHours(1) },
            Send(scene, newcomer) with { Recipient = byPhone, CreatesContact = true },
            Send(scene, newcomer) with { Recipient = byPhone, CreatesContact = true },
        ];

        Assert.True(await Sends.QueueAsync(scene.Tenant, Key, batch, Now, None));
        Assert.True(await Sends.QueueAsync(scene.Tenant, Key, batch[..1], Now.AddHours(1), None));

        var rows = await Sends.ListAsync(scene.Tenant, [.. batch.Select(send => send.MessageId)], None);
        Assert.Equal(batch.Select(send => send.MessageId), rows.Select(row => row.MessageId));
        Assert.All(rows, row => Assert.Equal((MessageState.Queued, Key, Now, null), (row.State, row.ApiKeyId, row.CreateTime, row.CampaignId)));
        Assert.Equal((scene.Template, MessageClass.Utility, Now.AddHours(1)), (rows[0].TemplateId, rows[0].Class, rows[0].ExpireTime));
        Assert.Equal((null, MessageClass.Reply, "{\"text\":\"¡hola! \\u00e9\"}"), (rows[1].TemplateId, rows[1].Class, rows[1].Content));
        var created = await Get<IContactStore>().FindByPhoneAsync(scene.Tenant, ["551187654321"], None);
        Assert.Equal((newcomer, "5511987654321", ""), (created!.ContactId, created.Phone, created.DisplayName));
    }

    [Fact]
    public async Task A_new_contact_whose_identity_somebody_has_changes_nothing()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        var phone = (await Get<IContactStore>().GetAsync(scene.Tenant, scene.Contacts[0], None))!.Phone!;
        NewSend[] batch =
        [
            Send(scene, Ids.New<ContactId>()) with { Recipient = To(scene) with { Phone = "34655555555" }, CreatesContact = true },
            Send(scene, Ids.New<ContactId>()) with { Recipient = To(scene) with { Phone = phone }, CreatesContact = true },
        ];

        Assert.False(await Sends.QueueAsync(scene.Tenant, Key, batch, Now, None));

        Assert.Empty(await Sends.ListAsync(scene.Tenant, [.. batch.Select(send => send.MessageId)], None));
        Assert.Null(await Get<IContactStore>().FindByPhoneAsync(scene.Tenant, ["34655555555"], None));
    }

    [Fact]
    public async Task An_erased_person_who_comes_back_by_a_message_still_refuses()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        var contact = scene.Contacts[0];
        var phone = (await Get<IContactStore>().GetAsync(scene.Tenant, contact, None))!.Phone!;
        await Given.RecordAsync(Given.Event(scene.Tenant, contact, ConsentAction.Revoke) with { Purpose = ConsentPurpose.All });
        await Get<IContactStore>().DeleteAsync(scene.Tenant, contact, null, Now, None);
        var send = Send(scene, Ids.New<ContactId>()) with
        {
            Recipient = To(scene) with { Phone = phone },
            CreatesContact = true,
            Class = MessageClass.Utility,
            TemplateId = scene.Template,
        };

        Assert.True(await Sends.QueueAsync(scene.Tenant, Key, [send], Now, None));

        var row = Assert.Single(await Sends.ListAsync(scene.Tenant, [send.MessageId], None));
        Assert.Equal((MessageState.Suppressed, SuppressionReason.OptedOut), (row.State, row.SuppressionReason));
    }

    [Fact]
    public async Task Senders_of_the_same_new_person_at_once_make_one_contact()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        var recipient = To(scene) with { Phone = "5511987654321", PhoneVariant = "551187654321" };

        var queued = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Sends.QueueAsync(
            scene.Tenant, Key, [Send(scene, Ids.New<ContactId>()) with { Recipient = recipient, CreatesContact = true }], Now, None))));

        Assert.Single(queued, isQueued => isQueued);
    }

    [Fact]
    public async Task A_free_form_message_leaves_only_while_its_window_is_open_when_it_is_claimed()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 3);
        await Get<IContactStore>().TouchWindowAsync(scene.Tenant, scene.Contacts[0], scene.Sender, Now.AddHours(-23), None);
        await Get<IContactStore>().TouchWindowAsync(scene.Tenant, scene.Contacts[1], scene.Sender, Now.AddHours(-24), None);
        NewSend[] batch = [.. scene.Contacts.Select(contact => Send(scene, contact))];
        var own = Given.Reply(scene.Tenant, scene.Contacts[2], scene.Sender);
        Assert.True(await Sends.QueueAsync(scene.Tenant, Key, batch, Now, None));
        await Get<IMessageStore>().EnqueueAsync([own], None);

        var claim = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal([batch[0].MessageId, own.MessageId], claim.Messages.Select(message => message.MessageId));
        Assert.Equal(2, claim.Suppressed);
        var rows = await Sends.ListAsync(scene.Tenant, [batch[1].MessageId, batch[2].MessageId], None);
        Assert.All(rows, row => Assert.Equal((MessageState.Suppressed, SuppressionReason.WindowClosed, null), (row.State, row.SuppressionReason, row.Content)));
    }

    [Fact]
    public async Task What_is_too_late_expires_when_claimed_and_when_nobody_claims_it()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        NewSend Template(DateTimeOffset? expireTime) =>
            Send(scene, scene.Contacts[0]) with { TemplateId = scene.Template, Class = MessageClass.Authentication, ExpireTime = expireTime };
        NewSend[] batch = [Template(Now.AddMinutes(1)), Template(Now.AddMinutes(2)), Template(null)];
        Assert.True(await Sends.QueueAsync(scene.Tenant, Key, batch, Now, None));
        Assert.Equal(0, await Get<IMessageStore>().ExpireQueuedAsync(Now, 10, None));
        Time.Advance(TimeSpan.FromMinutes(1));

        var claim = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None);
        Time.Advance(TimeSpan.FromMinutes(1));
        var swept = await Get<IMessageStore>().ExpireQueuedAsync(Now, 10, None);

        Assert.Equal((0, 1, 1), (claim.Messages.Count, claim.Suppressed, swept));
        var rows = await Sends.ListAsync(scene.Tenant, [.. batch.Select(send => send.MessageId)], None);
        Assert.Equal([MessageState.Expired, MessageState.Expired, MessageState.Queued], rows.Select(row => row.State));
        Assert.Equal([Now.AddMinutes(-1), Now, null], rows.Select(row => row.EndTime));
        Assert.All(rows, row => Assert.Equal((row.State == MessageState.Queued, SuppressionReason.None), (row.Content is not null, row.SuppressionReason)));
    }

    private static SendRecipient To(Scene scene) => new() { SenderId = scene.Sender };

    private NewSend Send(Scene scene, ContactId contact) => new()
    {
        MessageId = Ids.New<MessageId>(),
        ContactId = contact,
        Recipient = To(scene) with { ContactId = contact },
        CreatesContact = false,
        Class = MessageClass.Reply,
        TemplateId = null,
        Content = "{\"text\":\"¡hola! \\u00e9\"}",
        CreateTime = Now,
        DueTime = Now,
        ExpireTime = null,
    };
}

public sealed class SqliteSendTests() : SendTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSendTests() : SendTests(DatabaseProvider.PostgreSql);
