using System.Text;

namespace Herald.Domain.Control;

/// <summary>What an owner sent, understood.</summary>
/// <param name="Verb">What is asked for; None if it is no command.</param>
/// <param name="Argument">What followed the command as it was written, or the whole text if it is no command; trimmed, may be empty.</param>
/// <param name="IsTapped">It came from a button or list row, so that the argument is an id of ours.</param>
internal sealed record ControlCommand(ControlVerb Verb, string Argument, bool IsTapped)
{
    /// <summary>The argument as ASCII digits, whatever script they were typed in, or null if it holds anything else but blanks and hyphens.</summary>
    public string? Digits
    {
        get
        {
            var result = new StringBuilder(Argument.Length);
            foreach (var rune in Argument.EnumerateRunes())
            {
                if (Rune.IsDigit(rune))
                    result.Append((int)Rune.GetNumericValue(rune));
                else if (!Rune.IsWhiteSpace(rune) && rune.Value != '-')
                    return null;
            }
            return result.Length == 0 ? null : result.ToString();
        }
    }

    /// <summary>The argument as a small number, such as the number of a row; 0 if it is none.</summary>
    public int RowNumber => !IsTapped && Digits is { Length: <= 2 } digits ? int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) : 0;

    public Guid? Id => Guid.TryParseExact(Argument, "D", out var id) ? id : null;
}
