using Herald.WhatsApp.Webhooks;

namespace Herald.WhatsApp.Tests.Webhooks;

public sealed class WebhookParserTests
{
    public static TheoryData<string> Cases => [.. WebhookExpectations.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_payload_reads_as_expected(string name)
    {
        var changes = WebhookParser.Parse(TestData.Bytes("webhooks", name));

        Assert.Equal(WebhookExpectations.All[name], changes.Select(ChangeText.Of));
    }

    [Fact]
    public void Every_payload_has_an_expectation_and_every_expectation_a_payload()
    {
        Assert.Equal(TestData.Names("webhooks"), WebhookExpectations.All.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"entry\":{}}")]
    [InlineData("\"entry\"")]
    public void A_body_that_is_no_delivery_is_one_malformed_change(string body)
    {
        var change = Assert.Single(WebhookParser.Parse(System.Text.Encoding.UTF8.GetBytes(body)));

        Assert.IsType<MalformedChange>(change);
    }

    [Fact]
    public void Too_deep_a_body_is_malformed_and_no_stack_overflow()
    {
        var body = System.Text.Encoding.UTF8.GetBytes(new string('[', 100_000));

        Assert.IsType<MalformedChange>(Assert.Single(WebhookParser.Parse(body)));
    }

    [Fact]
    public void Broken_utf8_in_a_text_does_not_lose_the_message()
    {
        var body = TestData.Bytes("webhooks", "text_without_contacts");
        body[System.Text.Encoding.UTF8.GetString(body).IndexOf("BAJA", StringComparison.Ordinal)] = 0xFF;

        var change = Assert.IsType<InboundMessageChange>(Assert.Single(WebhookParser.Parse(body)));

        Assert.Equal(new InboundText("\uFFFDAJA"), change.Content);
    }

    [Fact]
    public void A_delivery_of_a_thousand_statuses_is_read_in_order()
    {
        var statuses = string.Join(',', Enumerable.Range(0, 1000).Select(i => $"{{\"id\":\"w{i}\",\"status\":\"sent\"}}"));
        var body = $"{{\"entry\":[{{\"id\":\"1\",\"changes\":[{{\"field\":\"messages\",\"value\":{{\"statuses\":[{statuses}]}}}}]}}]}}";

        var changes = WebhookParser.Parse(System.Text.Encoding.UTF8.GetBytes(body));

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"w{i}"), changes.Cast<MessageStatusChange>().Select(change => change.Wamid));
    }

    [Fact]
    public void A_change_never_shows_what_a_person_wrote()
    {
        foreach (var name in TestData.Names("webhooks"))
        {
            foreach (var change in WebhookParser.Parse(TestData.Bytes("webhooks", name)))
            {
                Assert.Equal(change.GetType().Name, change.ToString());
                if (change is InboundMessageChange inbound) Assert.Equal(inbound.Content.GetType().Name, inbound.Content.ToString());
            }
        }
    }
}
