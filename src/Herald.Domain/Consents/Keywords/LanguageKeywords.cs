namespace Herald.Domain.Consents.Keywords;

/// <summary>The built-in words of one language, as people write them; comma-separated in the table.</summary>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Stop">Opt-outs, also looked for inside short messages.</param>
/// <param name="StopAlone">Opt-outs that are ordinary words otherwise: they count only as the whole message.</param>
/// <param name="Ambiguous">Words that may be about an order: opt-outs only as the whole message and right after a campaign.</param>
/// <param name="Start">Words that ask for messages again.</param>
/// <param name="Phrases">Parts of sentences that may be meant as an opt-out.</param>
internal sealed record LanguageKeywords(string Language, string Stop, string StopAlone, string Ambiguous, string Start, string Phrases);
