namespace Herald.Simulator;

/// <summary>Whom a business portfolio reached in the last 24 hours.</summary>
internal sealed class PortfolioReach(int peopleMax)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);
    private readonly Dictionary<string, DateTimeOffset> _people = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Counts a person; false if there are too many others.</summary>
    public bool TryReach(string phone, DateTimeOffset now)
    {
        if (peopleMax <= 0)
        {
            return true;
        }

        lock (_gate)
        {
            if (!_people.ContainsKey(phone) && _people.Count >= peopleMax)
            {
                foreach (var (old, _) in _people.Where(person => now - person.Value >= Day).ToArray())
                {
                    _people.Remove(old);
                }

                if (_people.Count >= peopleMax)
                {
                    return false;
                }
            }

            _people[phone] = now;
            return true;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _people.Clear();
        }
    }
}
