namespace Herald.WhatsApp;

/// <summary>
/// A bearer token of Meta's Graph API. It never shows its value: <see cref="ToString"/>, logs and serializers see a
/// fixed word, so that a token cannot leak through an exception or a structured log.
/// </summary>
public sealed class AccessToken : IEquatable<AccessToken>
{
    private readonly string _value;

    /// <summary>Wraps a token as Meta issued it.</summary>
    /// <param name="value">The token: 1 to 4096 printable ASCII characters without spaces.</param>
    /// <exception cref="ArgumentException">The value is empty, too long, or not usable in a header.</exception>
    public AccessToken(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsValid(value)) throw new ArgumentException("A token is 1 to 4096 printable ASCII characters without spaces.", nameof(value));
        _value = value;
        HeaderValue = "Bearer " + value;
    }

    /// <summary>The value of the <c>Authorization</c> header, built once because each send needs it.</summary>
    internal string HeaderValue { get; }

    /// <summary>Whether a text can be a token.</summary>
    /// <param name="value">The text; null is not a token.</param>
    /// <returns>True if <see cref="AccessToken(string)"/> accepts it.</returns>
    public static bool IsValid(string? value) =>
        value is { Length: >= 1 and <= 4096 } && !value.AsSpan().ContainsAnyExceptInRange('!', '~');

    /// <summary>Gives the token itself, for storing it encrypted or putting it into a request.</summary>
    /// <returns>The value given to the constructor.</returns>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public bool Equals(AccessToken? other) => other is not null && string.Equals(_value, other._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AccessToken);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_value);

    /// <summary>Never the token.</summary>
    /// <returns>A fixed word.</returns>
    public override string ToString() => "(access token)";
}
