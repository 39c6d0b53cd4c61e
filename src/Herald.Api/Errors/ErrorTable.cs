using System.Collections.Frozen;
using Grpc.Core;
using Herald.Contracts.Errors.V1;

namespace Herald.Api.Errors;

/// <summary>The one table from a reason to its canonical code.</summary>
internal static class ErrorTable
{
    private static readonly FrozenDictionary<Reason, StatusCode> Codes = new Dictionary<Reason, StatusCode>
    {
        [Reason.ApiKeyMissing] = StatusCode.Unauthenticated,
        [Reason.ApiKeyInvalid] = StatusCode.Unauthenticated,
        [Reason.ApiKeyRevoked] = StatusCode.Unauthenticated,
        [Reason.ScopeMissing] = StatusCode.PermissionDenied,
        [Reason.FieldInvalid] = StatusCode.InvalidArgument,
        [Reason.ResourceNotFound] = StatusCode.NotFound,
        [Reason.AlreadyExists] = StatusCode.AlreadyExists,
        [Reason.RequestIdReused] = StatusCode.InvalidArgument,
        [Reason.RequestInProgress] = StatusCode.Aborted,
        [Reason.EtagMismatch] = StatusCode.Aborted,
        [Reason.TenantState] = StatusCode.FailedPrecondition,
        [Reason.CampaignState] = StatusCode.FailedPrecondition,
        [Reason.TemplateState] = StatusCode.FailedPrecondition,
        [Reason.TemplateNotApproved] = StatusCode.FailedPrecondition,
        [Reason.SenderNotActive] = StatusCode.FailedPrecondition,
        [Reason.ContactListEmpty] = StatusCode.FailedPrecondition,
        [Reason.ResourceInUse] = StatusCode.FailedPrecondition,
        [Reason.LastAdminKey] = StatusCode.FailedPrecondition,
        [Reason.MetaRefused] = StatusCode.FailedPrecondition,
        [Reason.MetaOutcomeUnknown] = StatusCode.Unknown,
        [Reason.MetaUnavailable] = StatusCode.Unavailable,
        [Reason.MetaRateLimited] = StatusCode.ResourceExhausted,
        [Reason.RateLimited] = StatusCode.ResourceExhausted,
        [Reason.ServiceUnavailable] = StatusCode.Unavailable,
        [Reason.Internal] = StatusCode.Internal,
        [Reason.ControlNumberMissing] = StatusCode.FailedPrecondition,
        [Reason.WindowClosed] = StatusCode.FailedPrecondition,
        [Reason.NoOptIn] = StatusCode.FailedPrecondition,
        [Reason.OptedOut] = StatusCode.FailedPrecondition,
        [Reason.ContactNotReachable] = StatusCode.FailedPrecondition,
        [Reason.PortfolioLimit] = StatusCode.FailedPrecondition,
        [Reason.MessageState] = StatusCode.FailedPrecondition,
    }.ToFrozenDictionary();

    /// <summary>The canonical code of a reason.</summary>
    /// <exception cref="KeyNotFoundException">The reason is not one that is ever sent.</exception>
    public static StatusCode CodeOf(Reason reason) => Codes[reason];
}
