using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;

namespace Herald.Delivery.Messages;

/// <summary>One attempt that this node claimed, and the settlements that can end it.</summary>
internal readonly record struct Claim(TenantId Tenant, MessageId Message, long Epoch, int Attempt)
{
    public Settlement Accepted(string wamid, DateTimeOffset now) => Settle(AttemptOutcome.Accepted, MessageState.Accepted, now) with { Wamid = wamid };

    public Settlement Failed(int code, string detail, DateTimeOffset now) =>
        Settle(AttemptOutcome.Refused, MessageState.Failed, now) with { ErrorCode = code, ErrorDetail = detail };

    public Settlement Refused(int code, string detail, DateTimeOffset retryAt, DateTimeOffset now) =>
        Settle(AttemptOutcome.Refused, MessageState.Queued, now) with { ErrorCode = code, ErrorDetail = detail, RetryAt = retryAt };

    public Settlement NotSent(DateTimeOffset retryAt, DateTimeOffset now) =>
        Settle(AttemptOutcome.NotSent, MessageState.Queued, now) with { RetryAt = retryAt };

    /// <summary>It fails without a request, because it would be refused.</summary>
    public Settlement Withheld(int code, string detail, DateTimeOffset now) =>
        Settle(AttemptOutcome.NotSent, MessageState.Failed, now) with { ErrorCode = code, ErrorDetail = detail };

    public Settlement Unknown(int code, string detail, DateTimeOffset now) =>
        Settle(AttemptOutcome.Unknown, MessageState.Unknown, now) with { ErrorCode = code, ErrorDetail = detail };

    private Settlement Settle(AttemptOutcome outcome, MessageState next, DateTimeOffset now) => new()
    {
        TenantId = Tenant,
        MessageId = Message,
        Epoch = Epoch,
        Attempt = Attempt,
        Outcome = outcome,
        NextState = next,
        Now = now,
    };
}
