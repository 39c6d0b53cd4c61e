using System.Text.Json.Nodes;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Tests.Client;

public sealed class AccountCallTests
{
    private const string Waba = "700800900";

    [Fact]
    public async Task A_template_is_created_with_its_definition()
    {
        await using var server = FakeGraph.Answering(200, """{"id":"572279198452421","status":"pending","category":"MARKETING"}""");
        using var under = new ClientUnderTest(server.Address);
        var template = TemplateDefinition.Parse(TestData.Text("templates", "named_with_everything"));

        var result = await under.Client.CreateTemplateAsync(Waba, ClientUnderTest.Token, template, CancellationToken.None);

        Assert.Equal(new TemplateCreated("572279198452421", "PENDING", "MARKETING"), result.Value);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("POST /v25.0/700800900/message_templates HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Equal(template, TemplateDefinition.Parse(Body(request)));
    }

    [Fact]
    public async Task A_template_that_breaks_a_rule_is_refused_with_Metas_texts_for_the_user()
    {
        await using var server = FakeGraph.Answering(400, TestData.Text("errors", "template_rule_with_user_texts"));
        using var under = new ClientUnderTest(server.Address);

        var result = await under.Client.CreateTemplateAsync(Waba, ClientUnderTest.Token, new("x", "en", "UTILITY"), CancellationToken.None);

        Assert.False(result.IsSuccess);
        Assert.Equal("There is a template in this language.", result.Failure.Refusal?.UserMessage);
        Assert.Equal(Reaction.FailMessage, result.Failure.Refusal?.Reaction);
    }

    [Fact]
    public async Task An_account_that_Meta_says_is_used_up_is_left_alone_and_others_are_not()
    {
        await using var server = FakeGraph.Answering(
            200, """{"data":[]}""", """X-Business-Use-Case-Usage: {"700800900":[{"type":"whatsapp","call_count":100,"estimated_time_to_regain_access":3}]}""");
        using var under = new ClientUnderTest(server.Address);
        var query = new TemplateQuery { Limit = 1 };

        var first = await under.Client.ListTemplatesAsync(Waba, ClientUnderTest.Token, query, CancellationToken.None);
        var second = await under.Client.ListTemplatesAsync(Waba, ClientUnderTest.Token, query, CancellationToken.None);
        var other = await under.Client.ListTemplatesAsync("700800901", ClientUnderTest.Token, query, CancellationToken.None);
        under.Clock.Advance(TimeSpan.FromMinutes(4));
        var later = await under.Client.ListTemplatesAsync(Waba, ClientUnderTest.Token, query, CancellationToken.None);

        Assert.True(first.IsSuccess && other.IsSuccess && later.IsSuccess);
        Assert.Equal(NotSentKind.OverBudget, second.Failure?.NotSent);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task An_account_without_a_registered_number_has_two_hundred_calls_an_hour_and_messages_do_not_count()
    {
        await using var server = FakeGraph.Answering(200, """{"success":true}""");
        using var under = new ClientUnderTest(server.Address);
        for (var i = 0; i < 200; i++)
            Assert.True((await under.Client.SubscribeAppAsync(Waba, ClientUnderTest.Token, CancellationToken.None)).IsSuccess);

        var over = await under.Client.SubscribeAppAsync(Waba, ClientUnderTest.Token, CancellationToken.None);
        var read = await under.Client.MarkReadAsync(Waba, ClientUnderTest.Token, "wamid.1", showTyping: false, CancellationToken.None);

        Assert.Equal(NotSentKind.OverBudget, over.Failure?.NotSent);
        Assert.True(read.IsSuccess);
    }

    [Fact]
    public async Task Templates_are_listed_page_by_page()
    {
        await using var server = FakeGraph.Answering(200, """
            {"data":[
              {"id":"1","name":"spring_sale","language":"en","status":"approved","category":"MARKETING","quality_score":{"score":"GREEN"},"rejected_reason":"NONE",
               "components":[{"type":"BODY","text":"Hi {{1}}, it is spring.","example":{"body_text":[["Asha"]]}}]},
              {"id":"2","name":"few_fields"},
              {"name":"without id"}],
             "paging":{"cursors":{"before":"B","after":"A&1"},"next":"https://graph.facebook.com/v25.0/next"}}
            """);
        using var under = new ClientUnderTest(server.Address);

        var query = new TemplateQuery { Limit = 3, After = "X&Y", Name = "spring sale", Status = "APPROVED", Language = "en" };
        var result = await under.Client.ListTemplatesAsync(Waba, ClientUnderTest.Token, query, CancellationToken.None);

        Assert.True(result.IsSuccess);
        Assert.Equal("A&1", result.Value.After);
        Assert.Equal(["1", "2"], result.Value.Items.Select(item => item.TemplateId));
        var first = result.Value.Items[0];
        Assert.Equal(("APPROVED", "GREEN", null), (first.Status, first.QualityScore, first.RejectedReason));
        Assert.Equal("Hi {{1}}, it is spring.", first.Definition.Body);
        var request = Assert.Single(server.Requests);
        Assert.StartsWith("GET /v25.0/700800900/message_templates?fields=id,name,", request, StringComparison.Ordinal);
        Assert.Contains("&limit=3&after=X%26Y&name=spring%20sale&status=APPROVED&language=en HTTP/1.1", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_page_has_no_cursor_though_Meta_gives_one()
    {
        await using var server = FakeGraph.Answering(200, """{"data":[],"paging":{"cursors":{"before":"B","after":"A"}}}""");
        using var under = new ClientUnderTest(server.Address);

        var result = await under.Client.ListTemplatesAsync(Waba, ClientUnderTest.Token, new TemplateQuery(), CancellationToken.None);

        Assert.True(result.IsSuccess);
        Assert.Null(result.Value.After);
    }

    [Fact]
    public async Task One_template_is_read_and_deleted_by_its_id()
    {
        await using var reading = FakeGraph.Answering(200, """{"id":"7","name":"spring_sale","language":"en","status":"PAUSED"}""");
        await using var deleting = FakeGraph.Answering(200, """{"success":true}""");
        using var reader = new ClientUnderTest(reading.Address);
        using var deleter = new ClientUnderTest(deleting.Address);

        var read = await reader.Client.GetTemplateAsync("7", ClientUnderTest.Token, CancellationToken.None);
        var deleted = await deleter.Client.DeleteTemplateAsync(Waba, ClientUnderTest.Token, "spring_sale", "7", CancellationToken.None);

        Assert.Equal("PAUSED", read.Value?.Status);
        Assert.True(deleted.IsSuccess);
        Assert.StartsWith(
            "DELETE /v25.0/700800900/message_templates?name=spring_sale&hsm_id=7 HTTP/1.1", Assert.Single(deleting.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Phone_numbers_are_listed_and_read()
    {
        const string Number =
            """{"id":"300100200300","display_phone_number":"+1 555-010-4477","status":"CONNECTED","quality_rating":"GREEN","throughput":{"level":"HIGH"},"whatsapp_business_manager_messaging_limit":"TIER_10K","is_on_biz_app":false}""";
        await using var one = FakeGraph.Answering(200, Number);
        await using var many = FakeGraph.Answering(200, $$"""{"data":[{{Number}}]}""");
        using var reader = new ClientUnderTest(one.Address);
        using var lister = new ClientUnderTest(many.Address);

        var read = await reader.Client.GetPhoneNumberAsync("300100200300", ClientUnderTest.Token, CancellationToken.None);
        var listed = await lister.Client.ListPhoneNumbersAsync(Waba, ClientUnderTest.Token, after: null, CancellationToken.None);

        Assert.True(listed.IsSuccess);
        Assert.Equal(read.Value, Assert.Single(listed.Value.Items));
        Assert.Equal(("CONNECTED", "HIGH", "TIER_10K", false), (read.Value?.Status, read.Value?.ThroughputLevel, read.Value?.MessagingLimit, read.Value?.IsOnBusinessApp));
        Assert.Equal("300100200300", read.Value?.ToString());
    }

    [Theory]
    [InlineData("""{"id":"700800900","owner_business_info":{"name":"Lucky Shrub","id":"506914307656634"}}""", "506914307656634")]
    [InlineData("""{"id":"700800900"}""", null)]
    public async Task An_account_tells_the_portfolio_that_owns_it(string answer, string? portfolio)
    {
        await using var server = FakeGraph.Answering(200, answer);
        using var under = new ClientUnderTest(server.Address);

        var read = await under.Client.GetBusinessAccountAsync(Waba, ClientUnderTest.Token, CancellationToken.None);

        Assert.Equal((Waba, portfolio), (read.Value?.WabaId, read.Value?.PortfolioId));
        Assert.StartsWith("GET /v25.0/700800900?fields=id,owner_business_info HTTP/1.1", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_is_registered_and_an_account_subscribed()
    {
        await using var server = FakeGraph.Answering(200, """{"success":true}""");
        using var under = new ClientUnderTest(server.Address);

        var registered = await under.Client.RegisterAsync("300100200300", ClientUnderTest.Token, "012345", CancellationToken.None);
        var subscribed = await under.Client.SubscribeAppAsync(Waba, ClientUnderTest.Token, CancellationToken.None);
        var read = await under.Client.MarkReadAsync("300100200300", ClientUnderTest.Token, "wamid.IN1", showTyping: true, CancellationToken.None);

        Assert.True(registered.IsSuccess && subscribed.IsSuccess && read.IsSuccess);
        Assert.StartsWith("POST /v25.0/300100200300/register ", server.Requests[0], StringComparison.Ordinal);
        Assert.Equal("012345", (string?)JsonNode.Parse(Body(server.Requests[0]))?["pin"]);
        Assert.StartsWith("POST /v25.0/700800900/subscribed_apps ", server.Requests[1], StringComparison.Ordinal);
        Assert.Equal(
            """{"messaging_product":"whatsapp","status":"read","message_id":"wamid.IN1","typing_indicator":{"type":"text"}}""", Body(server.Requests[2]));
        Assert.DoesNotContain(under.Log, line => line.Contains("012345", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("12345x")]
    public async Task A_pin_has_six_digits(string pin)
    {
        using var under = new ClientUnderTest(FakeGraph.NobodyThere());

        var failure = await Assert.ThrowsAsync<ArgumentException>(
            () => under.Client.RegisterAsync("300100200300", ClientUnderTest.Token, pin, CancellationToken.None));

        Assert.DoesNotContain(pin, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_is_asked_about_with_the_apps_own_token()
    {
        await using var server = FakeGraph.Answering(200, """
            {"data":{"app_id":"42","type":"SYSTEM_USER","expires_at":1767600000,"is_valid":true,"scopes":["whatsapp_business_messaging","public_profile"],
             "granular_scopes":[{"scope":"whatsapp_business_messaging","target_ids":["700800900"]},{"scope":"whatsapp_business_management"}]}}
            """);
        using var under = new ClientUnderTest(server.Address, options => (options.AppId, options.AppSecret) = ("42", "app-secret-one"));

        var result = await under.Client.DebugTokenAsync(ClientUnderTest.Token, CancellationToken.None);

        Assert.True(result.IsSuccess);
        Assert.True(result.Value.IsValid);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1767600000), result.Value.ExpireTime);
        Assert.True(result.Value.Allows("whatsapp_business_messaging", Waba));
        Assert.False(result.Value.Allows("whatsapp_business_messaging", "1"));
        Assert.True(result.Value.Allows("whatsapp_business_management", "1"));
        Assert.False(result.Value.Allows("public_profile", Waba));
        Assert.Contains("\r\nAuthorization: Bearer 42|app-secret-one\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
        under.AssertNothingLeaked();
        Assert.DoesNotContain(under.Log, line => line.Contains("app-secret-one", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dead_token_is_an_answer()
    {
        await using var server = FakeGraph.Answering(
            200, """{"data":{"error":{"code":190,"message":"expired","subcode":463},"is_valid":false,"scopes":[],"expires_at":0}}""");
        using var under = new ClientUnderTest(server.Address, options => (options.AppId, options.AppSecret) = ("42", "app-secret-one"));

        var result = await under.Client.DebugTokenAsync(ClientUnderTest.Token, CancellationToken.None);

        Assert.True(result.IsSuccess);
        Assert.Equal((false, 190, 463, null), (result.Value.IsValid, result.Value.ErrorCode, result.Value.ErrorSubcode, result.Value.ExpireTime));
    }

    [Fact]
    public async Task Asking_about_a_token_without_an_app_is_our_mistake()
    {
        using var under = new ClientUnderTest(FakeGraph.NobodyThere());

        await Assert.ThrowsAsync<InvalidOperationException>(() => under.Client.DebugTokenAsync(ClientUnderTest.Token, CancellationToken.None));
    }

    [Fact]
    public async Task A_failure_says_whether_the_call_was_made()
    {
        await using var gateway = FakeGraph.Answering(502, "<html>");
        await using var unreadable = FakeGraph.Answering(200, """{"success":false}""");
        using var nobody = new ClientUnderTest(FakeGraph.NobodyThere());
        using var lost = new ClientUnderTest(gateway.Address);
        using var odd = new ClientUnderTest(unreadable.Address);

        Assert.Equal(NotSentKind.Connection, (await Subscribe(nobody)).Failure?.NotSent);
        Assert.Equal(NotSentKind.Connection, (await nobody.Client.GetTemplateAsync("7", ClientUnderTest.Token, CancellationToken.None)).Failure?.NotSent);
        Assert.Equal(UnknownKind.ServerError, (await Subscribe(lost)).Failure?.Unknown);
        Assert.Equal(UnknownKind.UnreadableAnswer, (await Subscribe(odd)).Failure?.Unknown);
    }

    [Fact]
    public async Task A_cancelled_management_call_throws()
    {
        using var under = new ClientUnderTest(FakeGraph.NobodyThere());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => under.Client.SubscribeAppAsync(Waba, ClientUnderTest.Token, new CancellationToken(canceled: true)));
    }

    private static Task<CallResult<Acknowledgement>> Subscribe(ClientUnderTest under) =>
        under.Client.SubscribeAppAsync(Waba, ClientUnderTest.Token, CancellationToken.None);

    private static string Body(string request) => request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
}
