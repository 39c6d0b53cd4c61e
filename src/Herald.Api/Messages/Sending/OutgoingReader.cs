using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Senders;
using Herald.Storage.Messages;
using Herald.WhatsApp.Messages;
using OutgoingMessage = Herald.Contracts.Messages.V1.OutgoingMessage;

namespace Herald.Api.Messages.Sending;

/// <summary>Reads one message of a request by itself, whatever the state of the system; what is wrong with it is noted.</summary>
internal static class OutgoingReader
{
    private const int UserIdMax = 140;
    private const int ParametersMax = 100;
    private const int KeyMax = 100;
    private static readonly TimeSpan AheadMax = TimeSpan.FromDays(30);

    /// <summary>Fills in what the message says of itself.</summary>
    /// <exception cref="ApiException">It names something of another tenant.</exception>
    public static void Read(this WantedSend wanted, Call call, DateTimeOffset now)
    {
        var (path, message) = (wanted.Path, wanted.Request);
        var sender = call.SenderName($"{path}.sender", message.Sender);
        wanted.Recipient = ReadRecipient(call, path, message, sender);
        if (message.Template is { } template)
            ReadTemplate(wanted, call, $"{path}.template", template);
        else
            wanted.Content = OutgoingContent.Read(call.Violations, path, message);
        CheckQuotation(call.Violations, $"{path}.reply_to", message);
        ReadTimes(wanted, call.Violations, now);
    }

    private static SendRecipient ReadRecipient(Call call, string path, OutgoingMessage message, SenderId sender)
    {
        var recipient = new SendRecipient { SenderId = sender };
        switch (message.RecipientCase)
        {
            case OutgoingMessage.RecipientOneofCase.Contact:
                return recipient with { ContactId = call.ContactName($"{path}.contact", message.Contact) };
            case OutgoingMessage.RecipientOneofCase.PhoneNumber:
                var spellings = call.Violations.Phone($"{path}.phone_number", message.PhoneNumber, null).Variants();
                return recipient with { Phone = spellings[0].Digits, PhoneVariant = spellings.Count > 1 ? spellings[1].Digits : null };
            case OutgoingMessage.RecipientOneofCase.WhatsappUserId:
                CheckUserId(call.Violations, $"{path}.whatsapp_user_id", message.WhatsappUserId);
                return recipient with { UserId = message.WhatsappUserId };
            default:
                call.Violations.Add($"{path}.recipient", Rules.Required, "It is required: a contact, a phone number or a user id.");
                return recipient;
        }
    }

    private static void CheckUserId(Violations violations, string field, string value)
    {
        if (value.Length > UserIdMax)
            violations.Add(field, Rules.TooLong, $"It may have at most {UserIdMax} characters.");
        else if (!Recipient.IsUserId(value))
            violations.Add(field, Rules.Malformed, "It is two capital letters, a dot, and letters, digits or dots, such as 'US.13491208655302741918'.");
    }

    private static void ReadTemplate(WantedSend wanted, Call call, string path, OutgoingTemplate template)
    {
        wanted.TemplateId = call.TemplateName($"{path}.template", template.Template);
        if (template.Parameters.Count > ParametersMax)
            call.Violations.Add($"{path}.parameters", Rules.TooLong, $"A template has at most {ParametersMax} variables.");
        foreach (var (key, value) in template.Parameters.Take(ParametersMax))
            OutgoingContent.CheckParameter(call.Violations, $"{path}.parameters[\"{key[..Math.Min(key.Length, KeyMax)]}\"]", value);
    }

    private static void CheckQuotation(Violations violations, string field, OutgoingMessage message)
    {
        if (message.ReplyTo.Length == 0)
            return;
        if (message.ContentCase is OutgoingMessage.ContentOneofCase.Template or OutgoingMessage.ContentOneofCase.Reaction)
            violations.Add(field, Rules.NotAllowed, "Templates and reactions quote no message.");
        else
            OutgoingContent.CheckWamid(violations, field, message.ReplyTo);
    }

    private static void ReadTimes(WantedSend wanted, Violations violations, DateTimeOffset now)
    {
        var due = wanted.Request.SendTime?.ToStored() ?? now;
        if (due > now + AheadMax)
            violations.Add($"{wanted.Path}.send_time", Rules.OutOfRange, $"It is at most {AheadMax.Days} days ahead.");
        wanted.DueTime = due > now ? due : now;
        wanted.ExpireTime = wanted.Request.ExpireTime?.ToStored();
        if (wanted.ExpireTime <= wanted.DueTime)
            violations.Add($"{wanted.Path}.expire_time", Rules.OutOfRange, "It is after now and after send_time.");
    }
}
