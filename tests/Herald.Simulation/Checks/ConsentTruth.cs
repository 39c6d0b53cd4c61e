using Herald.Domain;
using Herald.Domain.Consents;

namespace Herald.Simulation.Checks;

/// <summary>
/// Who has opted out, by what people said and when, of all that has been committed. Deliberately simpler than the product's projection: in each scope
/// the later word counts, by WhatsApp's whole seconds, and in doubt the opt-out.
/// </summary>
internal sealed class ConsentTruth
{
    /// <summary>The scope of what a person says with a word: all of the business, whichever number it was said to.</summary>
    public static readonly string WholeTenant = Guid.Empty.ToString();

    private readonly Dictionary<(string Tenant, string Contact), List<Word>> _words = [];
    private readonly HashSet<(string, string, string)> _evidence = [];

    /// <summary>False when the same evidence was recorded before.</summary>
    public bool Add(string tenant, string contact, string scope, ConsentAction action, long saidSeconds, string evidence)
    {
        if (!_words.TryGetValue((tenant, contact), out var words))
            _words[(tenant, contact)] = words = [];
        words.Add(new Word(scope, action, saidSeconds));
        return _evidence.Add((tenant, contact, evidence));
    }

    public bool Knows(string tenant, string contact, string evidence) => _evidence.Contains((tenant, contact, evidence));

    public bool HasOptedOut(string tenant, string contact, string sender) =>
        HasOptedOut(tenant, contact, scope: WholeTenant, sender: null) || HasOptedOut(tenant, contact, scope: sender, sender);

    private bool HasOptedOut(string tenant, string contact, string scope, string? sender)
    {
        if (!_words.TryGetValue((tenant, contact), out var words))
            return false;
        var inScope = words.Where(word => word.Scope == (sender ?? scope)).ToList();
        return inScope.Any(stop => stop.Action == ConsentAction.Revoke
            && !inScope.Any(start => start.Action == ConsentAction.Grant && start.Seconds > stop.Seconds));
    }

    public static long Seconds(long micros) => micros / Micros.PerSecond;

    private readonly record struct Word(string Scope, ConsentAction Action, long Seconds);
}
