using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Campaigns;

/// <summary>What a campaign that is not finished needs is never taken from it.</summary>
public abstract class InUseTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    [Fact]
    public async Task A_campaign_is_not_added_to_what_is_absent()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 0);
        var list = Given.List(scene.Tenant);

        var result = await Get<ICampaignStore>().InsertAsync(Given.Campaign(scene.Tenant, scene.Sender, scene.Template, list.ListId), None);

        Assert.Equal(CampaignInsertResult.ReferenceAbsent, result);
    }

    [Fact]
    public async Task Of_a_campaign_and_a_removal_at_once_only_one_succeeds()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 0);
        var campaigns = Database.AddNode().GetRequiredService<ICampaignStore>();
        var (added, removed) = (0, 0);
        for (var i = 0; i < 15; i++)
        {
            var template = Given.Template(scene.Tenant, TemplateCategory.Marketing);
            await Get<ITemplateStore>().InsertAsync(template, None);
            var list = Given.List(scene.Tenant);
            await Get<IContactListStore>().InsertAsync(list, None);
            var sender = await Given.StoredSenderAsync(scene.Tenant);
            var row = Given.Campaign(scene.Tenant, sender.SenderId, template.TemplateId, list.ListId);
            var retired = sender with { State = SenderState.Disconnected };

            var insert = Task.Run(() => campaigns.InsertAsync(row, None));
            var removal = (i % 3) switch
            {
                0 => Task.Run(() => Get<ITemplateStore>().DeleteAsync(scene.Tenant, template.TemplateId, 1, None)),
                1 => Task.Run(() => Get<IContactListStore>().DeleteAsync(scene.Tenant, list.ListId, None)),
                _ => Task.Run(async () => (await Get<ISenderStore>().RetireAsync(retired, None)).Row is not null),
            };
            await Task.WhenAll(insert, removal).WaitAsync(Limit);

            var isAdded = await insert == CampaignInsertResult.Inserted;
            // A retired sender stays a sender: only a campaign that was there before keeps it in use.
            Assert.True(i % 3 == 2 ? isAdded : isAdded != await removal);
            added += isAdded ? 1 : 0;
            removed += await removal ? 1 : 0;
        }
        Assert.True(added + removed >= 15);
    }

    [Fact]
    public async Task A_sender_in_use_is_not_retired_and_the_user_is_named()
    {
        var scene = await Given.SceneAsync(TemplateCategory.Marketing, 0);
        var sender = Assert.IsType<SenderRow>(await Get<ISenderStore>().GetAsync(scene.Tenant, scene.Sender, None));

        var inUse = await Get<ISenderStore>().RetireAsync(sender with { State = SenderState.Disconnected }, None);
        var unused = await Given.StoredSenderAsync(scene.Tenant);
        var retired = await Get<ISenderStore>().RetireAsync(unused with { State = SenderState.Disconnected }, None);
        var stale = await Get<ISenderStore>().RetireAsync(unused with { State = SenderState.Disconnected }, None);

        Assert.Equal((null, scene.Campaign), (inUse.Row, inUse.UsedBy));
        Assert.Equal((SenderState.Disconnected, null), (retired.Row?.State, retired.UsedBy));
        Assert.Equal((null, null), (stale.Row, stale.UsedBy));
    }
}

public sealed class SqliteInUseTests() : InUseTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlInUseTests() : InUseTests(DatabaseProvider.PostgreSql);
