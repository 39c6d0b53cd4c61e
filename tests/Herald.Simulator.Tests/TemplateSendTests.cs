using System.Net;

namespace Herald.Simulator.Tests;

/// <summary>What a template send must bring.</summary>
public sealed class TemplateSendTests
{
    private const string Two = """{"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"5 %"}]}""";

    private const string Rich = """
        {"name":"rich","language":"en_US","category":"MARKETING","components":[
          {"type":"HEADER","format":"IMAGE","example":{"header_handle":["4::aW"]}},
          {"type":"BODY","text":"Hello {{1}}, look at our garden shop today.","example":{"body_text":[["Ana"]]}},
          {"type":"BUTTONS","buttons":[{"type":"URL","text":"Look","url":"https://example.com/{{1}}","example":["a"]},{"type":"COPY_CODE","example":"25OFF"},{"type":"QUICK_REPLY","text":"Stop"}]}]}
        """;

    private const string Named = """
        {"name":"named","language":"en_US","category":"UTILITY","parameter_format":"named","components":[
          {"type":"BODY","text":"Dear {{first_name}}, order {{order}} has left our house.","example":{"body_text_named_params":[{"param_name":"first_name","example":"Ana"},{"param_name":"order","example":"12"}]}}]}
        """;

    private const string Image = """{"type":"header","parameters":[{"type":"image","image":{"link":"https://example.com/a.png"}}]}""";
    private const string One = """{"type":"body","parameters":[{"type":"text","text":"Ana"}]}""";
    private const string Link = """{"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"a"}]}""";
    private const string Code = """{"type":"button","sub_type":"COPY_CODE","index":1,"parameters":[{"type":"coupon_code","coupon_code":"25OFF"}]}""";

    private static readonly (string What, string Name, string Components, int Code, string Details)[] Refused =
    [
        ("another name", "spring_offers", Two, 132001, "template name (spring_offers) does not exist in en_US"),
        ("one parameter of two", "spring_offer", One, 132000, "body: number of localizable_params (1) does not match the expected number of params (2)"),
        ("no parameters", "spring_offer", "", 132000, "body: number of localizable_params (0) does not match the expected number of params (2)"),
        ("a header that is not there", "spring_offer", """{"type":"header","parameters":[{"type":"text","text":"x"}]},""" + Two, 132000, "header: number of localizable_params (1) does not match the expected number of params (0)"),
        ("a named parameter", "spring_offer", Two.Replace("\"type\":\"text\",", "\"type\":\"text\",\"parameter_name\":\"x\",", StringComparison.Ordinal), 132012, "body: Parameter name is not allowed for a template with positional parameters"),
        ("a blank parameter", "spring_offer", Two.Replace("Ana", "  ", StringComparison.Ordinal), 131008, "Parameter of type text is missing text value"),
        ("a parameter without text", "spring_offer", Two.Replace("\"text\":\"Ana\"", "\"x\":1", StringComparison.Ordinal), 100, "Parameter 'text' is mandatory for component parameter type 'text'"),
        ("a line break", "spring_offer", Two.Replace("Ana", "A\\na", StringComparison.Ordinal), 132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"),
        ("a tab", "spring_offer", Two.Replace("Ana", "A\\ta", StringComparison.Ordinal), 132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"),
        ("five blanks", "spring_offer", Two.Replace("Ana", "A     a", StringComparison.Ordinal), 132018, "Param text cannot have new-line/tab characters or more than 4 consecutive spaces"),
        ("a text too long", "spring_offer", Two.Replace("Ana", new string('x', 1000), StringComparison.Ordinal), 132005, "Template hydrated text too long"),
        ("an image in the body", "spring_offer", Two.Replace("\"type\":\"text\",\"text\":\"Ana\"", "\"type\":\"image\"", StringComparison.Ordinal), 132012, "body: Format mismatch, expected TEXT, received IMAGE"),
        ("a wrong button kind", "spring_offer", Two + ",{\"type\":\"button\",\"sub_type\":\"url\",\"index\":\"0\",\"parameters\":[]}", 132012, "buttons: Format mismatch at index 0, expected QUICK_REPLY, received URL"),
        ("a button that is not there", "spring_offer", Two + ",{\"type\":\"button\",\"sub_type\":\"quick_reply\",\"index\":\"7\",\"parameters\":[]}", 132012, "buttons: Button index 7 does not exist in the template"),
        ("no image", "rich", One + "," + Link + "," + Code, 132012, "header: Format mismatch, expected IMAGE, received UNKNOWN"),
        ("a text for an image", "rich", """{"type":"header","parameters":[{"type":"text","text":"x"}]},""" + One + "," + Link + "," + Code, 132012, "header: Format mismatch, expected IMAGE, received TEXT"),
        ("no link suffix", "rich", Image + "," + One + "," + Code, 131008, "buttons: Button at index 0 of type Url requires a parameter"),
        ("no code", "rich", Image + "," + One + "," + Link, 131008, "buttons: Button at index 1 of type CopyCode requires a parameter"),
        ("positional for named", "named", Two, 132012, "body: Parameter name is missing or does not match a parameter of the template"),
        ("a name given twice", "named", """{"type":"body","parameters":[{"type":"text","parameter_name":"order","text":"1"},{"type":"text","parameter_name":"order","text":"2"}]}""", 132012, "body: Parameter name is given twice"),
    ];

    [Fact]
    public async Task A_send_that_does_not_fit_its_template_is_refused_in_Metas_words()
    {
        await using var rig = await StartAsync();

        foreach (var (what, name, components, code, details) in Refused)
        {
            var answer = await rig.SendAsync(Bodies.Template(name, components));

            Assert.True(answer.Status == (code == 132001 ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest), what + answer.Text);
            Assert.Equal((what, code, details), (what, answer.Code, answer.Details));
        }
    }

    [Theory]
    [InlineData("spring_offer", Two)]
    [InlineData("rich", Image + "," + One + "," + Link + "," + Code)]
    [InlineData("named", """{"type":"BODY","parameters":[{"type":"text","parameter_name":"order","text":"12"},{"type":"text","parameter_name":"first_name","text":"Ana"}]}""")]
    public async Task A_send_that_fits_is_accepted(string name, string components)
    {
        await using var rig = await StartAsync();

        var answer = await rig.SendAsync(Bodies.Template(name, components));

        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        Assert.Equal("accepted", answer.Root.GetProperty("messages")[0].GetProperty("message_status").GetString());
    }

    [Theory]
    [InlineData("PENDING", 132001, HttpStatusCode.NotFound)]
    [InlineData("REJECTED", 132001, HttpStatusCode.NotFound)]
    [InlineData("PAUSED", 132015, HttpStatusCode.BadRequest)]
    [InlineData("DISABLED", 132016, HttpStatusCode.BadRequest)]
    public async Task Only_an_approved_template_can_be_sent(string status, int code, HttpStatusCode http)
    {
        await using var rig = await Rig.StartAsync();
        var id = await rig.ApproveAsync(Bodies.PromoTemplate);
        rig.Control.SetTemplateStatus(id, status, "NONE");

        var answer = await rig.SendAsync(Bodies.Template("spring_offer", Two));

        Assert.Equal((http, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_phone_shows_the_template_filled_in()
    {
        await using var rig = await StartAsync();

        await rig.SendAsync(Bodies.Promo(Rig.Person, "cmp:9"));
        var shown = await rig.Control.WaitForMessageAsync(Rig.Person, _ => true, Rig.Limit, Rig.None);

        Assert.Equal("Hello Zoë, our garden shop gives you 10 % off until Sunday.", shown.Body);
        Assert.Equal("Tap below to get no more of these", shown.Footer);
        Assert.Equal([("Show me", "Show me"), ("optout:promos", "Stop promotions")], shown.Buttons.Select(button => (button.Id, button.Title)));
        Assert.Equal(("spring_offer", "cmp:9"), (shown.TemplateName, shown.CallbackData));
    }

    [Fact]
    public async Task A_tap_on_a_quick_reply_brings_payload_and_context()
    {
        await using var rig = await StartAsync();
        var sent = await rig.SendAsync(Bodies.Promo(Rig.Person, "cmp:9"));
        await rig.Control.WaitForMessageAsync(Rig.Person, _ => true, Rig.Limit, Rig.None);

        await rig.Control.TapTemplateButtonAsync(Rig.Person, "stop promotions");

        await rig.Receiver.WaitForItemsAsync("messages", 1, _ => true);
        var tap = rig.Receiver.Items("messages").Single();
        Assert.Equal("button", tap.GetProperty("type").GetString());
        Assert.Equal("optout:promos", tap.GetProperty("button").GetProperty("payload").GetString());
        Assert.Equal("Stop promotions", tap.GetProperty("button").GetProperty("text").GetString());
        Assert.Equal(sent.MessageId, tap.GetProperty("context").GetProperty("id").GetString());
    }

    private static async Task<Rig> StartAsync()
    {
        var rig = await Rig.StartAsync();
        await rig.ApproveAsync(Bodies.PromoTemplate);
        await rig.ApproveAsync(Rich);
        await rig.ApproveAsync(Named);
        return rig;
    }
}
