using System.Collections.Concurrent;
using System.Globalization;

namespace Herald.Simulator;

/// <summary>Everybody who ever got or wrote a message.</summary>
internal sealed class PhoneBook(SimulatorOptions options)
{
    private static readonly string[] GivenNames =
        ["Ana", "Bruno", "Chloé", "Dilip", "Émile", "Fátima", "Grace", "Hiro", "Íris", "Jürgen", "Karim", "Lucía", "Mei", "Nadia", "Øystein", "Priya",
         "Quentin", "Rania", "Søren", "Tomás", "Uma", "Vera", "Wanjiru", "Ximena", "Youssef", "Zoë", "आरती", "محمد"];

    private static readonly string[] FamilyNames =
        ["Alves", "Bauer", "Costa", "Díaz", "Eriksen", "Ferreira", "García", "Haddad", "Ito", "Jensen", "Khan", "López", "Müller", "Nguyen", "Okafor",
         "Patel", "Quiroga", "Rossi", "Silva", "Tanaka"];

    private readonly ConcurrentDictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _phonesByUserId = new(StringComparer.Ordinal);

    public Person Get(string phone) => _people.GetOrAdd(phone, Create);

    public Person? Find(string phone) => _people.GetValueOrDefault(phone);

    public Person? FindByUserId(string userId) => _phonesByUserId.TryGetValue(userId, out var phone) ? Find(phone) : null;

    public void Clear()
    {
        _people.Clear();
        _phonesByUserId.Clear();
    }

    private Person Create(string phone)
    {
        var seed = options.Seed;
        var given = GivenNames[SeededHash.Of(seed, "given", phone, 0) % (ulong)GivenNames.Length];
        var family = FamilyNames[SeededHash.Of(seed, "family", phone, 0) % (ulong)FamilyNames.Length];
        var number = SeededHash.Of(seed, "user-id", phone, 0) % 90_000_000_000_000_000UL + 10_000_000_000_000_000UL;
        var userId = PhoneNumbers.Country(phone) + "." + number.ToString(CultureInfo.InvariantCulture);
        if (options.Webhooks.UserIds)
        {
            _phonesByUserId[userId] = phone;
        }

        return new Person(phone, given + " " + family, userId)
        {
            Behaviour = options.Behaviour.Recipients.GetValueOrDefault(phone),
        };
    }
}
