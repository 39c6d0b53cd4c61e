using Herald.Domain.Messages;
using Herald.Domain.Tenants;

namespace Herald.Storage.Messages;

/// <summary>How one attempt in the journal ended.</summary>
internal sealed record class AttemptEnd(
    TenantId TenantId, MessageId MessageId, int Attempt, long Epoch, AttemptOutcome Outcome, int ErrorCode, DateTimeOffset EndTime);
