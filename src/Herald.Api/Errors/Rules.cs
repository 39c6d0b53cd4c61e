namespace Herald.Api.Errors;

/// <summary>The words of <c>FieldViolation.rule</c> that many fields share.</summary>
internal static class Rules
{
    public const string Required = "required";
    public const string TooLong = "too_long";
    public const string TooShort = "too_short";
    public const string OutOfRange = "out_of_range";
    public const string Malformed = "malformed";
    public const string UnknownValue = "unknown_value";
    public const string NotAllowed = "not_allowed";
    public const string Duplicate = "duplicate";
}
