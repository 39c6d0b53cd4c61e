namespace Herald.Storage.Contacts;

/// <summary>Who a webhook says a person is. At least one of phone, user id, parent user id and user name is set.</summary>
public sealed record class InboundIdentity
{
    /// <summary>E.164 digits without plus; null when WhatsApp hides it.</summary>
    public required string? Phone { get; init; }

    /// <summary>Other spellings under which the same phone may be known, without <see cref="Phone"/> itself; may be empty.</summary>
    public required IReadOnlyList<string> PhoneVariants { get; init; }

    /// <summary>Meta's business-scoped user id.</summary>
    public required string? UserId { get; init; }

    /// <summary>Meta's user id in the parent business.</summary>
    public required string? ParentUserId { get; init; }

    /// <summary>The WhatsApp user name.</summary>
    public required string? Username { get; init; }

    /// <summary>The name in the person's profile; empty when not given.</summary>
    public required string ProfileName { get; init; }
}
