using System.Text.Json.Nodes;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Tests.Client;

public sealed class SendTests
{
    private const string AcceptedBody =
        """{"messaging_product":"whatsapp","contacts":[{"input":"+34600111222","wa_id":"34600111223","user_id":"ES.12"}],"messages":[{"id":"wamid.OK","message_status":"held_for_quality_assessment"}]}""";

    [Fact]
    public async Task A_message_is_posted_once_to_the_number_with_its_token_and_accepted()
    {
        await using var server = FakeGraph.Answering(200, AcceptedBody);
        using var under = new ClientUnderTest(server.Address);

        var result = await under.SendAsync();

        Assert.Equal(new SendResult.Accepted("wamid.OK", "held_for_quality_assessment", "34600111223", "ES.12"), result);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /v25.0/300100200300/messages HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer EAAsecretTOKENvalue\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json\r\n", request, StringComparison.Ordinal);
        Assert.DoesNotContain("Expect:", request, StringComparison.OrdinalIgnoreCase);
        var body = JsonNode.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal("+34600111222", (string?)body?["to"]);
        Assert.Equal("herald:0199", (string?)body?["biz_opaque_callback_data"]);
        under.AssertNothingLeaked();
    }

    [Fact]
    public async Task An_answer_without_contacts_is_accepted()
    {
        await using var server = FakeGraph.Answering(200, """{"messages":[{"id":"wamid.OK"}]}""");
        using var under = new ClientUnderTest(server.Address);

        Assert.Equal(new SendResult.Accepted("wamid.OK", null, null, null), await under.SendAsync());
    }

    [Fact]
    public async Task What_Meta_takes_and_will_not_send_because_its_template_is_paused_is_refused()
    {
        await using var server = FakeGraph.Answering(200, """{"messages":[{"id":"wamid.OK","message_status":"paused"}]}""");
        using var under = new ClientUnderTest(server.Address);

        var refused = Assert.IsType<SendResult.Refused>(await under.SendAsync());

        Assert.Equal((132015, 200, Reaction.PauseTemplate), (refused.Failure.Code, refused.Failure.HttpStatus, refused.Failure.Reaction));
    }

    [Fact]
    public async Task A_refusal_carries_Metas_code_and_its_reaction()
    {
        await using var server = FakeGraph.Answering(
            400, """{"error":{"message":"(#131056) x","code":131056,"error_data":{"details":"Pair rate"},"fbtrace_id":"Tr9"}}""");
        using var under = new ClientUnderTest(server.Address);

        var refused = Assert.IsType<SendResult.Refused>(await under.SendAsync());

        Assert.Equal((131056, 400, "Pair rate", "Tr9", Reaction.WaitForContact), (
            refused.Failure.Code, refused.Failure.HttpStatus, refused.Failure.Details, refused.Failure.TraceId, refused.Failure.Reaction));
        Assert.Contains(under.Log, line => line.Contains("Tr9", StringComparison.Ordinal));
        under.AssertNothingLeaked();
    }

    [Fact]
    public async Task A_refusal_that_may_have_sent_says_so()
    {
        await using var server = FakeGraph.Answering(500, """{"error":{"message":"(#131000) x","code":131000}}""");
        using var under = new ClientUnderTest(server.Address);

        var refused = Assert.IsType<SendResult.Refused>(await under.SendAsync());

        Assert.Equal(Reaction.UnknownOutcome, refused.Failure.Reaction);
    }

    [Theory]
    [InlineData(429, Reaction.SlowDownSender)]
    [InlineData(401, Reaction.DisconnectToken)]
    [InlineData(403, Reaction.PauseTenant)]
    [InlineData(413, Reaction.FailMessage)]
    public async Task A_refusal_by_status_alone_is_judged_by_it(int httpStatus, Reaction reaction)
    {
        await using var server = FakeGraph.Answering(httpStatus, "<html>no</html>");
        using var under = new ClientUnderTest(server.Address);

        var refused = Assert.IsType<SendResult.Refused>(await under.SendAsync());

        Assert.Equal((null, httpStatus, reaction), (refused.Failure.Code, refused.Failure.HttpStatus, refused.Failure.Reaction));
    }

    [Theory]
    [InlineData(502, "<html>Bad gateway</html>")]
    [InlineData(503, "")]
    [InlineData(500, """{"error":{"message":"Internal Server Error"}}""")]
    [InlineData(408, "")]
    [InlineData(307, "")]
    public async Task A_gateways_error_leaves_the_outcome_unknown(int httpStatus, string body)
    {
        await using var server = FakeGraph.Answering(httpStatus, body, "Location: /v25.0/elsewhere");
        using var under = new ClientUnderTest(server.Address);

        Assert.Equal(new SendResult.Unknown(UnknownKind.ServerError, httpStatus), await under.SendAsync());
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("<html>ok</html>")]
    [InlineData("")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":[{"message_status":"accepted"}]}""")]
    [InlineData("""["wamid.OK"]""")]
    public async Task A_success_that_names_no_message_is_unknown(string body)
    {
        await using var server = FakeGraph.Answering(200, body);
        using var under = new ClientUnderTest(server.Address);

        Assert.Equal(new SendResult.Unknown(UnknownKind.UnreadableAnswer, 200), await under.SendAsync());
    }

    [Fact]
    public async Task Metas_wish_to_wait_is_read_from_either_header()
    {
        const string Body = """{"error":{"message":"x","code":80007}}""";
        await using var seconds = FakeGraph.Answering(429, Body, "Retry-After: 90");
        await using var minutes = FakeGraph.Answering(
            400, Body, """X-Business-Use-Case-Usage: {"700":[{"type":"whatsapp","estimated_time_to_regain_access":3},{"estimated_time_to_regain_access":0}]}""");
        await using var broken = FakeGraph.Answering(400, Body, "X-Business-Use-Case-Usage: {");

        Assert.Equal(TimeSpan.FromSeconds(90), await RetryAfter(seconds));
        Assert.Equal(TimeSpan.FromMinutes(3), await RetryAfter(minutes));
        Assert.Null(await RetryAfter(broken));
    }

    [Theory]
    [InlineData(4, 20)]
    [InlineData(80007, 20)]
    [InlineData(80008, 20)]
    [InlineData(130429, null)]
    [InlineData(131056, null)]
    [InlineData(131057, null)]
    public async Task That_an_account_has_used_up_its_calls_says_nothing_of_other_limits(int code, int? minutes)
    {
        await using var server = FakeGraph.Answering(
            400, $$$"""{"error":{"message":"x","code":{{{code}}}}}""", """X-Business-Use-Case-Usage: {"700":[{"type":"whatsapp","estimated_time_to_regain_access":20}]}""");

        Assert.Equal(minutes is { } expected ? TimeSpan.FromMinutes(expected) : null, await RetryAfter(server));
    }

    [Fact]
    public async Task A_redirect_is_not_followed_so_that_nothing_is_posted_twice()
    {
        await using var target = FakeGraph.Answering(200, AcceptedBody);
        await using var server = FakeGraph.Answering(307, "", $"Location: {target.Address}");
        using var under = new ClientUnderTest(server.Address);

        Assert.IsType<SendResult.Unknown>(await under.SendAsync());
        Assert.Empty(target.Requests);
    }

    [Fact]
    public async Task The_app_secrets_proof_is_sent_only_when_wanted()
    {
        await using var server = FakeGraph.Answering(200, AcceptedBody);
        using var under = new ClientUnderTest(server.Address, options =>
        {
            options.AppSecret = "app-secret-one";
            options.ProveAppSecret = true;
        });

        Assert.IsType<SendResult.Accepted>(await under.SendAsync());

        // printf EAAsecretTOKENvalue | openssl dgst -sha256 -hmac app-secret-one
        Assert.Contains("/messages?appsecret_proof=f176784ae6e750180cc0ea3c8799b1f22482b0cd596d11b05d4cd70a4dd3f997 ", Assert.Single(server.Requests), StringComparison.Ordinal);
        Assert.DoesNotContain(under.Log, line => line.Contains("appsecret_proof", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("12/34")]
    [InlineData("12?x=1")]
    [InlineData("../me")]
    public async Task A_number_id_that_would_change_the_address_is_refused(string phoneNumberId)
    {
        using var under = new ClientUnderTest(FakeGraph.NobodyThere());

        await Assert.ThrowsAsync<ArgumentException>(
            () => under.Client.SendAsync(phoneNumberId, ClientUnderTest.Token, ClientUnderTest.Message, CancellationToken.None));
    }

    private static async Task<TimeSpan?> RetryAfter(FakeGraph server)
    {
        using var under = new ClientUnderTest(server.Address);
        return Assert.IsType<SendResult.Refused>(await under.SendAsync()).Failure.RetryAfter;
    }
}
