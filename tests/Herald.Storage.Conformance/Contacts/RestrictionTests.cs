using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Contacts;

/// <summary>People whose data is kept and not used.</summary>
public abstract class RestrictionTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private IContactStore Store => Get<IContactStore>();

    private IMessageStore Messages => Get<IMessageStore>();

    [Fact]
    public async Task What_is_queued_for_a_restricted_contact_is_suppressed_and_a_later_message_when_its_turn_comes()
    {
        var scene = await Given.QueuedSceneAsync(3);
        var other = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var ana = scene.Contacts[0];

        var restricted = await Store.RestrictAsync(scene.Tenant, ana, 1, Now, None);
        await Messages.EnqueueAsync([Given.Reply(scene.Tenant, ana, scene.Sender), Given.Reply(scene.Tenant, scene.Contacts[1], scene.Sender)], None);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.Equal(Now, restricted?.RestrictTime);
        Assert.Equal((3, 1), (claim.Messages.Count, claim.Suppressed));
        Assert.DoesNotContain(ana, claim.Messages.Select(message => message.ContactId));
        var campaigns = Assert.Single(await Messages.ListAsync(scene.Tenant, scene.Campaign, null, MessageState.Suppressed, null, 10, None));
        Assert.Equal((ana, SuppressionReason.Restricted, Now), (campaigns.ContactId, campaigns.SuppressionReason, campaigns.EndTime));
        var all = await Messages.ListAsync(scene.Tenant, null, ana, null, null, 10, None);
        Assert.Equal([SuppressionReason.Restricted, SuppressionReason.Restricted], all.Select(row => row.SuppressionReason));
        var report = Assert.IsType<CampaignReportRow>(await Get<ICampaignStore>().ReportAsync(scene.Tenant, scene.Campaign, None));
        Assert.Equal(new Dictionary<SuppressionReason, long> { [SuppressionReason.Restricted] = 1 }, report.SuppressedByReason);
        Assert.Null((await Store.GetAsync(other.Tenant, other.Contacts[0], None))?.RestrictTime);
    }

    [Fact]
    public async Task An_audience_is_frozen_with_its_restricted_people_suppressed_whatever_they_allowed()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Utility, 2);
        await Store.RestrictAsync(scene.Tenant, scene.Contacts[1], 1, Now, None);

        await Given.PrepareAsync(scene, 10);

        var rows = await Messages.ListAsync(scene.Tenant, scene.Campaign, null, null, null, 10, None);
        Assert.Equal([SuppressionReason.None, SuppressionReason.Restricted], rows.Select(row => row.SuppressionReason));
        Assert.Equal([MessageState.Queued, MessageState.Suppressed], rows.Select(row => row.State));
    }

    [Fact]
    public async Task A_lifted_restriction_lets_new_messages_go_and_brings_none_back()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var ana = scene.Contacts[0];
        await Store.RestrictAsync(scene.Tenant, ana, 1, Now, None);

        var lifted = await Store.UnrestrictAsync(scene.Tenant, ana, 2, Now, None);
        await Messages.EnqueueAsync([Given.Reply(scene.Tenant, ana, scene.Sender)], None);
        var claim = await Messages.ClaimAsync(Given.Claim(scene, 10), None);

        Assert.NotNull(lifted);
        Assert.Null(lifted.RestrictTime);
        Assert.Equal((1, 0), (claim.Messages.Count, claim.Suppressed));
        Assert.Equal(MessageClass.Reply, claim.Messages[0].Class);
    }

    [Fact]
    public async Task Restricting_twice_keeps_the_first_time_and_nobody_is_made_by_it()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var before = Now;
        var first = await Store.RestrictAsync(scene.Tenant, scene.Contacts[0], 1, Now, None);
        Time.Advance(TimeSpan.FromHours(1));

        var again = await Store.RestrictAsync(scene.Tenant, scene.Contacts[0], 2, Now, None);
        var stale = await Store.UnrestrictAsync(scene.Tenant, scene.Contacts[0], 1, Now, None);
        var lifted = await Store.UnrestrictAsync(scene.Tenant, scene.Contacts[0], 2, Now, None);
        var liftedAgain = await Store.UnrestrictAsync(scene.Tenant, scene.Contacts[0], 3, Now, None);

        Assert.Equal((before, 2L), (first!.RestrictTime, first.Version));
        Assert.Equal((before, 2L), (again!.RestrictTime, again.Version));
        Assert.Equal((3L, 3L), (lifted!.Version, liftedAgain!.Version));
        Assert.Null(stale);
        Assert.Null(await Store.RestrictAsync(scene.Tenant, scene.Contacts[0], 2, Now, None));
        Assert.Null(await Store.RestrictAsync(scene.Tenant, Ids.New<ContactId>(), 1, Now, None));
        Assert.Null(await Store.UnrestrictAsync(Given.Tenant().TenantId, scene.Contacts[0], 3, Now, None));
    }

    [Fact]
    public async Task A_restriction_outlives_an_import_and_a_change_of_the_contact()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 1);
        var row = Assert.IsType<ContactRow>(await Store.RestrictAsync(scene.Tenant, scene.Contacts[0], 1, Now, None));

        await Store.UpdateAsync(row with { DisplayName = "Bea" }, [], None);
        await Store.ImportAsync(scene.Tenant, new ContactImportBatch
        {
            ListId = null,
            Now = Now,
            Rows =
            [
                new ContactImportRow
                {
                    NewContactId = Ids.New<ContactId>(),
                    Phone = row.Phone!,
                    PhoneVariants = [],
                    DisplayName = "Carla",
                    Language = "",
                    TimeZone = "",
                    Attributes = new Dictionary<string, string>(),
                    Consent = null,
                },
            ],
        }, None);

        var after = await Store.GetAsync(scene.Tenant, scene.Contacts[0], None);
        Assert.Equal(("Carla", row.RestrictTime), (after!.DisplayName, after.RestrictTime));
    }
}

public sealed class SqliteRestrictionTests() : RestrictionTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlRestrictionTests() : RestrictionTests(DatabaseProvider.PostgreSql);
