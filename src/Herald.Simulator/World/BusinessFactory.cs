namespace Herald.Simulator;

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
