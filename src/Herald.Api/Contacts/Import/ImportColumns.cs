using Herald.Api.Errors;

namespace Herald.Api.Contacts.Import;

/// <summary>Which column of a file means what.</summary>
internal sealed class ImportColumns
{
    public const string Phone = "phone";
    public const string Name = "name";
    public const string Language = "language";
    public const string TimeZone = "time_zone";
    public const string Consent = "consent";
    public const string ConsentTime = "consent_time";
    public const string ConsentSource = "consent_source";
    public const string ConsentWording = "consent_wording";

    private const int CountMax = ContactValidation.AttributesMax + 8;
    private static readonly char[] Separators = [',', ';', '\t'];
    private static readonly string[] Known = [Phone, Name, Language, TimeZone, Consent, ConsentTime, ConsentSource, ConsentWording];

    private readonly Dictionary<string, int> _places;

    private ImportColumns(Dictionary<string, int> places) => _places = places;

    /// <summary>The number of columns.</summary>
    public int Count => _places.Count;

    /// <summary>The attributes with their places.</summary>
    public IEnumerable<(string Name, int Place)> Attributes =>
        _places.Where(column => !Known.Contains(column.Key)).Select(column => (column.Key, column.Value));

    /// <summary>The cell of a column in a row; empty if the file lacks the column.</summary>
    public string Cell(string[] row, string column) => _places.TryGetValue(column, out var place) ? row[place] : "";

    /// <summary>The separator that stands in a file's first line most often, quoted parts apart; the comma if none does.</summary>
    public static char DetectSeparator(string line)
    {
        var unquoted = string.Concat(line.Split('"').Where((_, i) => i % 2 == 0));
        return Separators.MaxBy(separator => unquoted.Count(letter => letter == separator));
    }

    /// <summary>Reads the line of column names.</summary>
    /// <exception cref="ApiException">A name is malformed or comes twice, or the phone is missing.</exception>
    public static ImportColumns Read(string[] names)
    {
        var violations = new Violations();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        if (names.Length > CountMax)
            throw Violations.Single("chunk", Rules.TooLong, $"The file has at most {CountMax} columns.");
        for (var i = 0; i < names.Length; i++)
        {
            var name = names[i].Trim().ToLowerInvariant();
            if (!Known.Contains(name) && !ContactValidation.IsAttributeName(name))
                violations.Add("chunk", "column_name", $"Column {i + 1}: an attribute's name matches [a-z][a-z0-9_]{{0,49}} and is no field of a contact.");
            else if (!places.TryAdd(name, i))
                violations.Add("chunk", Rules.Duplicate, $"Column {i + 1}: each column stands in the file once.");
        }
        if (!places.ContainsKey(Phone))
            violations.Add("chunk", Rules.Required, "The file has a column 'phone'.");
        violations.ThrowIfAny();
        return new ImportColumns(places);
    }
}
