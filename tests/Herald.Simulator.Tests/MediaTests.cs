using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Herald.Simulator.Tests;

/// <summary>Media, places and reactions: what is refused at once, what fails later, and what the phone shows.</summary>
public sealed class MediaTests
{
    public static TheoryData<string, string, int> Refused => new()
    {
        { "no media", """ "type":"image" """, 100 },
        { "neither id nor link", """ "type":"image","image":{} """, 131008 },
        { "both id and link", """ "type":"image","image":{"id":"1","link":"https://a.example/a.jpg"} """, 131009 },
        { "an id that nobody uploaded", """ "type":"document","document":{"id":"1"} """, 131009 },
        { "a link that is none", """ "type":"video","video":{"link":"a.mp4"} """, 100 },
        { "a caption of a sound", """ "type":"audio","audio":{"link":"https://a.example/a.mp3","caption":"Listen"} """, 100 },
        { "a place off the globe", """ "type":"location","location":{"latitude":"91","longitude":"0"} """, 131009 },
        { "a place without longitude", """ "type":"location","location":{"latitude":37.44} """, 100 },
        { "a reaction to nothing", """ "type":"reaction","reaction":{"emoji":"👍"} """, 100 },
        { "a reaction to an unknown message", """ "type":"reaction","reaction":{"message_id":"wamid.none","emoji":"👍"} """, 131009 },
        { "contacts", """ "type":"contacts","contacts":[] """, 131051 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_Meta_refuses_is_refused(string what, string content, int code)
    {
        await using var rig = await Rig.StartAsync();
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);

        var answer = await rig.SendAsync(Body(content));

        Assert.True(answer.Status == HttpStatusCode.BadRequest, what);
        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task An_upload_can_be_sent_looked_up_and_deleted()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);

        var id = await UploadAsync(rig, "image/png", [1, 2, 3]);
        var stored = await rig.GetAsync($"v23.0/{id}");
        var sent = await rig.SendAsync(Body($$""" "type":"image","image":{"id":"{{id}}","caption":"Roses"} """));
        var shown = await rig.Control.WaitForMessageAsync(Rig.Person, message => message.MessageId == sent.MessageId, Rig.Limit, Rig.None);
        var deleted = await rig.DeleteAsync($"v23.0/{id}");
        var again = await rig.SendAsync(Body($$""" "type":"image","image":{"id":"{{id}}"} """));

        Assert.Equal(("image/png", "3"), (stored.Root.GetProperty("mime_type").GetString(), stored.Root.GetProperty("file_size").GetString()));
        Assert.Equal(("image", "Roses", id), (shown.Type, shown.Body, shown.Media));
        Assert.Equal(HttpStatusCode.OK, deleted.Status);
        Assert.Equal(131009, again.Code);
    }

    [Theory]
    [InlineData("https://cdn.invalid/a.jpg")]
    [InlineData("http://a.example/a.jpg")]
    public async Task A_link_that_cannot_be_fetched_fails_later(string link)
    {
        await using var rig = await Rig.StartAsync();
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);

        var answer = await rig.SendAsync(Body($$""" "type":"image","image":{"link":"{{link}}"} """));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(131053, await FailureAsync(rig, answer.MessageId));
    }

    [Fact]
    public async Task A_file_of_another_kind_fails_later()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);
        var id = await UploadAsync(rig, "image/png", [1]);

        var answer = await rig.SendAsync(Body($$""" "type":"video","video":{"id":"{{id}}"} """));

        Assert.Equal(131053, await FailureAsync(rig, answer.MessageId));
    }

    [Fact]
    public async Task A_reaction_is_seen_on_the_phone_and_only_ever_sent()
    {
        await using var rig = await Rig.StartAsync();
        var target = await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);

        var answer = await rig.SendAsync(Body($$""" "type":"reaction","reaction":{"message_id":"{{target}}","emoji":"👍"} """));
        var shown = await rig.Control.WaitForMessageAsync(Rig.Person, message => message.MessageId == answer.MessageId, Rig.Limit, Rig.None);
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);

        Assert.Equal(("👍", target), (shown.Body, shown.ReplyTo));
        var state = rig.Control.GetState();
        Assert.Equal(1, state.Statuses["sent"]);
        Assert.False(state.Statuses.ContainsKey("delivered"));
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\nwhatsapp\r\n--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"")]
    [InlineData("multipart/form-data", "nothing")]
    [InlineData("application/json", "{}")]
    public async Task An_upload_without_a_file_is_refused(string type, string body)
    {
        await using var rig = await Rig.StartAsync();
        using var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        using var response = await rig.Client.PostAsync(new Uri($"v23.0/{rig.Number}/media", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static string Body(string content) => $$"""{"messaging_product":"whatsapp","to":"+{{Rig.Person}}",{{content}}}""";

    private static async Task<string> UploadAsync(Rig rig, string type, byte[] bytes)
    {
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var form = new MultipartFormDataContent { { new StringContent("whatsapp"), "messaging_product" }, { file, "file", "a.bin" } };
        using var response = await rig.Client.PostAsync(new Uri($"v23.0/{rig.Number}/media", UriKind.Relative), form);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return answer.RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<int> FailureAsync(Rig rig, string wamid)
    {
        var told = await rig.Receiver.WaitForValueAsync("messages", value =>
            value.TryGetProperty("statuses", out var statuses) && statuses[0].GetProperty("id").GetString() == wamid
            && statuses[0].GetProperty("status").GetString() == "failed");
        return told.GetProperty("statuses")[0].GetProperty("errors")[0].GetProperty("code").GetInt32();
    }
}
