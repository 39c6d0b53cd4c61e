using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Herald.Simulator.Tests;

/// <summary>What template creation refuses.</summary>
public sealed class TemplateRuleTests
{
    private const string Body = "Hello {{1}}, here is the news of our garden shop.";

    /// <summary>Each row changes a good request; the expectation is subcode and title, or the message of an error without subcode.</summary>
    private static readonly (string What, Action<JsonObject> Change, int? Subcode, string Text)[] Refused =
    [
        ("no name", body => body.Remove("name"), null, "(#100) The parameter name is required."),
        ("a capital in the name", body => body["name"] = "Offer", 2388046, "Name Format is Incorrect"),
        ("a long name", body => body["name"] = new string('a', 513), 2388046, "Name Format is Incorrect"),
        ("a sample's name", body => body["name"] = "hello_world", 2388155, "Template name can't be used"),
        ("no language", body => body.Remove("language"), null, "(#100) The parameter language is required."),
        ("an unknown category", body => body["category"] = "NEWS", null, "(#100) Param category must be one of {AUTHENTICATION, MARKETING, UTILITY} - got \"NEWS\"."),
        ("no components", body => body.Remove("components"), null, "(#100) The parameter components is required."),
        ("no body", body => body["components"] = Parse("""[{"type":"FOOTER","text":"Bye"}]"""), 2388043, "Message template \"components\" param is missing expected field(s)"),
        ("a long body", body => SetBody(body, new string('x', 1025)), 2388040, "Character Limit Exceeded"),
        ("three line breaks", body => SetBody(body, "a\n\n\nb"), 2388072, "Message body format is incorrect"),
        ("a variable first", body => SetBody(body, "{{1}} is here with us today, dear friend"), 2388299, "Leading or trailing params not allowed"),
        ("a variable last", body => SetBody(body, "We have good news for you, {{1}}"), 2388299, "Leading or trailing params not allowed"),
        ("a gap in the numbers", body => SetBody(body, "Hello {{1}}, here is your {{3}} of today."), null, "Variable format is incorrect"),
        ("a named variable among numbers", body => SetBody(body, "Hello {{name}}, here is the news."), null, "Variable format is incorrect"),
        ("many variables", body => SetBody(body, "Hi {{1}} and {{2}} or{{3}} so"), 2388293, "Parameter words ratio exceeds limit"),
        ("no example", body => body["components"]![0]!.AsObject().Remove("example"), 2388043, "Message template \"components\" param is missing expected field(s)"),
        ("a long header", body => Add(body, Header(new string('x', 61))), 2388047, "Message header format is incorrect"),
        ("stars in the header", body => Add(body, Header("*Spring*")), 2388047, "Message header format is incorrect"),
        ("an emoji in the header", body => Add(body, Header("Spring 🌱")), 2388047, "Message header format is incorrect"),
        ("two variables in the header", body => Add(body, Header("For {{1}} and {{2}} only")), 2388047, "Message header format is incorrect"),
        ("an image without sample", body => Add(body, """{"type":"HEADER","format":"IMAGE"}"""), 2388043, "Message template \"components\" param is missing expected field(s)"),
        ("a variable in the footer", body => Add(body, """{"type":"FOOTER","text":"Bye {{1}} now"}"""), 2388073, "Message footer format is incorrect"),
        ("a long footer", body => Add(body, $$"""{"type":"FOOTER","text":"{{new string('x', 61)}}"}"""), 2388073, "Message footer format is incorrect"),
        ("two footers", body => { Add(body, """{"type":"FOOTER","text":"a"}"""); Add(body, """{"type":"FOOTER","text":"b"}"""); }, null, "Message template components are incorrect"),
        ("eleven buttons", body => Add(body, Buttons([.. Enumerable.Repeat(Quick("A"), 11)])), null, "Message buttons are incorrect"),
        ("three links", body => Add(body, Buttons(Link("a"), Link("b"), Link("c"))), null, "Message buttons are incorrect"),
        ("two telephones", body => Add(body, Buttons(Phone(), Phone())), null, "Message buttons are incorrect"),
        ("a long label", body => Add(body, Buttons(Quick(new string('x', 26)))), null, "Message buttons are incorrect"),
        ("replies not together", body => Add(body, Buttons(Quick("A"), Link("b"), Quick("C"))), null, "Message buttons are incorrect"),
        ("a link variable in the middle", body => Add(body, Buttons("""{"type":"URL","text":"Go","url":"https://example.com/{{1}}/x","example":["a"]}""")), null, "Message buttons are incorrect"),
        ("a link variable without example", body => Add(body, Buttons("""{"type":"URL","text":"Go","url":"https://example.com/{{1}}"}""")), 2388043, "Message template \"components\" param is missing expected field(s)"),
        ("a code button without marketing of codes", body => Add(body, Buttons("""{"type":"OTP","otp_type":"COPY_CODE"}""")), null, "Message buttons are incorrect"),
        ("a short life", body => body["message_send_ttl_seconds"] = 60, null, "Message template time-to-live is incorrect"),
    ];

    [Fact]
    public async Task A_template_against_the_rules_is_refused_in_Metas_words()
    {
        await using var rig = await Rig.StartAsync();

        foreach (var (what, change, subcode, text) in Refused)
        {
            var request = Good();
            change(request);
            var answer = await rig.PostAsync($"v23.0/{rig.Waba}/message_templates", request.ToJsonString());

            Assert.True(answer.Status == HttpStatusCode.BadRequest && answer.Code == 100, what + ": " + answer.Text);
            var given = answer.Error.TryGetProperty("error_user_title", out var title) ? title.GetString() : answer.Message;
            Assert.Equal((what, text), (what, given));
            Assert.Equal(subcode, answer.Error.TryGetProperty("error_subcode", out var code) ? code.GetInt32() : null);
        }
    }

    [Fact]
    public async Task The_languages_are_Metas_own()
    {
        await using var rig = await Rig.StartAsync();
        var (norwegian, klingon) = (Good(), Good());
        norwegian["language"] = "nb";
        klingon["language"] = "tlh";

        var good = await rig.PostAsync($"v23.0/{rig.Waba}/message_templates", norwegian.ToJsonString());
        var bad = await rig.PostAsync($"v23.0/{rig.Waba}/message_templates", klingon.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, good.Status);
        Assert.EndsWith("- got \"tlh\".", bad.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Good day {{1}} {{2}}, our garden shop is open again.", "The template contains variable parameters placed next to each other.")]
    [InlineData("Good day {{#name}}, our garden shop is open again.", "The template contains special characters in a variable parameter.")]
    [InlineData("Good day {{1}}, our garden }} shop is open again.", "The template contains variable parameters with mismatched curly braces.")]
    public async Task A_reviewer_rejects_what_creation_let_through(string text, string reason)
    {
        await using var rig = await Rig.StartAsync();
        var request = Good();
        SetBody(request, text);

        var created = await rig.PostAsync($"v23.0/{rig.Waba}/message_templates", request.ToJsonString());

        Assert.True(created.Status == HttpStatusCode.OK, created.Text);
        var told = await rig.Receiver.WaitForValueAsync("message_template_status_update", value => value.GetProperty("event").GetString() == "REJECTED");
        Assert.Equal("INVALID_FORMAT", told.GetProperty("reason").GetString());
        Assert.Equal(reason, told.GetProperty("rejection_info").GetProperty("reason").GetString());
        var read = await rig.GetAsync($"v23.0/{created.Root.GetProperty("id").GetString()}?fields=status,rejected_reason");
        Assert.Equal("REJECTED", read.Root.GetProperty("status").GetString());
        Assert.Equal("INVALID_FORMAT", read.Root.GetProperty("rejected_reason").GetString());
    }

    [Fact]
    public async Task The_hundredth_and_first_creation_of_an_hour_is_too_many()
    {
        await using var rig = await Rig.StartAsync(url => new SimulatorOptions
        {
            CallbackUrl = url,
            Templates = new TemplateReviewOptions { CreatesPerHourMax = 2 },
        });

        var codes = new List<int>();
        foreach (var name in new[] { "a", "b", "c" })
        {
            var request = Good();
            request["name"] = name;
            var answer = await rig.PostAsync($"v23.0/{rig.Waba}/message_templates", request.ToJsonString());
            codes.Add(answer.Status == HttpStatusCode.OK ? 0 : answer.Code);
        }

        Assert.Equal([0, 0, 80008], codes);
    }

    private static JsonObject Good() => new()
    {
        ["name"] = "news",
        ["language"] = "en_US",
        ["category"] = "MARKETING",
        ["components"] = new JsonArray(Parse(
            $$$"""{"type":"BODY","text":{{{JsonSerializer.Serialize(Body)}}},"example":{"body_text":[["Ana","b","c"]]}}""")),
    };

    private static void SetBody(JsonObject request, string text) => request["components"]![0]!["text"] = text;

    private static void Add(JsonObject request, string component) => request["components"]!.AsArray().Add(Parse(component));

    private static JsonNode Parse(string json) => JsonNode.Parse(json)!;

    private static string Header(string text) => $$$"""{"type":"HEADER","format":"TEXT","text":"{{{text}}}","example":{"header_text":["a"]}}""";

    private static string Buttons(params string[] buttons) => $$"""{"type":"BUTTONS","buttons":[{{string.Join(',', buttons)}}]}""";

    private static string Quick(string text) => $$"""{"type":"QUICK_REPLY","text":"{{text}}"}""";

    private static string Link(string text) => $$"""{"type":"URL","text":"{{text}}","url":"https://example.com/"}""";

    private static string Phone() => """{"type":"PHONE_NUMBER","text":"Call","phone_number":"+15550051310"}""";
}
