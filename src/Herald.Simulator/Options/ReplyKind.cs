namespace Herald.Simulator;

/// <summary>How a person answers.</summary>
public enum ReplyKind
{
    /// <summary>Types a text.</summary>
    Text,

    /// <summary>Taps the quick reply of the template with that label; without such a button there is no reply.</summary>
    TemplateButton,

    /// <summary>Uses WhatsApp's own "stop marketing" (<c>user_preferences</c>).</summary>
    PreferenceStop,
}
