using Herald.Contracts.Errors.V1;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Errors;

namespace Herald.Api.Errors;

/// <summary>What a failed management call to WhatsApp means for the call that needed it.</summary>
internal static class MetaCalls
{
    private static readonly int[] RateLimitCodes = [4, 17, 613, 80007, 80008, 130429];
    private static readonly TimeSpan RateLimitDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UnavailableDelay = TimeSpan.FromSeconds(5);

    /// <summary>The value of a call, or the error.</summary>
    /// <param name="result">What became of the call.</param>
    /// <param name="resource">The resource that the caller acts on.</param>
    /// <param name="isChange">Whether the call changes something at WhatsApp, so that an answer that never came leaves it open.</param>
    /// <exception cref="ApiException">The call failed.</exception>
    public static T ValueOrThrow<T>(this CallResult<T> result, string resource, bool isChange)
        where T : class =>
        result.IsSuccess ? result.Value : throw ToException(result.Failure, resource, isChange);

    /// <summary>The error of a failed call.</summary>
    public static ApiException ToException(CallFailure failure, string resource, bool isChange)
    {
        if (failure.Refusal is { } refusal)
            return Refused(refusal);
        return failure.Unknown is not null && isChange ? OutcomeUnknown(resource) : Unavailable();
    }

    /// <summary>Nobody knows whether WhatsApp did it.</summary>
    public static ApiException OutcomeUnknown(string resource) => new(
        Reason.MetaOutcomeUnknown, $"The call to WhatsApp for '{resource}' ended without an answer; it may have happened.", ("resource", resource));

    private static ApiException Refused(MetaFailure refusal)
    {
        if (refusal.Code is { } limited && RateLimitCodes.Contains(limited))
        {
            return new ApiException(
                Reason.MetaRateLimited, "WhatsApp's limit on such calls is used up for now.", ("meta_code", $"{limited}"))
                .RetryAfter(refusal.RetryAfter ?? RateLimitDelay);
        }
        if (refusal.Reaction is Reaction.RetryWithBackoff or Reaction.RetryLater or Reaction.UnknownOutcome)
            return Unavailable();
        var metadata = new List<(string, string)>();
        Add(metadata, "meta_code", refusal.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(metadata, "meta_subcode", refusal.Subcode?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add(metadata, "meta_title", refusal.UserTitle);
        Add(metadata, "meta_message", refusal.UserMessage ?? refusal.Details ?? refusal.Message);
        return new ApiException(Reason.MetaRefused, $"WhatsApp refused: {refusal.Error.CustomerText}", [.. metadata]);
    }

    private static ApiException Unavailable() =>
        new ApiException(Reason.MetaUnavailable, "WhatsApp could not be reached or is out of order; nothing happened there.")
            .RetryAfter(UnavailableDelay);

    private static void Add(List<(string, string)> metadata, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            metadata.Add((key, value));
    }
}
