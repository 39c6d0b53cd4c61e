using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Herald.Simulator.Tests;

/// <summary>An answer of the simulator.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Root, HttpResponseHeaders Headers, string Text)
{
    public JsonElement Error => Root.GetProperty("error");

    public int Code => Error.GetProperty("code").GetInt32();

    public string Message => Error.GetProperty("message").GetString()!;

    public string Details => Error.GetProperty("error_data").GetProperty("details").GetString()!;

    public string MessageId => Root.GetProperty("messages")[0].GetProperty("id").GetString()!;
}

/// <summary>A simulator with one business, one receiver, and a client that holds the business's token.</summary>
internal sealed class Rig : IAsyncDisposable
{
    public const string Person = "16505551234";
    public static readonly TimeSpan Limit = WebhookReceiver.Limit;
    public static readonly CancellationToken None = CancellationToken.None;

    private Rig(SimulatorHost host, SimulatedBusiness business, WebhookReceiver receiver)
    {
        Host = host;
        Business = business;
        Receiver = receiver;
        Client = new HttpClient { BaseAddress = host.BaseAddress };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", business.Token);
    }

    public SimulatorHost Host { get; }

    public SimulatorControl Control => Host.Control;

    public SimulatedBusiness Business { get; }

    public string Number => Business.Numbers[0].PhoneNumberId;

    public string Waba => Business.WabaId;

    public WebhookReceiver Receiver { get; }

    public HttpClient Client { get; }

    /// <summary>Fast people, immediate reviews, no throughput limit: what most tests want.</summary>
    public static Task<Rig> StartAsync() => StartAsync(url => new SimulatorOptions
    {
        CallbackUrl = url,
        Behaviour = new BehaviourOptions { TimeScale = 0, ReadShare = 1 },
        Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
        Limits = new LimitOptions { StandardPerSecond = 0, PairInterval = TimeSpan.Zero },
    });

    public static Task<Rig> StartAsync(Func<Uri, SimulatorOptions> configure) => StartAsync(configure, null);

    public static async Task<Rig> StartAsync(Func<Uri, SimulatorOptions> configure, TimeProvider? time)
    {
        var receiver = await WebhookReceiver.StartAsync(SimulatorOptions.AppSecretDefault);
        var options = configure(receiver.Url);
        var business = options.Businesses.Count > 0 ? options.Businesses[0] : options.AddBusiness("Lucky Shrub", new NumberSetup("+1 555 078 3881"));
        var host = await SimulatorHost.StartAsync(options, null, time, None);
        var rig = new Rig(host, business, receiver);
        var subscribed = await rig.PostAsync($"v23.0/{rig.Waba}/subscribed_apps", null);
        Assert.Equal(HttpStatusCode.OK, subscribed.Status);
        return rig;
    }

    public Task<Answer> GetAsync(string path) => CallAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string? json) => CallAsync(HttpMethod.Post, path, json);

    public Task<Answer> DeleteAsync(string path) => CallAsync(HttpMethod.Delete, path, null);

    public Task<Answer> SendAsync(string json) => PostAsync($"v23.0/{Number}/messages", json);

    public Task<Answer> SendTextAsync(string to, string text) => SendAsync(new JsonObject
    {
        ["messaging_product"] = "whatsapp",
        ["to"] = to,
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = text },
    }.ToJsonString());

    public async Task<Answer> CallAsync(HttpMethod method, string path, string? json)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var root = text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default;
        return new Answer(response.StatusCode, root, response.Headers, text);
    }

    /// <summary>Creates a template and waits until it is approved.</summary>
    public async Task<string> ApproveAsync(string json)
    {
        var created = await PostAsync($"v23.0/{Waba}/message_templates", json);
        Assert.True(created.Status == HttpStatusCode.OK, created.Text);
        var id = created.Root.GetProperty("id").GetString()!;
        await Receiver.WaitForValueAsync(
            "message_template_status_update",
            value => value.GetProperty("message_template_id").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture) == id
                && value.GetProperty("event").GetString() == "APPROVED");
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
