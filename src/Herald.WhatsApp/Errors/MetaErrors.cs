using System.Collections.Frozen;

namespace Herald.WhatsApp.Errors;

/// <summary>
/// The one table of Meta's errors. Every error, whether it comes as an answer or later by webhook, finds its reaction here; codes that
/// the table lacks are judged by HTTP status and by Meta's own word that they pass.
/// </summary>
public static partial class MetaErrors
{
    private static readonly FrozenDictionary<int, MetaError> ByCode =
        Rows().ToFrozenDictionary(row => row.Code!.Value);

    private static readonly FrozenDictionary<(int Code, int Subcode), MetaError> BySubcode =
        SubcodeRows().ToFrozenDictionary(row => (row.Code!.Value, row.Subcode!.Value));

    private static readonly MetaErrorRange[] Ranges = RangeRows();

    /// <summary>All rows: by code, by code and subcode, and one for each run of codes (with its first code).</summary>
    public static IEnumerable<MetaError> All => ByCode.Values.Concat(BySubcode.Values).Concat(Ranges.Select(range => range.Error));

    /// <summary>Finds the row of a code.</summary>
    /// <param name="code">Meta's code.</param>
    /// <param name="subcode">The subcode, if there was one; a subcode without a row of its own is ignored.</param>
    /// <returns>The row, or null if the table lacks the code.</returns>
    public static MetaError? Find(int code, int? subcode)
    {
        if (subcode is { } sub && BySubcode.TryGetValue((code, sub), out var special)) return special;
        if (ByCode.TryGetValue(code, out var row)) return row;

        foreach (var range in Ranges)
        {
            if (code >= range.First && code <= range.Last) return range.Error;
        }

        return null;
    }

    /// <summary>Finds the row of an error that came as the answer to a call.</summary>
    /// <param name="code">Meta's code, or null if the answer had none.</param>
    /// <param name="subcode">The subcode, or null.</param>
    /// <param name="httpStatus">The answer's HTTP status.</param>
    /// <param name="isTransient">Meta's own word that the error passes.</param>
    /// <returns>A row of the table, or one made from the status for a code that the table lacks.</returns>
    public static MetaError ForAnswer(int? code, int? subcode, int httpStatus, bool isTransient)
    {
        if (code is { } known && Find(known, subcode) is { } row) return row;

        return httpStatus switch
        {
            401 => Unlisted(code, subcode, "not authorised, code not listed", RetryKind.Never, ErrorScope.Token, Reaction.DisconnectToken, TokenText),
            429 => Unlisted(code, subcode, "too many requests, code not listed", RetryKind.Safe, ErrorScope.Sender, Reaction.SlowDownSender, SlowText),
            >= 500 => Unlisted(code, subcode, "failure at Meta, code not listed", RetryKind.MaySendTwice, ErrorScope.Message, Reaction.UnknownOutcome, UnsureText),
            _ when isTransient => Unlisted(code, subcode, "passing refusal, code not listed", RetryKind.Safe, ErrorScope.Message, Reaction.RetryWithBackoff, SoonText),
            // The codes of permissions are listed, and contacts have codes with 403 as well: one that is not known says nothing of all other messages.
            403 when code is null => Unlisted(code, subcode, "forbidden, without a code", RetryKind.Never, ErrorScope.Token, Reaction.PauseTenant, PermissionText),
            _ => Unlisted(code, subcode, "refused, code not listed", RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, RefusedText),
        };
    }

    /// <summary>
    /// Finds the row of an error that came in a <c>failed</c> status. There the message is known not to have arrived, so a code that leaves the
    /// outcome open in an answer is a plain failure here.
    /// </summary>
    /// <param name="code">Meta's code, or null if the status had none.</param>
    /// <returns>A row whose reaction is never <see cref="Reaction.UnknownOutcome"/>.</returns>
    public static MetaError ForStatus(int? code)
    {
        var row = code is { } known && Find(known, null) is { } found
            ? found
            : Unlisted(code, null, "failed, code not listed", RetryKind.Never, ErrorScope.Message, Reaction.FailMessage, RefusedText);

        return row.Reaction == Reaction.UnknownOutcome
            ? row with { Retry = RetryKind.Safe, Reaction = Reaction.RetryWithBackoff, CustomerText = SoonText }
            : row;
    }

    private static MetaError Unlisted(
        int? code, int? subcode, string meaning, RetryKind retry, ErrorScope scope, Reaction reaction, string customerText) =>
        new(code, subcode, meaning, retry, scope, reaction, customerText);
}
