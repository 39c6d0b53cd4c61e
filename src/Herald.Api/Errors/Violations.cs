using Herald.Contracts.Errors.V1;

namespace Herald.Api.Errors;

/// <summary>Collects everything that is wrong with a request, so that the caller learns of it at once: as much as an error can carry.</summary>
internal sealed class Violations
{
    private const int CountMax = 100;
    private const int FieldMax = 200;

    // Errors travel in trailers, and some clients refuse more than 8 KiB of them, base64 and the message included.
    private const int BytesMax = 4_000;
    private readonly List<FieldViolation> _found = [];

    public bool IsEmpty => _found.Count == 0;

    public IReadOnlyList<FieldViolation> Found => _found;

    /// <summary>Notes a broken rule.</summary>
    /// <param name="field">The path from the request message, in proto names.</param>
    /// <param name="rule">The rule, one of <see cref="Rules"/> or one of the field's own.</param>
    /// <param name="description">One sentence that says what is allowed, without the value.</param>
    public void Add(string field, string rule, string description)
    {
        if (_found.Count < CountMax)
            _found.Add(new FieldViolation { Field = field.Length <= FieldMax ? field : field[..FieldMax], Rule = rule, Description = description });
    }

    /// <summary>Fails the call if anything was noted.</summary>
    /// <exception cref="ApiException">Something is wrong with the request.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count > 0)
            throw ToException();
    }

    /// <summary>The error of everything that was noted; null if nothing was.</summary>
    public ApiException? ToRefusal() => _found.Count > 0 ? ToException() : null;

    /// <summary>The error of a single broken rule.</summary>
    public static ApiException Single(string field, string rule, string description)
    {
        var violations = new Violations();
        violations.Add(field, rule, description);
        return violations.ToException();
    }

    private ApiException ToException()
    {
        var exception = new ApiException(Reason.FieldInvalid, $"The request is invalid: {_found[0].Field}: {_found[0].Description}");
        var bytes = 0;
        exception.Detail.FieldViolations.AddRange(_found.TakeWhile(violation => (bytes += violation.CalculateSize()) <= BytesMax));
        return exception;
    }
}
