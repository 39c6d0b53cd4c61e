using System.Text.Json;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Json;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Client;

internal sealed partial class WhatsAppClient
{
    public async Task<SendResult> SendAsync(
        string phoneNumberId, AccessToken token, OutgoingMessage message, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(phoneNumberId, nameof(phoneNumberId));
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(message);

        var body = Body(writer => ContentWriter.WriteMessage(writer, message));
        body.MayLeave = message.MayLeave;
        using var answer = await CallAsync(phoneNumberId, HttpMethod.Post, phoneNumberId + "/messages", token, body, cancellationToken);
        var result = Judge(answer);
        Log(phoneNumberId, result, answer.HttpStatus);
        return result;
    }

    public Task<CallResult<Acknowledgement>> MarkReadAsync(
        string phoneNumberId, AccessToken token, string wamid, bool showTyping, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(phoneNumberId, nameof(phoneNumberId));
        ArgumentException.ThrowIfNullOrEmpty(wamid);
        var body = Body(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("messaging_product"u8, "whatsapp"u8);
            writer.WriteString("status"u8, "read"u8);
            writer.WriteString("message_id"u8, wamid);
            if (showTyping)
            {
                writer.WriteStartObject("typing_indicator"u8);
                writer.WriteString("type"u8, "text"u8);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
        return ManageAsync(
            "MarkRead", phoneNumberId, HttpMethod.Post, phoneNumberId + "/messages", token, body, AccountReader.ReadSuccess, cancellationToken);
    }

    private const string PausedStatus = "paused";

    /// <summary>The code with which Meta refuses a message of a paused template where it does not say so in this way.</summary>
    private const int PausedCode = 132015;

    private static SendResult Judge(GraphAnswer answer)
    {
        if (answer.NotSent is { } never) return new SendResult.NotSent(never);
        if (answer.Unknown is { } lost) return new SendResult.Unknown(lost, answer.HttpStatus);
        if (ReadFailure(answer) is { } failure) return new SendResult.Refused(failure);
        if (!answer.IsSuccess) return new SendResult.Unknown(UnknownKind.ServerError, answer.HttpStatus);

        return ReadAccepted(answer.Document) switch
        {
            null => new SendResult.Unknown(UnknownKind.UnreadableAnswer, answer.HttpStatus),
            // Meta has given it an id and will not send it: no status ever tells more.
            { MessageStatus: PausedStatus } => new SendResult.Refused(PausedTemplate(answer.HttpStatus)),
            var accepted => accepted,
        };
    }

    private static MetaFailure PausedTemplate(int? httpStatus) => new()
    {
        Code = PausedCode,
        HttpStatus = httpStatus ?? 0,
        Error = MetaErrors.ForStatus(PausedCode),
    };

    private static SendResult.Accepted? ReadAccepted(JsonDocument? document)
    {
        if (document is null) return null;

        foreach (var message in document.RootElement.Items("messages"u8))
        {
            if (message.Text("id"u8) is not { } wamid) continue;

            JsonElement contact = default;
            foreach (var item in document.RootElement.Items("contacts"u8))
            {
                contact = item;
                break;
            }

            return new SendResult.Accepted(wamid, message.Text("message_status"u8), contact.Text("wa_id"u8), contact.Text("user_id"u8));
        }

        return null;
    }

    private void Log(string phoneNumberId, SendResult result, int? httpStatus)
    {
        const string Call = "Send";
        switch (result)
        {
            case SendResult.Accepted:
                WhatsAppLog.Answered(logger, Call, phoneNumberId, httpStatus ?? 0);
                break;
            case SendResult.Refused refused:
                LogRefused(Call, phoneNumberId, refused.Failure);
                break;
            case SendResult.Unknown unknown:
                WhatsAppLog.OutcomeUnknown(logger, Call, phoneNumberId, unknown.Kind, unknown.HttpStatus);
                break;
            case SendResult.NotSent notSent:
                WhatsAppLog.NotSent(logger, Call, phoneNumberId, notSent.Kind);
                break;
            default:
                throw new InvalidOperationException("A result of a send is one of four.");
        }
    }

    private void LogRefused(string call, string nodeId, MetaFailure failure) =>
        WhatsAppLog.Refused(
            logger, call, nodeId, failure.Code, failure.Subcode, failure.HttpStatus, failure.TraceId, failure.Reaction);
}
