using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Herald.Domain.Messages;
using Herald.Simulation.Checks;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Nodes;
using Herald.Simulation.World;

namespace Herald.Simulation.Meta;

/// <summary>
/// Brings Meta's webhooks to the nodes: several changes in one delivery, in any order, again and again until one node has answered 200, and now and then
/// once more after that.
/// </summary>
internal sealed class Postman(Machine machine, Trace trace, Weather weather, Ledger ledger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly LaneClock _time = new(machine.Clock, machine.World);
    private readonly List<JsonObject> _waiting = [];
    private Cluster? _cluster;
    private bool _isCollecting;
    private int _deliveries;

    /// <summary>Changes and deliveries that no node has confirmed yet.</summary>
    public int Outstanding { get; private set; }

    public void Serve(Cluster cluster) => _cluster = cluster;

    public void Status(Accepted message, MessageState status, int? code)
    {
        var item = new JsonObject
        {
            ["id"] = message.Wamid,
            ["status"] = status.ToString().ToLowerInvariant(),
            ["timestamp"] = Seconds(),
            ["recipient_id"] = message.Phone,
            ["biz_opaque_callback_data"] = BizOpaqueCallback.Format(new MessageId(message.Message)),
        };
        if (code is { } number)
            item["errors"] = new JsonArray(new JsonObject { ["code"] = number, ["title"] = "Refused" });
        Add(message.PhoneNumberId, "statuses", item);
    }

    public void Text(string phoneNumberId, string from, string wamid, string text) => Add(phoneNumberId, "messages", new JsonObject
    {
        ["from"] = from,
        ["id"] = wamid,
        ["timestamp"] = Seconds(),
        ["type"] = "text",
        ["text"] = new JsonObject { ["body"] = text },
    });

    public void TemplateApproved(string metaTemplateId) => Add("message_template_status_update", new JsonObject
    {
        ["event"] = "APPROVED",
        ["message_template_id"] = metaTemplateId,
        ["message_template_name"] = "news",
        ["message_template_language"] = "en_US",
    });

    private string Seconds() => machine.Clock.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void Add(string phoneNumberId, string kind, JsonObject item) => Add("messages", new JsonObject
    {
        ["messaging_product"] = "whatsapp",
        ["metadata"] = new JsonObject { ["display_phone_number"] = phoneNumberId, ["phone_number_id"] = phoneNumberId },
        [kind] = new JsonArray(item),
    });

    private void Add(string field, JsonObject value)
    {
        Outstanding++;
        _waiting.Add(new JsonObject { ["field"] = field, ["value"] = value });
        if (_isCollecting)
            return;
        _isCollecting = true;
        _ = machine.World.Start(CollectAsync);
    }

    /// <summary>What comes within a moment may go together, also of several businesses.</summary>
    private async Task CollectAsync()
    {
        await Task.Delay(machine.Chance.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(300)), _time);
        _isCollecting = false;
        while (_waiting.Count > 0)
        {
            var changes = new JsonArray();
            for (var count = machine.Chance.Between(1, 4); count > 0 && _waiting.Count > 0; count--)
            {
                var index = machine.Chance.Next(_waiting.Count);
                changes.Add(_waiting[index]);
                _waiting.RemoveAt(index);
            }
            var body = Encoding.UTF8.GetBytes(new JsonObject
            {
                ["object"] = "whatsapp_business_account",
                ["entry"] = new JsonArray(new JsonObject { ["id"] = "900", ["time"] = machine.Clock.Ticks, ["changes"] = changes }),
            }.ToJsonString());
            _ = machine.World.Start(() => DeliverAsync(body, changes.Count));
        }
    }

    private async Task DeliverAsync(byte[] body, int changes)
    {
        var number = ++_deliveries;
        while (!await TryAsync(number, body))
            await Task.Delay(machine.Chance.Between(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5)), _time);
        Outstanding -= changes;
        if (!weather.BreaksWebhook())
            return;
        // Meta repeats now and then what was confirmed.
        await Task.Delay(machine.Chance.Between(TimeSpan.Zero, TimeSpan.FromSeconds(15)), _time);
        await TryAsync(number, body);
    }

    private async Task<bool> TryAsync(int number, byte[] body)
    {
        await Task.Delay(machine.Chance.Latency(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2)), _time);
        var nodes = (_cluster ?? throw new InvalidOperationException("There is no cluster yet.")).Nodes.Where(node => !node.Lane.IsDead).ToList();
        if (nodes.Count == 0 || (weather.BreaksWebhook() && machine.Chance.Happens(0.3)))
            return false;
        var node = machine.Chance.Pick(nodes);
        int status;
        try
        {
            status = await node.Lane.Start(() => Edge.PostAsync(node.Services, body, Sign(body))).WaitAsync(Patience, _time);
        }
        catch (TimeoutException)
        {
            trace.Add("postman", $"delivery {number} to {node.Name} got no answer");
            return false;
        }
        await Task.Delay(machine.Chance.Latency(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2)), _time);
        trace.Add("postman", $"delivery {number} to {node.Name}: {status}");
        if (status != 200)
            return false;
        ledger.Acknowledged(Convert.ToHexString(SHA256.HashData(body)));
        // The confirmation itself may be lost.
        return !(weather.BreaksWebhook() && machine.Chance.Happens(0.3));
    }

    private static string Sign(byte[] body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Settings.AppSecret), body));
}
