using Herald.Domain.Consents;
using Herald.Domain.Messages;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Meta;
using Herald.Simulation.Nodes;
using Herald.Simulation.World;
using Herald.Storage;

namespace Herald.Simulation.Checks;

/// <summary>
/// Watches every commit and every request, and checks what must always hold. It keeps its own account of all rows that matter, so that it needs no
/// word of the engine's.
/// </summary>
/// <param name="machine">Tells the time.</param>
/// <param name="trace">Where all that is seen is written down.</param>
internal sealed partial class Ledger(Machine machine, Trace trace)
{
    private readonly Dictionary<string, MessageShadow> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _campaigns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Node, long Epoch, long Expires)> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Node, string Contact), long> _heard = [];
    private readonly Dictionary<string, long> _deliveries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _stored = new(StringComparer.Ordinal);
    private long _commit;

    public IReadOnlyCollection<MessageShadow> Messages => _messages.Values;

    public ConsentTruth Consents { get; } = new();

    public Population People { get; } = new();

    /// <summary>What Meta has taken, by message.</summary>
    public Func<Guid, Accepted?> FindAccepted { get; set; } = _ => null;

    /// <summary>Told of every marketing message that is claimed: its business and its person. Whoever wants to make trouble makes it now.</summary>
    public Action<string, string> OnClaim { get; set; } = (_, _) => { };

    /// <summary>The first rule that was broken; null while all hold.</summary>
    public string? Violation { get; private set; }

    /// <summary>Deliveries in the inbox that are not processed yet.</summary>
    public int WaitingDeliveries => _deliveries.Values.Count(state => state == 1);

    public void Break(string rule, string what)
    {
        trace.Add("VIOLATION", $"{rule}: {what}");
        Violation ??= $"{rule}: {what}";
    }

    public long CampaignState(string campaign) => _campaigns.GetValueOrDefault(campaign);

    public void Committed(string node, IReadOnlyList<Change> changes)
    {
        _commit++;
        foreach (var change in changes)
        {
            if (change.Kind != "lease" || change.Before != change.After)
                trace.Add(node, $"{change.Kind} {Name(change)} {change.Before}->{change.After} {change.Text}");
            switch (change.Kind)
            {
                case "message":
                    Check(node, change);
                    break;
                case "consent":
                    CheckConsent(change);
                    break;
                case "campaign":
                    CheckCampaign(change);
                    break;
                case "lease":
                    _leases[change.Id] = (change.Text ?? "", change.After, change.Number);
                    break;
                case "delivery":
                    CheckDelivery(change);
                    break;
                default:
                    throw new InvalidOperationException($"{change.Kind} is no kind of change.");
            }
        }
    }

    /// <summary>A node's listener is told something.</summary>
    public void Heard(SimNode node, string channel, string payload)
    {
        trace.Add(node.Name, $"hears {channel} {payload}");
        if (channel == SignalChannels.OptOutChannel)
            _heard[(node.Name, payload)] = _commit;
    }

    /// <summary>A node has answered 200: what it confirmed must be stored.</summary>
    public void Acknowledged(string bodyHash)
    {
        if (!_stored.Contains(bodyHash))
            Break("acknowledged", $"delivery {bodyHash} was confirmed and is not stored");
    }

    private static string Name(Change change) => change.Kind == "lease" ? change.Id : change.Id[^6..];

    private void CheckConsent(Change change)
    {
        var contact = change.Contact ?? "";
        var evidence = change.Text ?? "";
        var said = ConsentTruth.Seconds(change.Number);
        var scope = change.Sender ?? "";
        if (!People.IsContact(change.Tenant, contact))
            Break("tenants", $"a word of contact {contact} is recorded for tenant {change.Tenant}, which has no such contact");
        if (evidence.StartsWith("wamid:", StringComparison.Ordinal))
        {
            if (People.Said(evidence["wamid:".Length..]) is not { } words)
                Break("consent", $"{evidence} is recorded and nobody wrote it");
            else if (words.Tenant != change.Tenant || People.PhoneOf(change.Tenant, contact) != words.Phone)
                Break("tenants", $"{evidence} was written by another person or to another business");
            else if (words.Action != (ConsentAction)change.After || scope != ConsentTruth.WholeTenant)
                Break("consent", $"{evidence} says {words.Text} to the whole business, and is recorded as {(ConsentAction)change.After} in scope {scope}");
            else
                said = words.Seconds;
        }
        if (!Consents.Add(change.Tenant, contact, scope, (ConsentAction)change.After, said, evidence))
            Break("once", $"{evidence} of contact {contact} is recorded twice");
    }

    private void CheckCampaign(Change change)
    {
        _campaigns[change.Id] = change.After;
        if (!CampaignMoves.IsAllowed(change.Before, change.After))
            Break("forward", $"campaign {change.Id} went from {change.Before} to {change.After}");
        if (change.After == CampaignMoves.Completed && _messages.Values.FirstOrDefault(
                message => message.Campaign == change.Id && MessageLifecycle.IsOpen(message.State)) is { } open)
        {
            Break("lost", $"campaign {change.Id} completed while message {open.Id} is {open.State}");
        }
    }

    private void CheckDelivery(Change change)
    {
        _deliveries[change.Id] = change.After;
        if (change.Before == 0)
            _stored.Add(change.Text ?? "");
        if (change.After == 3)
            Break("processed", $"delivery {change.Id} was given up");
    }
}
