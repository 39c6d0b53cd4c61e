using System.Net;
using System.Text.Json.Nodes;

namespace Herald.Simulator.Tests;

/// <summary>What <c>/messages</c> refuses before it looks at templates, and how it answers what it takes.</summary>
public sealed class MessageRuleTests
{
    private static readonly string LongText = new('x', 4097);

    public static TheoryData<string, string, int, string> Refused => new()
    {
        { "no product", """{"to":"+16505551234","type":"text","text":{"body":"x"}}""", 100, "(#100) The parameter messaging_product is required." },
        { "no JSON", "messaging_product=whatsapp", 100, "(#100) The parameter messaging_product is required." },
        { "another product", """{"messaging_product":"sms","to":"+16505551234"}""", 100, "(#100) Param messaging_product must be one of {WHATSAPP} - got \"sms\"." },
        { "no recipient", """{"messaging_product":"whatsapp","type":"text","text":{"body":"x"}}""", 100, "(#100) The parameter to is required." },
        { "a word as recipient", """{"messaging_product":"whatsapp","to":"Ana","type":"text","text":{"body":"x"}}""", 100, "Invalid parameter: recipient phone number format is incorrect" },
        { "the sender as recipient", """{"messaging_product":"whatsapp","to":"+15550783881","type":"text","text":{"body":"x"}}""", 131021, "(#131021) Recipient cannot be sender" },
        { "a group", """{"messaging_product":"whatsapp","recipient_type":"group","to":"g","type":"text"}""", 100, "(#100) Param recipient_type must be one of {INDIVIDUAL} - got \"group\"." },
        { "no type", """{"messaging_product":"whatsapp","to":"+16505551234"}""", 100, "(#100) The parameter type is required." },
        { "an unknown type", """{"messaging_product":"whatsapp","to":"+16505551234","type":"poem"}""", 100, "(#100) Param type must be one of {AUDIO, CONTACTS, DOCUMENT, IMAGE, INTERACTIVE, LOCATION, REACTION, STICKER, TEMPLATE, TEXT, VIDEO} - got \"poem\"." },
        { "an empty text", """{"messaging_product":"whatsapp","to":"+16505551234","type":"text","text":{"body":""}}""", 100, "(#100) The parameter text['body'] is required." },
        { "a long text", $$$"""{"messaging_product":"whatsapp","to":"+16505551234","type":"text","text":{"body":"{{{LongText}}}"}}""", 100, "(#100) Param text['body'] must be at most 4096 characters long." },
        { "long callback data", $$$"""{"messaging_product":"whatsapp","to":"+16505551234","type":"text","text":{"body":"x"},"biz_opaque_callback_data":"{{{LongText}}}"}""", 100, "(#100) Param biz_opaque_callback_data must be at most 512 characters long." },
        { "reading an unknown message", """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.x"}""", 131009, "(#131009) Parameter value is not valid" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_bad_request_is_refused_in_Metas_words(string what, string body, int code, string message)
    {
        await using var rig = await Rig.StartAsync();

        var answer = await rig.SendAsync(body);

        Assert.True(answer.Status == HttpStatusCode.BadRequest, what);
        Assert.Equal((code, message), (answer.Code, answer.Message));
        Assert.Equal("OAuthException", answer.Error.GetProperty("type").GetString());
        Assert.NotEmpty(answer.Error.GetProperty("fbtrace_id").GetString()!);
        Assert.Equal(1, rig.Control.GetState().RefusedByCode[code]);
        Assert.Equal(0, rig.Control.GetState().AcceptedSends);
    }

    [Fact]
    public async Task A_text_inside_the_window_is_accepted_with_input_and_wa_id()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);

        var answer = await rig.SendTextAsync("+1 650-555-1234", "Grüß dich 🙂");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var contact = answer.Root.GetProperty("contacts")[0];
        Assert.Equal("+1 650-555-1234", contact.GetProperty("input").GetString());
        Assert.Equal(Rig.Person, contact.GetProperty("wa_id").GetString());
        Assert.StartsWith("US.", contact.GetProperty("user_id").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("wamid.", answer.MessageId, StringComparison.Ordinal);
        Assert.False(answer.Root.GetProperty("messages")[0].TryGetProperty("message_status", out _));
        var shown = await rig.Control.WaitForMessageAsync(Rig.Person, message => message.MessageId == answer.MessageId, Rig.Limit, Rig.None);
        Assert.Equal("Grüß dich 🙂", shown.Body);
    }

    [Fact]
    public async Task A_text_of_4096_emoji_counts_code_points()
    {
        await using var rig = await Rig.StartAsync();

        var answer = await rig.SendTextAsync(Rig.Person, string.Concat(Enumerable.Repeat("🙂", 4096)));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task A_person_can_be_reached_by_user_id()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);
        await rig.Receiver.WaitForItemsAsync("messages", 1, _ => true);
        var userId = rig.Receiver.Items("messages")[0].GetProperty("from_user_id").GetString();

        var answer = await rig.SendAsync(new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["recipient"] = userId,
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = "hello" },
        }.ToJsonString());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(userId, answer.Root.GetProperty("contacts")[0].GetProperty("input").GetString());
    }

    [Fact]
    public async Task An_inbound_message_can_be_marked_read_with_a_typing_indicator()
    {
        await using var rig = await Rig.StartAsync();
        var inbound = await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);

        var answer = await rig.SendAsync($$$"""{"messaging_product":"whatsapp","status":"read","message_id":"{{{inbound}}}","typing_indicator":{"type":"text"}}""");

        Assert.Equal("""{"success":true}""", answer.Text);
        Assert.Equal(0, rig.Control.GetState().AcceptedSends);
    }
}
