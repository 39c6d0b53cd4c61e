using Herald.Domain.Templates;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Templates;

/// <summary>Meta's ranges for how long it tries to deliver, in seconds.</summary>
internal static class TemplateTtlRules
{
    private const int ThirtyDays = -1;

    public static void Check(LimitCheck check, int? seconds, TemplateCategory? category)
    {
        if (seconds is not { } ttl || category is not { } known) return;

        var (min, max) = known switch
        {
            TemplateCategory.Authentication => (30, 900),
            TemplateCategory.Utility => (30, 43_200),
            _ => (43_200, 2_592_000),
        };
        var isThirtyDays = ttl == ThirtyDays && known != TemplateCategory.Marketing;
        if (!isThirtyDays && (ttl < min || ttl > max)) check.Add("message_send_ttl_seconds", $"must be {min} to {max}");
    }
}
