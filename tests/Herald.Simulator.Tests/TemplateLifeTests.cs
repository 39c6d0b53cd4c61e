using System.Net;
using System.Text.Json.Nodes;

namespace Herald.Simulator.Tests;

/// <summary>Templates from creation to deletion.</summary>
public sealed class TemplateLifeTests
{
    [Fact]
    public async Task A_template_is_pending_until_the_review_approves_it()
    {
        var clock = new TestClock();
        await using var rig = await StartAsync(clock);

        var created = await CreateAsync(rig, Bodies.PromoTemplate);
        var id = created.Root.GetProperty("id").GetString()!;
        clock.Advance(TimeSpan.FromSeconds(4.9));
        var before = await rig.GetAsync($"v23.0/{id}?fields=status");
        clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal(("PENDING", "MARKETING"), (created.Root.GetProperty("status").GetString(), created.Root.GetProperty("category").GetString()));
        Assert.Equal("PENDING", before.Root.GetProperty("status").GetString());
        var told = await rig.Receiver.WaitForValueAsync("message_template_status_update", _ => true);
        Assert.Equal("APPROVED", told.GetProperty("event").GetString());
        Assert.Equal(id, told.GetProperty("message_template_id").GetRawText());
        Assert.Equal("spring_offer", told.GetProperty("message_template_name").GetString());
        Assert.Equal("en-US", told.GetProperty("message_template_language").GetString());
        Assert.Equal("NONE", told.GetProperty("reason").GetString());
        Assert.Equal(clock.GetUtcNow().ToUnixTimeSeconds(), rig.Receiver.Deliveries[0].Root.GetProperty("entry")[0].GetProperty("time").GetInt64(), 1.0);
    }

    [Fact]
    public async Task A_template_is_read_back_in_upper_case_with_its_components()
    {
        await using var rig = await Rig.StartAsync();
        var id = await rig.ApproveAsync(Bodies.PromoTemplate);

        var read = await rig.GetAsync($"v23.0/{id}");
        var some = await rig.GetAsync($"v23.0/{id}?fields=name,quality_score{{score}}");
        var none = await rig.GetAsync($"v23.0/{id}?fields=colour");

        Assert.Equal("APPROVED", read.Root.GetProperty("status").GetString());
        Assert.Equal("POSITIONAL", read.Root.GetProperty("parameter_format").GetString());
        Assert.Equal(["BODY", "FOOTER", "BUTTONS"], read.Root.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("type").GetString()));
        Assert.Equal("QUICK_REPLY", read.Root.GetProperty("components")[2].GetProperty("buttons")[0].GetProperty("type").GetString());
        Assert.Equal(["name", "quality_score", "id"], some.Root.EnumerateObject().Select(member => member.Name));
        Assert.Equal("(#100) Tried accessing nonexisting field (colour) on node type (WhatsAppMessageTemplate)", none.Message);
    }

    [Fact]
    public async Task The_same_name_and_language_stand_once_and_languages_share_a_category()
    {
        await using var rig = await Rig.StartAsync();
        await CreateAsync(rig, Bodies.PromoTemplate);

        var again = await CreateAsync(rig, Bodies.PromoTemplate);
        var spanish = await CreateAsync(rig, Bodies.PromoTemplate.Replace("en_US", "es", StringComparison.Ordinal));
        var utility = await CreateAsync(rig, Change(body => { body["language"] = "fr"; body["category"] = "UTILITY"; }));

        Assert.Equal(2388024, again.Error.GetProperty("error_subcode").GetInt32());
        Assert.Equal(HttpStatusCode.OK, spanish.Status);
        Assert.Equal("Template category mismatch", utility.Error.GetProperty("error_user_title").GetString());
    }

    [Fact]
    public async Task A_utility_template_with_promotional_words_becomes_marketing()
    {
        await using var rig = await Rig.StartAsync();

        var created = await CreateAsync(rig, """
            {"name":"winter","language":"en","category":"UTILITY","components":[{"type":"BODY","text":"Our winter sale has begun today."}]}
            """);

        Assert.Equal("MARKETING", created.Root.GetProperty("category").GetString());
    }

    [Fact]
    public async Task Deleting_by_name_takes_all_languages_and_locks_the_name()
    {
        await using var rig = await Rig.StartAsync();
        await rig.ApproveAsync(Bodies.PromoTemplate);
        await rig.ApproveAsync(Bodies.PromoTemplate.Replace("en_US", "es", StringComparison.Ordinal));

        var deleted = await rig.DeleteAsync($"v23.0/{rig.Waba}/message_templates?name=spring_offer");
        var list = await rig.GetAsync($"v23.0/{rig.Waba}/message_templates");
        var again = await CreateAsync(rig, Bodies.PromoTemplate);
        var missing = await rig.DeleteAsync($"v23.0/{rig.Waba}/message_templates?name=spring_offer");
        var send = await rig.SendAsync(Bodies.Promo(Rig.Person, "x"));

        Assert.Equal("""{"success":true}""", deleted.Text);
        Assert.Equal("""{"data":[]}""", list.Text);
        Assert.Equal(2388023, again.Error.GetProperty("error_subcode").GetInt32());
        Assert.Equal(2593002, missing.Error.GetProperty("error_subcode").GetInt32());
        Assert.Equal(132001, send.Code);
    }

    [Fact]
    public async Task Deleting_by_id_takes_one_language()
    {
        await using var rig = await Rig.StartAsync();
        var english = await rig.ApproveAsync(Bodies.PromoTemplate);
        var spanish = await rig.ApproveAsync(Bodies.PromoTemplate.Replace("en_US", "es", StringComparison.Ordinal));

        await rig.DeleteAsync($"v23.0/{rig.Waba}/message_templates?hsm_id={english}&name=spring_offer");

        Assert.Equal([spanish], rig.Control.GetTemplates().Select(template => template.Id));
    }

    [Fact]
    public async Task The_list_is_filtered_and_paged()
    {
        await using var rig = await Rig.StartAsync();
        foreach (var index in Enumerable.Range(0, 5))
        {
            await CreateAsync(rig, Change(body => { body["name"] = $"offer_{index}"; body["components"]![0]!["text"] = $"Hello {{{{1}}}}, offer {index} gives you {{{{2}}}} off."; }));
        }

        await rig.Receiver.WaitAsync(deliveries => deliveries.Sum(delivery => delivery.Values("message_template_status_update").Count()) >= 5, "5 reviews");
        var names = new List<string>();
        var next = $"v23.0/{rig.Waba}/message_templates?limit=2&fields=name&status=approved";
        while (next is not null)
        {
            var page = await rig.GetAsync(next);
            names.AddRange(page.Root.GetProperty("data").EnumerateArray().Select(template => template.GetProperty("name").GetString()!));
            next = page.Root.GetProperty("paging").TryGetProperty("next", out var link) ? link.GetString() : null;
        }

        var one = await rig.GetAsync($"v23.0/{rig.Waba}/message_templates?name=offer_3");
        var none = await rig.GetAsync($"v23.0/{rig.Waba}/message_templates?status=REJECTED");
        var wrong = await rig.GetAsync($"v23.0/{rig.Waba}/message_templates?limit=0");
        var cursor = await rig.GetAsync($"v23.0/{rig.Waba}/message_templates?after=nowhere");

        Assert.Equal(["offer_0", "offer_1", "offer_2", "offer_3", "offer_4"], names);
        Assert.Equal(1, one.Root.GetProperty("data").GetArrayLength());
        Assert.Equal(0, none.Root.GetProperty("data").GetArrayLength());
        Assert.Equal(100, wrong.Code);
        Assert.Equal("(#100) Invalid cursors values", cursor.Message);
    }

    [Fact]
    public async Task An_approved_template_can_be_edited_but_not_moved_to_another_category()
    {
        await using var rig = await Rig.StartAsync();
        var id = await rig.ApproveAsync(Bodies.PromoTemplate);

        var edited = await rig.PostAsync($"v23.0/{id}", """{"components":[{"type":"BODY","text":"Our garden shop is open again."}]}""");
        var moved = await rig.PostAsync($"v23.0/{id}", """{"category":"UTILITY"}""");
        var read = await rig.GetAsync($"v23.0/{id}?fields=components");

        Assert.Equal("""{"success":true}""", edited.Text);
        Assert.Equal(2388039, moved.Error.GetProperty("error_subcode").GetInt32());
        Assert.Equal("Our garden shop is open again.", read.Root.GetProperty("components")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Pauses_categories_and_quality_are_told()
    {
        await using var rig = await Rig.StartAsync();
        var id = await rig.ApproveAsync(Bodies.PromoTemplate);

        rig.Control.SetTemplateStatus(id, "PAUSED", "NONE");
        rig.Control.SetTemplateStatus(id, "APPROVED", "NONE");
        rig.Control.SetTemplateCategory(id, "UTILITY");
        rig.Control.SetTemplateQuality(id, "RED");

        var paused = await rig.Receiver.WaitForValueAsync("message_template_status_update", value => value.GetProperty("event").GetString() == "PAUSED");
        var back = await rig.Receiver.WaitForValueAsync(
            "message_template_status_update", value => value.TryGetProperty("other_info", out var info) && info.GetProperty("title").GetString() == "UNPAUSE");
        var category = await rig.Receiver.WaitForValueAsync("template_category_update", _ => true);
        var quality = await rig.Receiver.WaitForValueAsync("message_template_quality_update", _ => true);
        Assert.Equal("FIRST_PAUSE", paused.GetProperty("other_info").GetProperty("title").GetString());
        Assert.Equal("APPROVED", back.GetProperty("event").GetString());
        Assert.Equal(("MARKETING", "UTILITY"), (category.GetProperty("previous_category").GetString(), category.GetProperty("new_category").GetString()));
        Assert.Equal("RED", quality.GetProperty("new_quality_score").GetString());
    }

    private static Task<Rig> StartAsync(TestClock clock) => Rig.StartAsync(
        url => new SimulatorOptions { CallbackUrl = url, Webhooks = new WebhookOptions { Linger = TimeSpan.Zero } }, clock);

    private static Task<Answer> CreateAsync(Rig rig, string json) => rig.PostAsync($"v23.0/{rig.Waba}/message_templates", json);

    private static string Change(Action<JsonObject> change)
    {
        var body = JsonNode.Parse(Bodies.PromoTemplate)!.AsObject();
        change(body);
        return body.ToJsonString();
    }
}
