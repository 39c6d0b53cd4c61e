using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Api.Messages.Sending;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Messages;
using Herald.Storage.Messages;

namespace Herald.Api.Messages;

// Sending: one message fails as a call, of a batch each message fails in its place.
internal sealed partial class MessagesRpc
{
    public override async Task<SendMessageResponse> SendMessage(SendMessageRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        call.ThrowIfInvalid();
        var wanted = new WantedSend("message", request.Message ?? new OutgoingMessage(), new MessageId(call.ResourceId));
        var queued = await sender.SendAsync(call, [wanted]);
        return new SendMessageResponse { Message = Answer(wanted, queued).ToProto() };
    }

    public override async Task<BatchSendMessagesResponse> BatchSendMessages(BatchSendMessagesRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        if (request.Messages.Count is 0 or > BatchIds.ItemsMax)
        {
            var rule = request.Messages.Count == 0 ? Rules.Required : Rules.TooLong;
            call.Violations.Add("messages", rule, $"It has 1 to {BatchIds.ItemsMax} messages.");
        }
        call.ThrowIfInvalid();
        var wanted = request.Messages
            .Select((message, i) => new WantedSend($"messages[{i}]", message, new MessageId(BatchIds.Of(call.ResourceId, i))))
            .ToList();
        var queued = await sender.SendAsync(call, wanted);
        return new BatchSendMessagesResponse { Outcomes = { wanted.Select(send => ToOutcome(send, queued)) } };
    }

    private static MessageRow Answer(WantedSend wanted, IReadOnlyDictionary<MessageId, MessageRow> queued) =>
        wanted.Refusal is { } refusal ? throw refusal : queued[wanted.MessageId];

    private static SendOutcome ToOutcome(WantedSend wanted, IReadOnlyDictionary<MessageId, MessageRow> queued) => wanted.Refusal is { } refusal
        ? new SendOutcome { Refusal = new SendRefusal { Code = (int)refusal.Code, Text = refusal.Message, Detail = refusal.Detail } }
        : new SendOutcome { Message = queued[wanted.MessageId].ToProto() };
}
