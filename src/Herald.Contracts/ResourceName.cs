using System.Diagnostics.CodeAnalysis;

namespace Herald.Contracts;

/// <summary>
/// The name of any resource: pairs of a collection and an id, with a singleton's word at the end where the resource is
/// one, as in <c>tenants/{tenant}/contacts/{contact}/consent</c>. Immutable.
/// </summary>
/// <remarks>
/// It checks the form only: ids are UUIDs in lower case with hyphens, so a resource has exactly one name. Which collections
/// exist is known to the classes of single resources, such as <see cref="CampaignName"/>.
/// </remarks>
public sealed class ResourceName
{
    /// <summary>The longest text that can be a name, in characters; longer texts are refused unread.</summary>
    public const int LengthMax = 500;

    private const int IdLength = 36;

    private readonly string[] _collections;
    private readonly Guid[] _ids;

    private ResourceName(string[] collections, Guid[] ids, string? singleton)
    {
        _collections = collections;
        _ids = ids;
        Singleton = singleton;
    }

    /// <summary>The collections from the left, such as <c>tenants</c> and <c>contacts</c>; at least one.</summary>
    public IReadOnlyList<string> Collections => _collections;

    /// <summary>The ids, one for each collection.</summary>
    public IReadOnlyList<Guid> Ids => _ids;

    /// <summary>The word of a singleton at the end, such as <c>consent</c>; null if the name ends in an id.</summary>
    public string? Singleton { get; }

    /// <summary>Reads a name. False if the text is null, too long, or not of the form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ResourceName? name)
    {
        name = null;
        if (text is null || text.Length > LengthMax)
            return false;

        var segments = text.Split('/');
        var collections = new string[segments.Length / 2];
        var ids = new Guid[segments.Length / 2];
        for (var i = 0; i < collections.Length; i++)
        {
            if (!IsWord(segments[2 * i]) || !TryParseId(segments[(2 * i) + 1], out ids[i]))
                return false;
            collections[i] = segments[2 * i];
        }

        var singleton = segments.Length % 2 == 1 ? segments[^1] : null;
        if (collections.Length == 0 || (singleton is not null && !IsWord(singleton)))
            return false;

        name = new ResourceName(collections, ids, singleton);
        return true;
    }

    /// <summary>Reads an id as it stands in names: a UUID in lower case with hyphens and nothing around it.</summary>
    public static bool TryParseId([NotNullWhen(true)] string? text, out Guid id)
    {
        // Guid.TryParseExact trims white space and takes capitals, and then two texts would name one resource.
        if (text is { Length: IdLength } && !text.AsSpan().ContainsAnyInRange('A', 'Z'))
            return Guid.TryParseExact(text, "D", out id);

        id = Guid.Empty;
        return false;
    }

    /// <summary>Writes a name from pairs of a collection and an id, and a singleton's word if there is one.</summary>
    /// <exception cref="ArgumentException">The numbers of collections and ids differ, or there are none.</exception>
    public static string Format(ReadOnlySpan<string> collections, ReadOnlySpan<Guid> ids, string? singleton = null)
    {
        if (collections.Length == 0 || collections.Length != ids.Length)
            throw new ArgumentException("A name needs one id for each collection, and at least one.", nameof(ids));

        var segments = new List<string>((2 * collections.Length) + 1);
        for (var i = 0; i < collections.Length; i++)
        {
            segments.Add(collections[i]);
            segments.Add(ids[i].ToString("D"));
        }

        if (singleton is not null)
            segments.Add(singleton);
        return string.Join('/', segments);
    }

    /// <summary>Whether the name has exactly these collections, and this singleton's word or none.</summary>
    public bool Has(ReadOnlySpan<string> collections, string? singleton = null) =>
        collections.SequenceEqual(_collections) && Singleton == singleton;

    /// <summary>The name as text; reading it gives the same name.</summary>
    public override string ToString() => Format(_collections, _ids, Singleton);

    /// <summary>Reads a name of known collections; the ids are empty if it is another text.</summary>
    internal static bool TryParse(string? text, ReadOnlySpan<string> collections, string? singleton, Span<Guid> ids)
    {
        ids.Clear();
        if (!TryParse(text, out var name) || !name.Has(collections, singleton))
            return false;

        name._ids.CopyTo(ids);
        return true;
    }

    private static bool IsWord(string segment) =>
        segment.Length > 0 && char.IsAsciiLetterLower(segment[0]) && segment.All(char.IsAsciiLetterOrDigit);
}
