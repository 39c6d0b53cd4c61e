using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;

namespace Herald.Storage.Conformance.Messages;

/// <summary>How single messages end that nobody could send in time, and what is kept of when they were to leave.</summary>
public abstract class LifetimeTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private ApiKeyId Key { get; } = new(Guid.Parse("0199aaaa-0000-7000-8000-000000000001"));

    [Theory]
    [InlineData(SenderState.Disconnected, "Its time ran out while its sender was not connected.")]
    [InlineData(SenderState.Restricted, "Its time ran out while WhatsApp did not let its sender send.")]
    [InlineData(SenderState.Throttled, "Its time ran out while WhatsApp let its sender send no marketing.")]
    [InlineData(SenderState.Active, "Its time ran out before it was sent.")]
    public async Task What_expires_says_what_its_sender_could_not_do(SenderState state, string reason)
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var senders = Get<ISenderStore>();
        var sender = Assert.IsType<SenderRow>(await senders.GetAsync(scene.Tenant, scene.Sender, None));
        await senders.UpdateAsync(sender with { State = state, IsMarketingStopped = true }, None);

        Assert.Equal(reason, (await ExpireAsync(await QueueAsync(scene))).ErrorDetail);
    }

    [Fact]
    public async Task What_expires_while_marketing_is_withheld_from_its_contact_says_so()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var send = await QueueAsync(scene);
        Assert.NotNull(await Get<IContactReachStore>().HoldMarketingAsync(scene.Tenant, scene.Contacts[0], Now, new Domain.SeededRandomSource(1), None));

        Assert.Equal("Its time ran out while WhatsApp withheld marketing from the contact.", (await ExpireAsync(send)).ErrorDetail);
    }

    [Fact]
    public async Task What_expires_while_its_portfolio_is_at_its_limit_says_so_and_for_when_it_was_sent_stays()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        await Given.JoinAsync(scene, "portfolio", peopleMax: 0, reservePercent: 0);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);
        var sendTime = Now.AddMinutes(1);
        var send = await QueueAsync(scene, sendTime);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None)).Postponed);

        var row = await ExpireAsync(send);

        Assert.Equal("Its time ran out while its sender's portfolio had reached as many people as WhatsApp lets it reach in 24 hours.", row.ErrorDetail);
        Assert.Equal(sendTime, row.SendTime);
        Assert.True(row.DueTime > sendTime);
    }

    [Fact]
    public async Task What_WhatsApp_said_of_it_last_stays_when_it_expires()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);
        var send = await QueueAsync(scene);
        var claimed = Assert.Single((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Get<IMessageStore>().SettleAsync(
            [Given.Accepted(scene, claimed) with { Outcome = AttemptOutcome.Refused, NextState = MessageState.Queued, Wamid = null, RetryAt = Now.AddHours(1), ErrorCode = 130429, ErrorDetail = "Slower." }],
            None);

        var row = await ExpireAsync(send);

        Assert.Equal((130429, "Slower."), (row.ErrorCode, row.ErrorDetail));
    }

    [Fact]
    public async Task What_goes_at_once_has_no_time_that_it_was_sent_for()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);

        var row = await Get<IMessageStore>().GetAsync(scene.Tenant, (await QueueAsync(scene)).MessageId, None);

        Assert.Equal((Now, null), (row?.DueTime, row?.SendTime));
    }

    [Fact]
    public async Task An_answer_of_Heralds_own_keeps_its_expiry()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var answer = new NewMessage
        {
            TenantId = scene.Tenant,
            MessageId = Ids.New<MessageId>(),
            ContactId = scene.Contacts[0],
            SenderId = scene.Sender,
            Class = MessageClass.Reply,
            Content = "{}",
            DedupeKey = "answer",
            DueTime = Now,
            ExpireTime = Now + Lifetime,
            CreateTime = Now,
        };

        Assert.Equal(1, await Get<IMessageStore>().EnqueueAsync([answer], None));

        Assert.Equal(Now + Lifetime, (await Get<IMessageStore>().GetAsync(scene.Tenant, answer.MessageId, None))?.ExpireTime);
    }

    private async Task<(TenantId Tenant, MessageId MessageId)> QueueAsync(Scene scene, DateTimeOffset? sendTime = null)
    {
        var send = new NewSend
        {
            MessageId = Ids.New<MessageId>(),
            ContactId = scene.Contacts[0],
            Recipient = new SendRecipient { SenderId = scene.Sender, ContactId = scene.Contacts[0] },
            CreatesContact = false,
            Class = MessageClass.Marketing,
            TemplateId = scene.Template,
            Content = "{}",
            CreateTime = Now,
            DueTime = sendTime ?? Now,
            ExpireTime = (sendTime ?? Now) + Lifetime,
        };
        Assert.True(await Get<ISendStore>().QueueAsync(scene.Tenant, Key, [send], Now, None));
        return (scene.Tenant, send.MessageId);
    }

    [Theory]
    [InlineData("UPDATE message_attempts SET outcome = 4", "Its time ran out before it was sent.")]
    [InlineData("UPDATE messages SET error_code = 131016, error_detail = 'WhatsApp said this.'", "WhatsApp said this.")]
    [InlineData("UPDATE message_attempts SET outcome = 3", MessageProgress.GraceOver)]
    public async Task What_a_claim_finds_too_late_says_what_it_waited_for(string before, string reason)
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var send = await QueueAsync(scene);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);
        var claimed = Assert.Single((await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await ExecuteAsync("UPDATE messages SET state = 10, due_time = 1");
        await ExecuteAsync(before);
        Time.Advance(Lifetime);

        var claim = await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None);

        Assert.Equal((0, 1), (claim.Messages.Count, claim.Suppressed));
        var row = Assert.IsType<MessageRow>(await Get<IMessageStore>().GetAsync(send.Tenant, claimed.MessageId, None));
        Assert.Equal((MessageState.Expired, reason), (row.State, row.ErrorDetail));
    }

    private async Task<MessageRow> ExpireAsync((TenantId Tenant, MessageId MessageId) send)
    {
        Time.Advance(Lifetime + TimeSpan.FromMinutes(1));
        Assert.Equal(1, await Get<IMessageStore>().ExpireQueuedAsync(Now, 10, None));
        var row = Assert.IsType<MessageRow>(await Get<IMessageStore>().GetAsync(send.Tenant, send.MessageId, None));
        Assert.Equal((MessageState.Expired, Now, null), (row.State, row.EndTime, row.Content));
        return row;
    }
}

public sealed class SqliteLifetimeTests() : LifetimeTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlLifetimeTests() : LifetimeTests(DatabaseProvider.PostgreSql);
