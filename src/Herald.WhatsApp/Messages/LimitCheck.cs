namespace Herald.WhatsApp.Messages;

/// <summary>Collects the rules that a content breaks.</summary>
internal sealed class LimitCheck
{
    private readonly List<Violation> _violations = [];

    public IReadOnlyList<Violation> Violations => _violations;

    public void Add(string field, string rule) => Add(field, rule, isMissing: false);

    /// <summary>A text of that many code points which is not blank.</summary>
    public void Length(string field, string text, int min, int max)
    {
        var length = TextLength.CodePoints(text);
        if (length < min || length > max) Add(field, $"must be {min} to {max} characters long", isMissing: length < min);
        else if (string.IsNullOrWhiteSpace(text)) Add(field, "must not be blank", isMissing: true);
    }

    private void Add(string field, string rule, bool isMissing) => _violations.Add(new Violation(field, rule) { IsMissing = isMissing });

    public void Count(string field, int count, int min, int max)
    {
        if (count < min || count > max) Add(field, $"must have {min} to {max} items", isMissing: count < min);
    }
}
