using System.Net;

namespace Herald.Simulator.Tests;

/// <summary>The administration over HTTP does what the control object does.</summary>
public sealed class AdministrationTests
{
    [Fact]
    public async Task A_business_is_added_and_listed()
    {
        await using var rig = await Rig.StartAsync();

        var added = await rig.PostAsync("_simulator/businesses", """{"name":"Bakery","numbers":[{"phone":"+49 30 123456","level":"high"}]}""");
        var taken = await rig.PostAsync("_simulator/businesses", """{"name":"Bakery 2","numbers":[{"phone":"4930123456"}]}""");

        Assert.Equal("4930123456", added.Root.GetProperty("numbers")[0].GetProperty("phone").GetString());
        Assert.Equal(HttpStatusCode.BadRequest, taken.Status);
        Assert.Equal(["Lucky Shrub", "Bakery"], rig.Control.Businesses.Select(business => business.Name));
        Assert.Equal(ThroughputLevel.High, rig.Control.Businesses[1].Numbers[0].Setup.Level);
        rig.Client.DefaultRequestHeaders.Authorization = new("Bearer", added.Root.GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.OK, (await rig.GetAsync($"v23.0/{added.Root.GetProperty("waba_id").GetString()}")).Status);
    }

    [Fact]
    public async Task A_chat_is_played_over_HTTP()
    {
        await using var rig = await Rig.StartAsync();

        var text = await rig.PostAsync($"_simulator/phones/{Rig.Person}/text", $$"""{"phone_number_id":"{{rig.Number}}","text":"menu","profile_name":"Ana"}""");
        await rig.SendAsync(Bodies.Interactive("""{"type":"button","body":{"text":"Go on?"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}}]}}"""));
        await rig.Control.WaitForMessageAsync(Rig.Person, _ => true, Rig.Limit, Rig.None);
        var messages = await rig.CallAsync(HttpMethod.Get, $"_simulator/phones/{Rig.Person}/messages", null);
        var tap = await rig.PostAsync($"_simulator/phones/{Rig.Person}/tap", """{"button_id":"yes"}""");
        var missing = await rig.PostAsync($"_simulator/phones/{Rig.Person}/tap", """{"row_id":"no"}""");
        var empty = await rig.PostAsync($"_simulator/phones/{Rig.Person}/tap", "{}");

        await rig.Receiver.WaitForItemsAsync("messages", 2, _ => true);
        Assert.StartsWith("wamid.", text.Root.GetProperty("message_id").GetString(), StringComparison.Ordinal);
        Assert.Contains("\"body\":\"Go on?\"", messages.Text, StringComparison.Ordinal);
        Assert.Contains("\"buttons\":[{\"id\":\"yes\",\"title\":\"Yes\",\"kind\":\"reply\"}]", messages.Text, StringComparison.Ordinal);
        Assert.StartsWith("wamid.", tap.Root.GetProperty("message_id").GetString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (missing.Status, empty.Status));
    }

    [Fact]
    public async Task Counts_and_sends_are_read_and_reset()
    {
        await using var rig = await Rig.StartAsync();
        await rig.ApproveAsync(Bodies.PromoTemplate);
        await rig.SendAsync(Bodies.Promo(Rig.Person, "a"));
        await rig.SendAsync("{}");

        var state = await rig.GetAsync("_simulator/state");
        var sends = await rig.CallAsync(HttpMethod.Get, $"_simulator/sends?phone={Rig.Person}", null);
        var late = await rig.CallAsync(HttpMethod.Get, "_simulator/sends-after-stop", null);
        var reset = await rig.PostAsync("_simulator/reset", null);
        var after = await rig.GetAsync("_simulator/state");

        Assert.Equal(1, state.Root.GetProperty("accepted_sends").GetInt64());
        Assert.Equal(1, state.Root.GetProperty("refused_by_code").GetProperty("100").GetInt64());
        Assert.Contains("\"callback_data\":\"a\"", sends.Text, StringComparison.Ordinal);
        Assert.Equal("[]", late.Text);
        Assert.Equal(HttpStatusCode.NoContent, reset.Status);
        Assert.Equal(0, after.Root.GetProperty("accepted_sends").GetInt64());
    }

    [Fact]
    public async Task Templates_faults_callback_tokens_and_behaviour_are_set()
    {
        await using var rig = await Rig.StartAsync();
        var id = await rig.ApproveAsync(Bodies.PromoTemplate);

        var paused = await rig.CallAsync(HttpMethod.Put, $"_simulator/templates/{id}/status", """{"status":"PAUSED"}""");
        var unknown = await rig.CallAsync(HttpMethod.Put, "_simulator/templates/1/status", """{"status":"PAUSED"}""");
        var odd = await rig.CallAsync(HttpMethod.Put, $"_simulator/templates/{id}/status", """{"status":"SOLD"}""");
        var behaviour = await rig.CallAsync(HttpMethod.Put, $"_simulator/phones/{Rig.Person}/behaviour", """{"fail_with":131049}""");
        var faults = await rig.CallAsync(HttpMethod.Put, "_simulator/faults", """{"error_share":1,"error_code":2}""");
        var token = await rig.PostAsync("_simulator/tokens", $$"""{"token":"t","scopes":["whatsapp_business_messaging"],"waba_ids":["{{rig.Waba}}"]}""");
        var revoked = await rig.PostAsync("_simulator/tokens/revoke", """{"token":"t","subcode":458}""");
        var callback = await rig.CallAsync(HttpMethod.Put, "_simulator/callback", $$"""{"url":"{{rig.Receiver.Url}}","verify_token":"other"}""");
        var verified = await rig.PostAsync("_simulator/callback/verify", null);

        Assert.All(new[] { paused, behaviour, faults, token, revoked, callback }, answer => Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (unknown.Status, odd.Status));
        Assert.Equal("PAUSED", rig.Control.GetTemplates().Single().Status);
        Assert.Equal(2, rig.Control.Faults.ErrorCode);
        Assert.Equal("""{"verified":false}""", verified.Text);
        Assert.Contains("PAUSED", (await rig.CallAsync(HttpMethod.Get, "_simulator/templates", null)).Text, StringComparison.Ordinal);
    }
}
