using Herald.Domain.Templates;

namespace Herald.WhatsApp.Templates;

/// <summary>Meta's words for what templates are, and ours. Case does not matter when reading, as at Meta.</summary>
public static class TemplateWords
{
    /// <summary>Reads Meta's word for a category.</summary>
    /// <param name="word">The word, or null.</param>
    /// <returns>The category, or null for a word that is not one of the three.</returns>
    public static TemplateCategory? ToCategory(string? word) => word?.ToUpperInvariant() switch
    {
        "MARKETING" => TemplateCategory.Marketing,
        "UTILITY" => TemplateCategory.Utility,
        "AUTHENTICATION" => TemplateCategory.Authentication,
        _ => null,
    };

    /// <summary>Gives Meta's word for a category.</summary>
    /// <param name="category">The category.</param>
    /// <returns>The word in upper case.</returns>
    public static string NameOf(TemplateCategory category) => category switch
    {
        TemplateCategory.Marketing => "MARKETING",
        TemplateCategory.Utility => "UTILITY",
        TemplateCategory.Authentication => "AUTHENTICATION",
        _ => throw new ArgumentOutOfRangeException(nameof(category), category, "Not a category."),
    };

    /// <summary>Reads Meta's word for a status, or the event of a status webhook.</summary>
    /// <param name="word">The word, or null.</param>
    /// <returns>The state, or null for a word that says nothing of the state, such as FLAGGED or LOCKED.</returns>
    public static TemplateState? ToState(string? word) => word?.ToUpperInvariant() switch
    {
        "APPROVED" or "REINSTATED" or "UNPAUSED" => TemplateState.Approved,
        "PENDING" or "IN_REVIEW" => TemplateState.Pending,
        "REJECTED" => TemplateState.Rejected,
        "PAUSED" => TemplateState.Paused,
        "DISABLED" => TemplateState.Disabled,
        "IN_APPEAL" => TemplateState.InAppeal,
        "PENDING_DELETION" => TemplateState.PendingDeletion,
        "DELETED" => TemplateState.Deleted,
        "LIMIT_EXCEEDED" => TemplateState.LimitExceeded,
        "ARCHIVED" => TemplateState.Archived,
        _ => null,
    };

    /// <summary>Writes a language code as Meta's API takes it; webhooks also write it with a hyphen.</summary>
    /// <param name="language">Such as <c>en-US</c> or <c>en_US</c>.</param>
    /// <returns>Such as <c>en_US</c>.</returns>
    public static string NormaliseLanguage(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return language.Replace('-', '_');
    }

    internal static string NameOf(TemplateButtonType type) => type switch
    {
        TemplateButtonType.QuickReply => "QUICK_REPLY",
        TemplateButtonType.Url => "URL",
        TemplateButtonType.PhoneNumber => "PHONE_NUMBER",
        TemplateButtonType.CopyCode => "COPY_CODE",
        TemplateButtonType.Otp => "OTP",
        _ => "OTHER",
    };

    internal static TemplateButtonType ToButtonType(string word) => word switch
    {
        "QUICK_REPLY" => TemplateButtonType.QuickReply,
        "URL" => TemplateButtonType.Url,
        "PHONE_NUMBER" => TemplateButtonType.PhoneNumber,
        "COPY_CODE" => TemplateButtonType.CopyCode,
        "OTP" => TemplateButtonType.Otp,
        _ => TemplateButtonType.Other,
    };

    internal static HeaderFormat ToHeaderFormat(string word) => word switch
    {
        "TEXT" => HeaderFormat.Text,
        "IMAGE" => HeaderFormat.Image,
        "VIDEO" => HeaderFormat.Video,
        "DOCUMENT" => HeaderFormat.Document,
        _ => HeaderFormat.Other,
    };
}
