using Herald.Contracts.Errors.V1;
using Herald.Domain.Tenants;

namespace Herald.Api.Errors;

/// <summary>The errors that every feature shares. Texts hold no secret and no personal data.</summary>
internal static class ApiErrors
{
    private static readonly TimeSpan UnavailableDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan InProgressDelay = TimeSpan.FromMilliseconds(200);

    public static ApiException KeyMissing() =>
        new(Reason.ApiKeyMissing, "The call needs the metadata 'authorization: Bearer hk_…'.");

    public static ApiException KeyInvalid() => new(Reason.ApiKeyInvalid, "The API key is not valid.");

    public static ApiException KeyRevoked() => new(Reason.ApiKeyRevoked, "The API key was revoked.");

    public static ApiException ScopeMissing(ApiScopes scope)
    {
        var word = scope switch
        {
            ApiScopes.TenantRead => "READ",
            ApiScopes.TenantWrite => "WRITE",
            ApiScopes.Send => "SEND",
            _ => "ADMIN",
        };
        return new(Reason.ScopeMissing, $"The API key lacks the scope {word}.", ("scope", word));
    }

    public static ApiException RateLimited(int perSecond, TimeSpan delay) =>
        new ApiException(Reason.RateLimited, $"The API key makes more than {perSecond} calls per second.", ("limit", $"{perSecond}"))
            .RetryAfter(delay);

    public static ApiException NotFound(string resource) =>
        new(Reason.ResourceNotFound, $"There is no resource '{resource}'.", ("resource", resource));

    public static ApiException AlreadyExists(string resourceType, string field, string? resource)
    {
        var text = $"Another {resourceType} has this {field}.";
        return resource is null
            ? new(Reason.AlreadyExists, text, ("resource_type", resourceType), ("field", field))
            : new(Reason.AlreadyExists, text, ("resource_type", resourceType), ("field", field), ("resource", resource));
    }

    public static ApiException RequestIdReused(string requestId) =>
        new(Reason.RequestIdReused, $"The request id '{requestId}' was used for another call.", ("request_id", requestId));

    public static ApiException RequestInProgress(string requestId) =>
        new ApiException(Reason.RequestInProgress, $"The first call with the request id '{requestId}' is still running.", ("request_id", requestId))
            .RetryAfter(InProgressDelay);

    public static ApiException EtagMismatch(string resource, string etag) =>
        new(Reason.EtagMismatch, $"'{resource}' changed since its etag was read; it is {etag} now.", ("resource", resource), ("etag", etag));

    public static ApiException TenantState(string resource, string state) =>
        new(Reason.TenantState, $"The tenant is {state}: only reads work.", ("resource", resource), ("state", state));

    public static ApiException InUse(string resource, string usedBy) =>
        new(Reason.ResourceInUse, $"'{resource}' is used by '{usedBy}'.", ("resource", resource), ("used_by", usedBy));

    public static ApiException Unavailable() =>
        new ApiException(Reason.ServiceUnavailable, "Herald cannot reach its database for the moment.").RetryAfter(UnavailableDelay);

    public static ApiException Stopping() =>
        new ApiException(Reason.ServiceUnavailable, "This node of Herald is stopping.").RetryAfter(UnavailableDelay);

    public static ApiException Internal(string correlationId) =>
        new(Reason.Internal, $"Herald made a mistake; its log tells more under {correlationId}.", ("correlation_id", correlationId));
}
