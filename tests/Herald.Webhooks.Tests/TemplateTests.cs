using System.Text.Json.Nodes;
using Herald.Domain.Templates;
using Herald.Storage;
using Herald.Storage.Audit;
using Herald.Storage.Templates;
using Herald.Storage.Webhooks;
using Herald.Webhooks.Tests.Support;

namespace Herald.Webhooks.Tests;

/// <summary>What Meta reports of templates' categories, which decide who may get them.</summary>
public abstract class TemplateTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private const string MetaId = "meta-spring_sale";

    private ITemplateStore Templates => Node.Get<ITemplateStore>();

    [Theory]
    [InlineData(TemplateCategory.Utility, "UTILITY", "MARKETING", TemplateCategory.Marketing)]
    [InlineData(TemplateCategory.Marketing, "MARKETING", "UTILITY", TemplateCategory.Utility)]
    [InlineData(TemplateCategory.Authentication, "AUTHENTICATION", "utility", TemplateCategory.Utility)]
    [InlineData(TemplateCategory.Authentication, null, "MARKETING", TemplateCategory.Marketing)]
    [InlineData(TemplateCategory.Marketing, "AUTHENTICATION", "UTILITY", TemplateCategory.Marketing)]
    [InlineData(TemplateCategory.Utility, "UTILITY", "GREETING", TemplateCategory.Utility)]
    public async Task A_category_is_taken_over_and_of_what_contradicts_itself_the_stricter_one(
        TemplateCategory known, string? previous, string present, TemplateCategory expected)
    {
        await GiveAsync(known);

        await Edge.DeliverAndProcessAsync(Category(previous, present, announced: null));
        await Edge.DeliverAndProcessAsync(Category(previous, present, announced: null));

        Assert.Equal(expected, (await TemplateAsync()).Category);
        var audited = (await Node.Get<IAuditStore>().ListAsync(Shop.Tenant, null, 10, default)).Where(row => row.Action == "RecategoriseTemplate").ToList();
        Assert.Equal(expected == known ? 0 : 1, audited.Count);
    }

    [Fact]
    public async Task What_is_announced_changes_nothing_before_it_comes_and_is_in_the_audit()
    {
        await GiveAsync(TemplateCategory.Utility);

        await Edge.DeliverAndProcessAsync(Category(previous: null, "UTILITY", announced: "MARKETING"));

        Assert.Equal(TemplateCategory.Utility, (await TemplateAsync()).Category);
        var row = Assert.Single(await Node.Get<IAuditStore>().ListAsync(Shop.Tenant, null, 10, default), row => row.Action == "AnnounceTemplateCategory");
        Assert.Equal("""{"from":"UTILITY","to":"MARKETING"}""", row.Detail);
        Assert.Empty(await Node.Get<IWebhookInbox>().ListUnknownAsync(default));
    }

    [Theory]
    [InlineData("MARKETING", TemplateCategory.Marketing)]
    [InlineData("AUTHENTICATION", TemplateCategory.Utility)]
    public async Task An_approval_in_a_stricter_category_than_asked_for_counts(string word, TemplateCategory expected)
    {
        await GiveAsync(TemplateCategory.Utility);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Change("message_template_status_update", new JsonObject
        {
            ["event"] = "APPROVED",
            ["message_template_id"] = MetaId,
            ["message_template_category"] = word,
        }));

        var row = await TemplateAsync();
        Assert.Equal((TemplateState.Approved, expected), (row.State, row.Category));
    }

    [Fact]
    public async Task An_approval_counts_also_for_a_template_whose_pause_was_not_heard_of()
    {
        Clock.PutForward(TimeSpan.FromMinutes(5));
        var told = Now;

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.TemplateStatus(MetaId, "APPROVED", "NONE"));

        Assert.InRange((await TemplateAsync()).UpdateTime, told, Now);
        Assert.DoesNotContain(await Node.Get<IAuditStore>().ListAsync(Shop.Tenant, null, 10, default), row => row.Action == "MoveTemplate");
    }

    [Fact]
    public async Task A_template_that_moves_is_in_the_audit_once()
    {
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.TemplateStatus(MetaId, "PAUSED", "NONE"));
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.TemplateStatus(MetaId, "PAUSED", "NONE"));
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.TemplateStatus(MetaId, "UNPAUSED", "NONE"));

        var rows = (await Node.Get<IAuditStore>().ListAsync(Shop.Tenant, null, 10, default)).Where(row => row.Action == "MoveTemplate");
        Assert.Equal(["""{"from":"PAUSED","to":"APPROVED"}""", """{"from":"APPROVED","to":"PAUSED"}"""], rows.Select(row => row.Detail));
        Assert.Equal(TemplateState.Approved, (await TemplateAsync()).State);
    }

    private static WebhookBody Category(string? previous, string present, string? announced) =>
        WebhookBody.Empty.Change("template_category_update", new JsonObject
        {
            ["message_template_id"] = MetaId,
            ["message_template_name"] = "spring_sale",
            ["message_template_language"] = "en-US",
            ["previous_category"] = previous,
            ["new_category"] = present,
            ["correct_category"] = announced,
        });

    private async Task GiveAsync(TemplateCategory category) =>
        Assert.NotNull(await Templates.UpdateAsync(await TemplateAsync() with { Category = category }, default));

    private async Task<TemplateRow> TemplateAsync() => Assert.IsType<TemplateRow>(await Templates.GetAsync(Shop.Tenant, Shop.Template, default));
}

public sealed class SqliteTemplateTests() : TemplateTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlTemplateTests() : TemplateTests(DatabaseProvider.PostgreSql);
