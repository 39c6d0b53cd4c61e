using System.Net;

namespace Herald.Simulator.Tests;

/// <summary>Limits of interactive messages.</summary>
public sealed class InteractiveRuleTests
{
    private const string Body = "\"body\":{\"text\":\"Choose\"}";
    private static readonly string Long1025 = new('x', 1025);

    public static TheoryData<string, string, int, string> Refused => new()
    {
        { "no body", """{"type":"button","action":{"buttons":[]}}""", 100, "(#100) The parameter interactive['body']['text'] is required." },
        { "an unknown kind", """{"type":"poll","body":{"text":"x"}}""", 131009, "Interactive type 'poll' is not supported" },
        { "no button", $$$$"""{"type":"button",{{{{Body}}}},"action":{"buttons":[]}}""", 131009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3" },
        { "four buttons", Buttons(("1", "A"), ("2", "B"), ("3", "C"), ("4", "D")), 131009, "Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: 3" },
        { "a long title", Buttons(("1", new string('x', 21))), 131009, "Button title length invalid. Min length: 1, Max length: 20" },
        { "a repeated title", Buttons(("1", "A"), ("2", "A")), 131009, "Button titles must be unique" },
        { "a long id", Buttons((new string('x', 257), "A")), 131009, "Button id length invalid. Min length: 1, Max length: 256" },
        { "a long body", Buttons(("1", "A")).Replace("Choose", Long1025, StringComparison.Ordinal), 131009, "Body text length invalid. Min length: 1, Max length: 1024" },
        { "a long footer", Buttons(("1", "A")).Replace("\"action\"", $"\"footer\":{{\"text\":\"{new string('x', 61)}\"}},\"action\"", StringComparison.Ordinal), 131009, "Footer text length invalid. Min length: 0, Max length: 60" },
        { "a long header", Buttons(("1", "A")).Replace("\"action\"", $"\"header\":{{\"type\":\"text\",\"text\":\"{new string('x', 61)}\"}},\"action\"", StringComparison.Ordinal), 131009, "Header text length invalid. Min length: 1, Max length: 60" },
        { "eleven rows", List("Open", Section("S", 11)), 131009, "Total row count exceed max allowed count: 10" },
        { "eleven rows in two sections", List("Open", Section("S", 6), Section("T", 5)), 131009, "Total row count exceed max allowed count: 10" },
        { "a long list label", List(new string('x', 21), Section("S", 1)), 131009, "Button label length invalid. Min length: 1, Max length: 20" },
        { "two sections, one without title", List("Open", Section("S", 1), Section("", 1)), 131009, "Section title length invalid. Min length: 1, Max length: 24" },
        { "a long row title", List("Open", Section("S", 1).Replace("Row S0", new string('x', 25), StringComparison.Ordinal)), 131009, "Row title length invalid. Min length: 1, Max length: 24" },
        { "a long row description", List("Open", Section("S", 1).Replace("Line", new string('x', 73), StringComparison.Ordinal)), 131009, "Row description length invalid. Min length: 0, Max length: 72" },
        { "a repeated row id", List("Open", Section("S", 2).Replace("S1", "S0", StringComparison.Ordinal)), 131009, "Row ids must be unique" },
        { "a link without address", $$$$"""{"type":"cta_url",{{{{Body}}}},"action":{"name":"cta_url","parameters":{"display_text":"Go","url":"nowhere"}}}""", 131009, "URL is not valid" },
        { "a link with a long label", $$$$"""{"type":"cta_url",{{{{Body}}}},"action":{"name":"cta_url","parameters":{"display_text":"{{{{new string('x', 21)}}}}","url":"https://example.com"}}}""", 131009, "Display text length invalid. Min length: 1, Max length: 20" },
    };

    public static TheoryData<string> Accepted =>
    [
        Buttons(("1", new string('é', 20)), ("2", "🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂🙂"), ("3", "C")),
        Buttons(("1", "A")).Replace("\"button\"", "\"BUTTON\"", StringComparison.Ordinal),
        List("Open", Section("", 10)),
        List("Open", Section("S", 5), Section("T", 5)),
        $$$$"""{"type":"cta_url",{{{{Body}}}},"action":{"name":"cta_url","parameters":{"display_text":"Go","url":"https://example.com/a"}}}""",
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task Over_a_limit_it_is_refused_in_Metas_words(string what, string interactive, int code, string text)
    {
        await using var rig = await Rig.StartAsync();

        var answer = await rig.SendAsync(Bodies.Interactive(interactive));

        Assert.True(answer.Status == HttpStatusCode.BadRequest, what);
        Assert.Equal((code, text), (answer.Code, code == 100 ? answer.Message : answer.Details));
    }

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task At_the_limit_it_is_accepted(string interactive)
    {
        await using var rig = await Rig.StartAsync();

        var answer = await rig.SendAsync(Bodies.Interactive(interactive));

        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    [Fact]
    public async Task A_row_of_a_list_can_be_chosen()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "menu", null);
        var sent = await rig.SendAsync(Bodies.Interactive(List("Open", Section("S", 2))));
        var shown = await rig.Control.WaitForMessageAsync(Rig.Person, message => message.ListButton == "Open", Rig.Limit, Rig.None);

        await rig.Control.SelectListRowAsync(Rig.Person, "S1");

        Assert.Equal(["S0", "S1"], shown.Rows.Select(row => row.Id));
        await rig.Receiver.WaitForItemsAsync("messages", 1, message => message.GetProperty("type").GetString() == "interactive");
        var reply = rig.Receiver.Items("messages").Single(message => message.GetProperty("type").GetString() == "interactive");
        Assert.Equal(sent.MessageId, reply.GetProperty("context").GetProperty("id").GetString());
        Assert.Equal("15550783881", reply.GetProperty("context").GetProperty("from").GetString());
        var row = reply.GetProperty("interactive").GetProperty("list_reply");
        Assert.Equal(("S1", "Row S1", "Line"), (row.GetProperty("id").GetString(), row.GetProperty("title").GetString(), row.GetProperty("description").GetString()));
    }

    private static string Buttons(params (string Id, string Title)[] buttons)
    {
        var list = buttons.Select(button => $$$"""{"type":"reply","reply":{"id":"{{{button.Id}}}","title":"{{{button.Title}}}"}}""");
        return $$$"""{"type":"button",{{{Body}}},"action":{"buttons":[{{{string.Join(',', list)}}}]}}""";
    }

    private static string List(string label, params string[] sections) =>
        $$$$"""{"type":"list",{{{{Body}}}},"action":{"button":"{{{{label}}}}","sections":[{{{{string.Join(',', sections)}}}}]}}""";

    private static string Section(string title, int rows) =>
        $$$"""{"title":"{{{title}}}","rows":[{{{string.Join(',', Enumerable.Range(0, rows).Select(row => $$"""{"id":"{{title}}{{row}}","title":"Row {{title}}{{row}}","description":"Line"}"""))}}}]}""";
}
