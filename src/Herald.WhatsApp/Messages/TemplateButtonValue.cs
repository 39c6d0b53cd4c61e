namespace Herald.WhatsApp.Messages;

/// <summary>The value of one button of a template.</summary>
/// <param name="Index">Place of the button among all buttons of the template, from 0.</param>
/// <param name="Kind">What the value is for.</param>
/// <param name="Value">Payload (at most 128 characters), end of the address, or code (at most 20 characters).</param>
public sealed record TemplateButtonValue(int Index, TemplateButtonKind Kind, string Value)
{
    /// <summary>Never the value, which may be personal data.</summary>
    /// <returns>Place and kind.</returns>
    public override string ToString() => $"{Index} {Kind}";
}
