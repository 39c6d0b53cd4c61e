using System.Globalization;
using System.Text;
using Herald.WhatsApp.Webhooks;

namespace Herald.WhatsApp.Tests.Webhooks;

/// <summary>Writes a change as one line, leaving out what is null, so that expectations can be read.</summary>
internal static class ChangeText
{
    public static string Of(WebhookChange change)
    {
        var line = new StringBuilder();
        switch (change)
        {
            case InboundMessageChange inbound:
                line.Append("inbound ").Append(Of(inbound.Content));
                Add(line, "id", inbound.Wamid);
                Add(line, "phone", inbound.FromPhone);
                Add(line, "user", inbound.FromUserId);
                Add(line, "parent", inbound.ParentUserId);
                Add(line, "name", inbound.ProfileName);
                Add(line, "username", inbound.Username);
                Add(line, "at", Of(inbound.Time));
                Add(line, "context", inbound.ContextMessageId);
                Add(line, "group", inbound.GroupId);
                break;
            case MessageStatusChange status:
                line.Append("status ").Append(status.Status).Append('(').Append(status.StatusName).Append(')');
                Add(line, "id", status.Wamid);
                Add(line, "phone", status.RecipientPhone);
                Add(line, "user", status.RecipientUserId);
                Add(line, "at", Of(status.Time));
                Add(line, "callback", status.CallbackData);
                Add(line, "code", status.ErrorCode?.ToString(CultureInfo.InvariantCulture));
                Add(line, "title", status.ErrorTitle);
                Add(line, "details", status.ErrorDetails);
                Add(line, "reaction", status.Error?.Reaction.ToString());
                Add(line, "price", status.PricingCategory is null ? null : status.PricingCategory + "/" + status.PricingType);
                break;
            case UserPreferenceChange preference:
                line.Append("preference ").Append(preference.Preference).Append('(').Append(preference.PreferenceName).Append(')');
                Add(line, "category", preference.Category);
                Add(line, "phone", preference.Phone);
                Add(line, "user", preference.UserId);
                Add(line, "parent", preference.ParentUserId);
                Add(line, "at", Of(preference.Time));
                break;
            case TemplateStatusChange template:
                line.Append("template ").Append(template.Event);
                Add(line, "state", template.State?.ToString());
                Add(line, "id", template.TemplateId);
                Add(line, "name", template.Name);
                Add(line, "language", template.Language);
                Add(line, "reason", template.Reason);
                Add(line, "category", template.Category);
                Add(line, "pause", template.PauseTitle);
                Add(line, "at", Of(template.Time));
                break;
            default:
                AddOfAccount(line, change);
                break;
        }

        Add(line, "waba", change.WabaId);
        Add(line, "number", change.PhoneNumberId);
        return line.ToString();
    }

    private static void AddOfAccount(StringBuilder line, WebhookChange change)
    {
        switch (change)
        {
            case TemplateCategoryChange template:
                line.Append("category");
                Add(line, "before", template.Previous?.ToString());
                Add(line, "now", template.Present?.ToString());
                Add(line, "announced", template.Announced?.ToString());
                Add(line, "id", template.TemplateId);
                Add(line, "name", template.Name);
                Add(line, "language", template.Language);
                Add(line, "at", Of(template.Time));
                break;
            case PortfolioLimitChange limit:
                line.Append("limit ").Append(limit.PeopleMax?.ToString(CultureInfo.InvariantCulture) ?? "none");
                Add(line, "at", Of(limit.Time));
                break;
            case AccountChange account:
                line.Append("account ").Append(account.Kind).Append('(').Append(account.Event).Append(')');
                Add(line, "display", account.DisplayPhoneNumber);
                Add(line, "at", Of(account.Time));
                break;
            case UnknownChange unknown:
                line.Append("unknown ").Append(unknown.Field).Append('/').Append(unknown.Kind);
                break;
            case MalformedChange malformed:
                line.Append("malformed ").Append(malformed.Field).Append('/').Append(malformed.Problem);
                break;
            default:
                throw new InvalidOperationException(change.GetType().Name);
        }
    }

    private static string Of(InboundContent content) => content switch
    {
        InboundText text => $"text[{text.Body}]",
        InboundTemplateButton button => $"template-button[{button.Payload}|{button.Text}]",
        InboundButtonReply reply => $"button[{reply.Id}|{reply.Title}]",
        InboundListReply reply => $"row[{reply.Id}|{reply.Title}]",
        InboundOther other => $"other[{other.Type}]",
        _ => throw new InvalidOperationException(content.GetType().Name),
    };

    private static string? Of(DateTimeOffset? time) => time?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static void Add(StringBuilder line, string name, string? value)
    {
        if (value is not null) line.Append(' ').Append(name).Append('=').Append(value);
    }
}
