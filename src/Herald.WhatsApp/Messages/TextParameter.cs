namespace Herald.WhatsApp.Messages;

/// <summary>The value of one variable of a template.</summary>
/// <param name="Text">Not blank; no line break, no tab, at most four spaces in a row.</param>
/// <param name="Name">The variable's name in a template with named parameters; null in one with positions.</param>
public sealed record TextParameter(string Text, string? Name = null)
{
    /// <summary>Never the value, which is personal data.</summary>
    /// <returns>The variable's name, if it has one.</returns>
    public override string ToString() => Name ?? "(positional)";
}
