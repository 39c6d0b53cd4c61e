namespace Herald.Simulation.World;

/// <summary>Who is who in a run: businesses, their numbers, their people, and what people have written.</summary>
internal sealed class Population
{
    private readonly Dictionary<string, SenderFacts> _senders = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Tenant, string Contact), string> _phones = [];
    private readonly Dictionary<string, Words> _said = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Words> AllWords => _said;

    public void AddSender(SenderFacts sender) => _senders.Add(sender.PhoneNumberId, sender);

    public void AddContact(string tenant, string contact, string phone) => _phones.Add((tenant, contact), phone);

    public void Say(string wamid, Words words) => _said.Add(wamid, words);

    public SenderFacts? FindSender(string phoneNumberId) => _senders.GetValueOrDefault(phoneNumberId);

    public bool IsContact(string tenant, string contact) => _phones.ContainsKey((tenant, contact));

    public string? PhoneOf(string tenant, string contact) => _phones.GetValueOrDefault((tenant, contact));

    public Words? Said(string wamid) => _said.GetValueOrDefault(wamid);
}
