namespace Herald.WhatsApp.Templates;

/// <summary>What a template's button does.</summary>
public enum TemplateButtonType
{
    /// <summary>Sends its text back; may carry a payload with each send.</summary>
    QuickReply,

    /// <summary>Opens an address, which may end with a variable.</summary>
    Url,

    /// <summary>Calls a phone number.</summary>
    PhoneNumber,

    /// <summary>Copies a code, given with each send.</summary>
    CopyCode,

    /// <summary>Copies or fills in a one-time code, given with each send.</summary>
    Otp,

    /// <summary>Something that Herald keeps but does not fill, such as a flow or a catalogue.</summary>
    Other,
}
