namespace Herald.WhatsApp.Webhooks;

/// <summary>What a person chose in WhatsApp itself about marketing from a business.</summary>
public enum MarketingPreference
{
    /// <summary>A choice that is not one of the others; see <see cref="UserPreferenceChange.PreferenceName"/>.</summary>
    Other,

    /// <summary>No more marketing.</summary>
    Stop,

    /// <summary>Marketing again.</summary>
    Resume,
}
