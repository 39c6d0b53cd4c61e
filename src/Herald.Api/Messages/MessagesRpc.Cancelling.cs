using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Tenants;
using MessageState = Herald.Domain.Messages.MessageState;

namespace Herald.Api.Messages;

// Taking one message back.
internal sealed partial class MessagesRpc
{
    public override async Task<CancelMessageResponse> CancelMessage(CancelMessageRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.MessageName("name", request.Name);
        call.ThrowIfInvalid();
        var row = await messages.CancelAsync(call.Tenant, id, ApiKeyId.Parse(call.Caller.KeyId), time.StoredNow(), call.Ct)
            ?? throw ApiErrors.NotFound(request.Name);
        return row.State == MessageState.Cancelled
            ? new CancelMessageResponse { Message = row.ToProto() }
            : throw MessageErrors.NotCancellable(request.Name, row.State);
    }
}
