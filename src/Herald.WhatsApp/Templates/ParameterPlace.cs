namespace Herald.WhatsApp.Templates;

/// <summary>Where a value of a template goes.</summary>
public enum ParameterPlace
{
    /// <summary>The variable of the header's text.</summary>
    Header,

    /// <summary>The header's media: an https link, or Meta's id of uploaded media.</summary>
    HeaderMedia,

    /// <summary>A variable of the body.</summary>
    Body,

    /// <summary>The end of a button's address.</summary>
    ButtonUrl,

    /// <summary>The payload of a quick reply.</summary>
    ButtonPayload,

    /// <summary>The code that a button copies.</summary>
    ButtonCode,
}
