namespace Herald.Simulator;

/// <summary>How many messages a second a number may send and receive together.</summary>
public enum ThroughputLevel
{
    /// <summary>80 messages a second unless <see cref="LimitOptions.StandardPerSecond"/> says otherwise.</summary>
    Standard,

    /// <summary>1,000 messages a second unless <see cref="LimitOptions.HighPerSecond"/> says otherwise.</summary>
    High,
}

/// <summary>A business phone number to create.</summary>
/// <param name="Phone">The number, 7 to 15 digits with country code; plus, spaces, hyphens and brackets are ignored.</param>
public sealed record NumberSetup(string Phone)
{
    /// <summary>Throughput level. Default <see cref="ThroughputLevel.Standard"/>.</summary>
    public ThroughputLevel Level { get; init; } = ThroughputLevel.Standard;

    /// <summary>Display name. Null: the name of the business.</summary>
    public string? VerifiedName { get; init; }

    /// <summary>Whether the number is registered already, so that it can send. Default true.</summary>
    public bool Registered { get; init; } = true;

    /// <summary>The two-step PIN, six digits. Null (default): none yet, the next registration sets it.</summary>
    public string? Pin { get; init; }
}

/// <summary>A business phone number of the simulator.</summary>
/// <param name="PhoneNumberId">Its node id.</param>
/// <param name="Phone">Digits with country code, no plus.</param>
/// <param name="Setup">What it was created from.</param>
public sealed record SimulatedNumber(string PhoneNumberId, string Phone, NumberSetup Setup);

/// <summary>A business of the simulator.</summary>
/// <param name="Name">Its name.</param>
/// <param name="BusinessId">Node id of the portfolio.</param>
/// <param name="WabaId">Node id of the WhatsApp business account.</param>
/// <param name="Token">Its access token: <c>whatsapp_business_management</c> and <c>whatsapp_business_messaging</c> on <paramref name="WabaId"/>.</param>
/// <param name="Numbers">Its numbers, in the order given.</param>
public sealed record SimulatedBusiness(string Name, string BusinessId, string WabaId, string Token, IReadOnlyList<SimulatedNumber> Numbers);

internal static class BusinessFactory
{
    public static SimulatedBusiness Create(long seed, int ordinal, string name, IReadOnlyList<NumberSetup> numbers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var created = new List<SimulatedNumber>(numbers.Count);
        foreach (var setup in numbers)
        {
            var phone = PhoneNumbers.TryParse(setup.Phone)
                ?? throw new ArgumentException("A phone has 7 to 15 digits with its country code.", nameof(numbers));
            if (created.Any(other => other.Phone == phone))
            {
                throw new ArgumentException("A phone is given twice.", nameof(numbers));
            }

            created.Add(new SimulatedNumber(SeededHash.NodeId(seed, "number:" + phone, ordinal), phone, setup));
        }

        return new SimulatedBusiness(
            name,
            SeededHash.NodeId(seed, "business", ordinal),
            SeededHash.NodeId(seed, "waba", ordinal),
            "EAAJ" + SeededHash.Text(seed, "token", ordinal, 96),
            created);
    }
}
