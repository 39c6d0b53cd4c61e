using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Herald.Simulator.Tests;

/// <summary>Bytes, signatures, batches, repetition, subscription.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task The_bytes_are_escaped_as_Metas_are_and_both_signatures_are_over_them()
    {
        await using var rig = await Rig.StartAsync();

        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "Ça va? 🙂 <a/b> & \"c\"", "Íris");

        await rig.Receiver.WaitForItemsAsync("messages", 1, _ => true);
        var delivery = rig.Receiver.Deliveries[0];
        Assert.All(delivery.Body, octet => Assert.InRange(octet, (byte)' ', (byte)'~'));
        Assert.Contains(@"\u00c7a va? \ud83d\ude42 <a\/b> & \""c\""", delivery.Text, StringComparison.Ordinal);
        Assert.Contains(@"""name"":""\u00cdris""", delivery.Text, StringComparison.Ordinal);
        Assert.True(delivery.SignatureFits);
        Assert.Equal("sha1=" + Sha1(delivery.Body), delivery.Headers["X-Hub-Signature"]);
        Assert.Equal("facebookexternalua", delivery.Headers["User-Agent"]);
        Assert.Equal("application/json", delivery.Headers["Content-Type"]);
        Assert.Equal("Ça va? 🙂 <a/b> & \"c\"", rig.Receiver.Items("messages")[0].GetProperty("text").GetProperty("body").GetString());
    }

    [Fact]
    public async Task An_inbound_text_has_Metas_shape()
    {
        await using var rig = await Rig.StartAsync();

        var wamid = await rig.Control.SendTextAsync(Rig.Person, rig.Number, "Hi", "Sheena");

        await rig.Receiver.WaitForItemsAsync("messages", 1, _ => true);
        var entry = rig.Receiver.Deliveries[0].Root.GetProperty("entry")[0];
        var value = entry.GetProperty("changes")[0].GetProperty("value");
        var message = value.GetProperty("messages")[0];
        Assert.Equal("whatsapp_business_account", rig.Receiver.Deliveries[0].Root.GetProperty("object").GetString());
        Assert.Equal(rig.Waba, entry.GetProperty("id").GetString());
        Assert.False(entry.TryGetProperty("time", out _));
        Assert.Equal("messages", entry.GetProperty("changes")[0].GetProperty("field").GetString());
        Assert.Equal("whatsapp", value.GetProperty("messaging_product").GetString());
        Assert.Equal($$"""{"display_phone_number":"15550783881","phone_number_id":"{{rig.Number}}"}""", value.GetProperty("metadata").GetRawText());
        Assert.Equal("Sheena", value.GetProperty("contacts")[0].GetProperty("profile").GetProperty("name").GetString());
        Assert.Equal(Rig.Person, value.GetProperty("contacts")[0].GetProperty("wa_id").GetString());
        Assert.Equal((Rig.Person, wamid, "text"), (message.GetProperty("from").GetString(), message.GetProperty("id").GetString(), message.GetProperty("type").GetString()));
        Assert.Equal(JsonValueKind.String, message.GetProperty("timestamp").ValueKind);
    }

    [Fact]
    public async Task Statuses_have_contacts_and_pricing_and_failures_have_errors_only()
    {
        await using var rig = await Rig.StartAsync(url => Fast(url, new BehaviourOptions
        {
            TimeScale = 0,
            ReadShare = 1,
            Recipients = new Dictionary<string, RecipientBehaviour> { ["16505550002"] = new() { FailWith = 131049 } },
        }));
        await rig.ApproveAsync(Bodies.PromoTemplate);

        await rig.SendAsync(Bodies.Promo("16505550001", "a"));
        await rig.SendAsync(Bodies.Promo("16505550002", "b"));

        await rig.Receiver.WaitForItemsAsync("statuses", 4, _ => true);
        var byStatus = rig.Receiver.Items("statuses").ToDictionary(status => status.GetProperty("status").GetString()!);
        Assert.Equal("""{"billable":true,"pricing_model":"PMP","type":"regular","category":"marketing"}""", byStatus["sent"].GetProperty("pricing").GetRawText());
        Assert.True(byStatus["delivered"].TryGetProperty("pricing", out _));
        Assert.False(byStatus["read"].TryGetProperty("pricing", out _));
        Assert.False(byStatus["failed"].TryGetProperty("pricing", out _));
        Assert.Equal(JsonValueKind.String, byStatus["read"].GetProperty("timestamp").ValueKind);
        Assert.Equal(["a", "a", "a", "b"], byStatus.Values.Select(status => status.GetProperty("biz_opaque_callback_data").GetString()).Order());
        var error = byStatus["failed"].GetProperty("errors")[0];
        Assert.Equal(131049, error.GetProperty("code").GetInt32());
        Assert.Equal("This message was not delivered to maintain healthy ecosystem engagement.", error.GetProperty("title").GetString());
        Assert.Equal("In order to maintain a healthy ecosystem engagement, the message failed to be delivered.", error.GetProperty("error_data").GetProperty("details").GetString());
        var contacts = rig.Receiver.Items("contacts").Select(contact => contact.GetProperty("wa_id").GetString()).Distinct();
        Assert.Equal(["16505550001"], contacts);
    }

    [Fact]
    public async Task A_refused_post_is_repeated_with_the_same_bytes_until_200()
    {
        await using var rig = await Rig.StartAsync(url => new SimulatorOptions
        {
            CallbackUrl = url,
            Webhooks = new WebhookOptions { RetryDelay = TimeSpan.FromMilliseconds(1) },
        });
        rig.Receiver.StatusOf = post => post < 3 ? 500 : 200;

        var wamid = await rig.Control.SendTextAsync(Rig.Person, rig.Number, "Hi", null);
        await rig.Control.WaitForAcknowledgementAsync(wamid, Rig.Limit, Rig.None);

        Assert.Equal([500, 500, 500, 200], rig.Receiver.Deliveries.Select(delivery => delivery.Status));
        Assert.Single(rig.Receiver.Deliveries.Select(delivery => delivery.Text).Distinct());
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);
        Assert.Equal((1, 3), (rig.Control.GetState().WebhookPosts, rig.Control.GetState().WebhookPostsFailed));
    }

    [Fact]
    public async Task A_repetition_goes_to_the_callback_of_its_time()
    {
        await using var rig = await Rig.StartAsync(url => new SimulatorOptions
        {
            CallbackUrl = url,
            Webhooks = new WebhookOptions { RetryDelay = TimeSpan.FromMilliseconds(1) },
        });
        await using var moved = await WebhookReceiver.StartAsync(SimulatorOptions.AppSecretDefault);
        rig.Receiver.StatusOf = _ => 500;

        var wamid = await rig.Control.SendTextAsync(Rig.Person, rig.Number, "Hi", null);
        await rig.Receiver.WaitAsync(deliveries => deliveries.Count > 0, "a refused post");
        rig.Control.SetCallback(moved.Url, SimulatorOptions.VerifyTokenDefault);
        await rig.Control.WaitForAcknowledgementAsync(wamid, Rig.Limit, Rig.None);

        Assert.Equal(wamid, Assert.Single(moved.Items("messages")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_reset_starts_a_new_series_of_message_ids()
    {
        await using var rig = await Rig.StartAsync();

        var before = await rig.Control.SendTextAsync(Rig.Person, rig.Number, "Hi", null);
        rig.Control.Reset();
        var after = await rig.Control.SendTextAsync(Rig.Person, rig.Number, "Hi", null);

        Assert.NotEqual(before, after);
    }

    [Fact]
    public async Task Repetitions_slow_down_and_end_at_the_horizon()
    {
        var clock = new TestClock();
        await using var rig = await Rig.StartAsync(
            url => new SimulatorOptions
            {
                CallbackUrl = url,
                Webhooks = new WebhookOptions
                {
                    Linger = TimeSpan.Zero,
                    RetryDelay = TimeSpan.FromSeconds(1),
                    RetryDelayMax = TimeSpan.FromSeconds(4),
                    RetryHorizon = TimeSpan.FromSeconds(12),
                },
            },
            clock);
        rig.Receiver.StatusOf = _ => 503;

        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "Hi", null);
        foreach (var delay in new[] { 1, 2, 4, 4 })
        {
            await clock.TimerSetAsync(TimeSpan.FromSeconds(delay));
            clock.Advance(TimeSpan.FromSeconds(delay));
        }

        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);
        Assert.Equal(5, rig.Receiver.Deliveries.Count);
        Assert.Equal((0, 1), (rig.Control.GetState().UpdatesPending, rig.Control.GetState().UpdatesDropped));
    }

    [Fact]
    public async Task Held_updates_of_several_accounts_come_in_one_post()
    {
        await using var rig = await Rig.StartAsync();
        var other = rig.Control.AddBusiness("Other", new NumberSetup("4930123456"));
        rig.Client.DefaultRequestHeaders.Authorization = new("Bearer", other.Token);
        await rig.PostAsync($"v23.0/{other.WabaId}/subscribed_apps", null);
        rig.Control.SetFaults(new FaultSettings { HoldWebhooks = true });

        await rig.Control.SendTextAsync("16505550001", rig.Number, "one", null);
        await rig.Control.SendTextAsync("16505550002", rig.Number, "two", null);
        await rig.Control.SendTextAsync("16505550001", other.Numbers[0].PhoneNumberId, "three", null);
        rig.Control.SetFaults(FaultSettings.None);

        await rig.Receiver.WaitForItemsAsync("messages", 3, _ => true);
        var delivery = Assert.Single(rig.Receiver.Deliveries);
        Assert.Equal([rig.Waba, other.WabaId], delivery.Root.GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("id").GetString()));
        var shared = delivery.Root.GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value");
        Assert.Equal(2, shared.GetProperty("messages").GetArrayLength());
        Assert.Equal(2, shared.GetProperty("contacts").GetArrayLength());
    }

    [Fact]
    public async Task A_post_holds_no_more_updates_than_allowed()
    {
        await using var rig = await Rig.StartAsync(url => new SimulatorOptions
        {
            CallbackUrl = url,
            Webhooks = new WebhookOptions { UpdatesPerPostMax = 2, MergeValues = false },
            Faults = new FaultSettings { HoldWebhooks = true },
        });

        foreach (var person in Enumerable.Range(0, 5))
        {
            await rig.Control.SendTextAsync($"1650555000{person}", rig.Number, "hi", null);
        }

        rig.Control.SetFaults(FaultSettings.None);
        await rig.Receiver.WaitForItemsAsync("messages", 5, _ => true);
        Assert.Equal([1, 2, 2], rig.Receiver.Deliveries.Select(delivery => delivery.Values("messages").Count()).Order());
    }

    [Fact]
    public async Task Without_a_subscription_nothing_is_posted()
    {
        await using var rig = await Rig.StartAsync();
        var gone = await rig.DeleteAsync($"v23.0/{rig.Waba}/subscribed_apps");
        var list = await rig.GetAsync($"v23.0/{rig.Waba}/subscribed_apps");

        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "lost", null);
        await rig.PostAsync($"v23.0/{rig.Waba}/subscribed_apps", null);
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "kept", null);

        await rig.Receiver.WaitForItemsAsync("messages", 1, _ => true);
        Assert.Equal("""{"success":true}""", gone.Text);
        Assert.Equal("""{"data":[]}""", list.Text);
        Assert.Equal("kept", Assert.Single(rig.Receiver.Items("messages")).GetProperty("text").GetProperty("body").GetString());
        Assert.Equal(1, rig.Control.GetState().UpdatesDropped);
    }

    [Fact]
    public async Task An_account_can_override_the_callback_after_a_handshake()
    {
        await using var rig = await Rig.StartAsync();
        await using var other = await WebhookReceiver.StartAsync(SimulatorOptions.AppSecretDefault);
        other.VerifyToken = "mine";

        var refused = await rig.PostAsync($"v23.0/{rig.Waba}/subscribed_apps", $$"""{"override_callback_uri":"{{other.Url}}","verify_token":"wrong"}""");
        var accepted = await rig.PostAsync($"v23.0/{rig.Waba}/subscribed_apps", $$"""{"override_callback_uri":"{{other.Url}}","verify_token":"mine"}""");
        var list = await rig.GetAsync($"v23.0/{rig.Waba}/subscribed_apps");
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hi", null);

        await other.WaitForItemsAsync("messages", 1, _ => true);
        Assert.Equal((HttpStatusCode.BadRequest, 2200), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.OK, accepted.Status);
        Assert.Equal(other.Url.AbsoluteUri, list.Root.GetProperty("data")[0].GetProperty("override_callback_uri").GetString());
        Assert.Empty(rig.Receiver.Deliveries);
    }

    [Fact]
    public async Task The_app_sets_its_callback_after_a_handshake()
    {
        await using var rig = await Rig.StartAsync(_ => new SimulatorOptions());
        rig.Client.DefaultRequestHeaders.Authorization = new("Bearer", SimulatorOptions.AppIdDefault + "|" + SimulatorOptions.AppSecretDefault);
        var before = await rig.Control.VerifyCallbackAsync(Rig.None);

        var set = await rig.PostAsync(
            $"v23.0/{SimulatorOptions.AppIdDefault}/subscriptions",
            $$"""{"object":"whatsapp_business_account","callback_url":"{{rig.Receiver.Url}}","fields":"messages","verify_token":"{{SimulatorOptions.VerifyTokenDefault}}"}""");

        Assert.False(before);
        Assert.Equal("""{"success":true}""", set.Text);
        Assert.True(await rig.Control.VerifyCallbackAsync(Rig.None));
    }

    [Fact]
    public async Task A_start_that_must_verify_the_callback_fails_when_it_is_refused()
    {
        await using var receiver = await WebhookReceiver.StartAsync(SimulatorOptions.AppSecretDefault);
        receiver.AnswersHandshake = false;
        var options = new SimulatorOptions { CallbackUrl = receiver.Url, VerifyCallbackAtStart = true };

        await Assert.ThrowsAsync<InvalidOperationException>(() => SimulatorHost.StartAsync(options, Rig.None));
    }

    [Fact]
    public async Task Updates_are_posted_twice_and_out_of_order_if_so_wished()
    {
        await using var rig = await Rig.StartAsync(url => Fast(url, new BehaviourOptions { TimeScale = 0.0001, ReadShare = 0, DuplicateShare = 1, ReorderShare = 1 }));
        await rig.ApproveAsync(Bodies.PromoTemplate);

        await rig.SendAsync(Bodies.Promo(Rig.Person, "a"));

        await rig.Receiver.WaitForItemsAsync("statuses", 4, _ => true);
        var statuses = rig.Receiver.Items("statuses").Select(status => status.GetProperty("status").GetString()).ToArray();
        Assert.Equal("delivered", statuses[0]);
        Assert.Equal([("delivered", 2), ("sent", 2)], statuses.CountBy(status => status!).Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Equal([("delivered", 1L), ("sent", 1L)], rig.Control.GetState().Statuses.Select(pair => (pair.Key, pair.Value)).Order());
    }

    private static SimulatorOptions Fast(Uri url, BehaviourOptions behaviour) => new()
    {
        CallbackUrl = url,
        Behaviour = behaviour,
        Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
        Webhooks = new WebhookOptions { ConcurrentPosts = 1, Linger = TimeSpan.Zero },
    };

    private static string Sha1(byte[] body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA1, Encoding.UTF8.GetBytes(SimulatorOptions.AppSecretDefault));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
