using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Herald.Simulator.Tests;

/// <summary>Tokens, nodes, permissions and the headers of every answer.</summary>
public sealed class AccessTests
{
    private const string Messaging = "whatsapp_business_messaging";
    private const string Management = "whatsapp_business_management";

    [Fact]
    public async Task A_call_without_a_token_is_refused()
    {
        await using var rig = await Rig.StartAsync();
        rig.Client.DefaultRequestHeaders.Authorization = null;

        var answer = await rig.GetAsync($"v23.0/{rig.Number}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(104, answer.Code);
    }

    [Theory]
    [InlineData("unreadable", null, "Invalid OAuth access token - Cannot parse access token")]
    [InlineData("expired", 463, "Error validating access token: Session has expired")]
    [InlineData("revoked", 460, "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.")]
    public async Task A_dead_token_is_refused_with_its_reason(string token, int? subcode, string message)
    {
        await using var rig = await Rig.StartAsync();
        rig.Control.AddToken("expired", [Messaging], [rig.Waba], DateTimeOffset.UnixEpoch);
        rig.Control.AddToken("revoked", [Messaging], [rig.Waba], null);
        rig.Control.RevokeToken("revoked", 460);

        rig.Client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var answer = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
        Assert.Equal(190, answer.Code);
        Assert.Equal(message, answer.Message);
        Assert.Equal(subcode, answer.Error.TryGetProperty("error_subcode", out var given) ? given.GetInt32() : null);
        Assert.Equal($"OAuth \"Facebook Platform\" \"invalid_token\" \"{message}\"", string.Join(",", answer.Headers.GetValues("WWW-Authenticate")));
    }

    [Fact]
    public async Task The_token_may_come_as_a_parameter()
    {
        await using var rig = await Rig.StartAsync();
        rig.Client.DefaultRequestHeaders.Authorization = null;

        var answer = await rig.GetAsync($"v23.0/{rig.Number}?access_token={rig.Business.Token}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
    }

    [Fact]
    public async Task An_unknown_node_and_a_node_of_another_business_look_the_same()
    {
        await using var rig = await Rig.StartAsync();
        var other = rig.Control.AddBusiness("Other", new NumberSetup("4930123456"));

        var unknown = await rig.GetAsync("v23.0/123456789012345");
        var foreign = await rig.GetAsync($"v23.0/{other.Numbers[0].PhoneNumberId}");

        foreach (var answer in new[] { unknown, foreign })
        {
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.Equal(100, answer.Code);
            Assert.Equal(33, answer.Error.GetProperty("error_subcode").GetInt32());
            Assert.Equal("GraphMethodException", answer.Error.GetProperty("type").GetString());
            Assert.StartsWith("Unsupported get request. Object with ID '", answer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_without_the_scope_may_not_send_or_manage()
    {
        await using var rig = await Rig.StartAsync();
        rig.Control.AddToken("manager", [Management], [rig.Waba], null);
        rig.Control.AddToken("sender", [Messaging], [rig.Waba], null);

        rig.Client.DefaultRequestHeaders.Authorization = new("Bearer", "manager");
        var send = await rig.SendTextAsync(Rig.Person, "hi");
        rig.Client.DefaultRequestHeaders.Authorization = new("Bearer", "sender");
        var list = await rig.GetAsync($"v23.0/{rig.Waba}/message_templates");

        Assert.Equal((HttpStatusCode.Forbidden, 200), (send.Status, send.Code));
        Assert.Equal((HttpStatusCode.Forbidden, 10), (list.Status, list.Code));
    }

    [Fact]
    public async Task A_wrong_proof_of_the_app_secret_is_refused()
    {
        await using var rig = await Rig.StartAsync(url => new SimulatorOptions { CallbackUrl = url });
        var proof = Convert.ToHexStringLower(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(SimulatorOptions.AppSecretDefault), Encoding.UTF8.GetBytes(rig.Business.Token)));

        var right = await rig.GetAsync($"v23.0/{rig.Number}?appsecret_proof={proof}");
        var wrong = await rig.GetAsync($"v23.0/{rig.Number}?appsecret_proof={proof[1..]}0");

        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Equal((HttpStatusCode.BadRequest, 100), (wrong.Status, wrong.Code));
    }

    [Theory]
    [InlineData("v19.0")]
    [InlineData("v23.0")]
    [InlineData("v99.9")]
    public async Task Every_version_is_served_and_told_back(string version)
    {
        await using var rig = await Rig.StartAsync();

        var answer = await rig.GetAsync($"{version}/{rig.Waba}/phone_numbers");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(version, answer.Headers.GetValues("facebook-api-version").Single());
        Assert.NotEmpty(answer.Headers.GetValues("x-fb-trace-id").Single());
        Assert.Contains("call_count", answer.Headers.GetValues("X-App-Usage").Single(), StringComparison.Ordinal);
        Assert.Contains(rig.Waba, answer.Headers.GetValues("X-Business-Use-Case-Usage").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_edge_is_an_unknown_path()
    {
        await using var rig = await Rig.StartAsync();

        var answer = await rig.GetAsync($"v23.0/{rig.Waba}/flows");

        Assert.Equal((HttpStatusCode.BadRequest, 2500), (answer.Status, answer.Code));
        Assert.Equal("Unknown path components: /flows", answer.Message);
    }

    [Fact]
    public async Task The_app_token_debugs_tokens()
    {
        await using var rig = await Rig.StartAsync();
        rig.Control.AddToken("gone", [Messaging], [rig.Waba], DateTimeOffset.UnixEpoch);
        rig.Client.DefaultRequestHeaders.Authorization = null;
        var app = Uri.EscapeDataString(SimulatorOptions.AppIdDefault + "|" + SimulatorOptions.AppSecretDefault);

        var good = (await rig.GetAsync($"v23.0/debug_token?input_token={rig.Business.Token}&access_token={app}")).Root.GetProperty("data");
        var gone = (await rig.GetAsync($"v23.0/debug_token?input_token=gone&access_token={app}")).Root.GetProperty("data");

        Assert.True(good.GetProperty("is_valid").GetBoolean());
        Assert.Equal(SimulatorOptions.AppIdDefault, good.GetProperty("app_id").GetString());
        Assert.Equal(0, good.GetProperty("expires_at").GetInt64());
        Assert.Equal(rig.Waba, good.GetProperty("granular_scopes")[0].GetProperty("target_ids")[0].GetString());
        Assert.False(gone.GetProperty("is_valid").GetBoolean());
        Assert.Equal(463, gone.GetProperty("error").GetProperty("subcode").GetInt32());
    }
}
