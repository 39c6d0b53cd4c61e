namespace Herald.Domain.Consents;

/// <summary>What is known of a contact in one scope: the whole tenant, or one sender.</summary>
/// <param name="Marketing">What is known of marketing messages.</param>
/// <param name="Utility">What is known of utility messages.</param>
public readonly record struct ConsentProjection(ConsentEntry Marketing, ConsentEntry Utility)
{
    /// <summary>Nothing was ever recorded; the same as <c>default</c>.</summary>
    public static ConsentProjection Empty => default;
}
