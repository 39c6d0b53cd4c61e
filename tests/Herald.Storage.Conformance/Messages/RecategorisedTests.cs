using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;
using Herald.Storage.Templates;

namespace Herald.Storage.Conformance.Messages;

/// <summary>WhatsApp moves a template to another category while messages of it wait: they go by the stricter of the two.</summary>
public abstract class RecategorisedTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IMessageStore Messages => Get<IMessageStore>();

    [Theory]
    [InlineData(TemplateCategory.Utility, false)]
    [InlineData(TemplateCategory.Utility, true)]
    [InlineData(TemplateCategory.Authentication, false)]
    [InlineData(TemplateCategory.Authentication, true)]
    public async Task What_became_marketing_goes_only_to_people_who_opted_in(TemplateCategory before, bool isSingle)
    {
        var scene = await Given.SceneAsync(before, 3);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[1], ConsentAction.Revoke);
        await QueueAsync(scene, isSingle);

        await MoveAsync(scene, TemplateCategory.Marketing);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((1, 2), (claim.Messages.Count, claim.Suppressed));
        Assert.Equal((scene.Contacts[0], MessageClass.Marketing), (claim.Messages[0].ContactId, claim.Messages[0].Class));
        var rows = (await Messages.ListAsync(scene.Tenant, null, null, null, null, 10, None)).ToDictionary(row => row.ContactId);
        Assert.All(rows.Values, row => Assert.Equal(MessageClass.Marketing, row.Class));
        Assert.Equal(
            [SuppressionReason.None, SuppressionReason.OptedOut, SuppressionReason.NoOptIn],
            scene.Contacts.Select(contact => rows[contact].SuppressionReason));
    }

    [Fact]
    public async Task What_became_utility_is_held_to_a_refusal_of_utility()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Authentication, 2);
        await Given.RecordAsync(Given.Event(scene.Tenant, scene.Contacts[1], ConsentAction.Revoke) with { Purpose = ConsentPurpose.Utility });
        await QueueAsync(scene, isSingle: false);

        await MoveAsync(scene, TemplateCategory.Utility);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((scene.Contacts[0], MessageClass.Utility), (Assert.Single(claim.Messages).ContactId, claim.Messages[0].Class));
        Assert.Equal(1, claim.Suppressed);
    }

    [Fact]
    public async Task What_was_queued_as_marketing_stays_it()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Grant);
        await QueueAsync(scene, isSingle: false);
        await MoveAsync(scene, TemplateCategory.Utility);

        var revoked = await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke);

        Assert.Equal(1, revoked.Suppressed);
        Assert.Empty((await Messages.ClaimAsync(Given.Claim(scene, 10), None)).Messages);
    }

    [Fact]
    public async Task An_opt_out_ends_at_once_what_waits_and_is_marketing_by_now()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        await QueueAsync(scene, isSingle: false);
        await MoveAsync(scene, TemplateCategory.Marketing);

        var revoked = await Given.RecordAsync(scene.Tenant, scene.Contacts[0], ConsentAction.Revoke);

        Assert.Equal(1, revoked.Suppressed);
        var row = Assert.Single(await Messages.ListAsync(scene.Tenant, null, null, null, null, 10, None));
        Assert.Equal((MessageState.Suppressed, SuppressionReason.OptedOut), (row.State, row.SuppressionReason));
    }

    [Fact]
    public async Task What_was_claimed_before_is_waited_for_as_marketing()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 1);
        await QueueAsync(scene, isSingle: false);
        Assert.Single((await Messages.ClaimAsync(Given.Claim(scene, 10), None)).Messages);
        Assert.False(await Messages.AnyClaimedAsync(scene.Tenant, scene.Contacts, MessageClass.Marketing, None));

        await MoveAsync(scene, TemplateCategory.Marketing);

        Assert.True(await Messages.AnyClaimedAsync(scene.Tenant, scene.Contacts, MessageClass.Marketing, None));
    }

    [Fact]
    public async Task A_portfolio_counts_it_as_what_it_is_by_now()
    {
        // The reserve of two people is for others than marketing.
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 4);
        foreach (var contact in scene.Contacts)
            await Given.RecordAsync(scene.Tenant, contact, ConsentAction.Grant);
        await QueueAsync(scene, isSingle: false);
        await Given.JoinAsync(scene, "portfolio-1", peopleMax: 4, reservePercent: 50);

        await MoveAsync(scene, TemplateCategory.Marketing);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal((2, 2), (claim.Messages.Count, claim.Postponed));
    }

    private async Task QueueAsync(Scene scene, bool isSingle)
    {
        if (!isSingle)
        {
            Assert.Equal(scene.Contacts.Count, (await Given.PrepareAsync(scene, 10)).Added);
            return;
        }
        var template = Assert.IsType<TemplateRow>(await Get<ITemplateStore>().GetAsync(scene.Tenant, scene.Template, None));
        NewSend[] batch = [.. scene.Contacts.Select(contact => new NewSend
        {
            MessageId = Ids.New<MessageId>(),
            ContactId = contact,
            CreatesContact = false,
            Recipient = new SendRecipient { SenderId = scene.Sender, ContactId = contact },
            Class = template.Category == TemplateCategory.Utility ? MessageClass.Utility : MessageClass.Authentication,
            TemplateId = scene.Template,
            Content = """{"type":"template"}""",
            CreateTime = Now,
            DueTime = Now,
            ExpireTime = null,
        })];
        Assert.True(await Get<ISendStore>().QueueAsync(scene.Tenant, new ApiKeyId(Ids.NewId()), batch, Now, None));
    }

    private async Task MoveAsync(Scene scene, TemplateCategory category)
    {
        var row = Assert.IsType<TemplateRow>(await Get<ITemplateStore>().GetAsync(scene.Tenant, scene.Template, None));
        Assert.NotNull(await Get<ITemplateStore>().UpdateAsync(row with { Category = category }, None));
    }
}

public sealed class SqliteRecategorisedTests() : RecategorisedTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlRecategorisedTests() : RecategorisedTests(DatabaseProvider.PostgreSql);
