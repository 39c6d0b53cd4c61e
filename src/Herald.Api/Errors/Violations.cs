using Herald.Contracts.Errors.V1;

namespace Herald.Api.Errors;

/// <summary>Collects everything that is wrong with a request, so that the caller learns all of it at once.</summary>
internal sealed class Violations
{
    private const int CountMax = 100;
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
            _found.Add(new FieldViolation { Field = field, Rule = rule, Description = description });
    }

    /// <summary>Fails the call if anything was noted.</summary>
    /// <exception cref="ApiException">Something is wrong with the request.</exception>
    public void ThrowIfAny()
    {
        if (_found.Count > 0)
            throw ToException();
    }

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
        exception.Detail.FieldViolations.AddRange(_found);
        return exception;
    }
}
