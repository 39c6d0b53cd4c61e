namespace Herald.Storage.Keys;

/// <summary>One element of the data protection key ring.</summary>
public sealed record class DataProtectionKeyRow
{
    /// <summary>Its friendly name.</summary>
    public required string KeyId { get; init; }

    /// <summary>The element as XML. A secret: never log it.</summary>
    public required string Xml { get; init; }
}
