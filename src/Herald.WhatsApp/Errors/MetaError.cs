namespace Herald.WhatsApp.Errors;

/// <summary>One row of the table of Meta's errors: what a code means and what follows from it.</summary>
/// <param name="Code">Meta's code, or null for a row that is chosen by HTTP status because the code is not in the table.</param>
/// <param name="Subcode">The subcode that tells this row from others of the same code, or null.</param>
/// <param name="Meaning">What Meta means, for operators.</param>
/// <param name="Retry">Whether the same call may be made again.</param>
/// <param name="Scope">How far the reaction reaches.</param>
/// <param name="Reaction">What Herald does.</param>
/// <param name="CustomerText">What a business owner may read; never a value of theirs or of a contact's.</param>
public sealed record MetaError(
    int? Code,
    int? Subcode,
    string Meaning,
    RetryKind Retry,
    ErrorScope Scope,
    Reaction Reaction,
    string CustomerText);
