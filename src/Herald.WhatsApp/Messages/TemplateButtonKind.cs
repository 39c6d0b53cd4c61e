namespace Herald.WhatsApp.Messages;

/// <summary>Kinds of template buttons that take a value with each send.</summary>
public enum TemplateButtonKind
{
    /// <summary>The value is the payload that comes back when the button is tapped.</summary>
    QuickReply,

    /// <summary>The value replaces the variable at the end of the button's address.</summary>
    Url,

    /// <summary>The value is the code that the button copies.</summary>
    CopyCode,
}
