using Herald.Domain.Senders;

namespace Herald.Domain.Consents;

/// <summary>
/// How far a consent event reaches: the whole tenant, or one sender (WhatsApp's own marketing preference). Stored as one UUID,
/// which is the nil UUID for the tenant.
/// </summary>
/// <param name="Sender">The sender, or null for the whole tenant.</param>
public readonly record struct ConsentScope(SenderId? Sender)
{
    /// <summary>The whole tenant; the same as <c>default</c>.</summary>
    public static ConsentScope Tenant => default;

    /// <summary>The stored form.</summary>
    public Guid Value => Sender?.Value ?? Guid.Empty;

    /// <summary>Reads the stored form.</summary>
    public static ConsentScope FromGuid(Guid value) => value == Guid.Empty ? Tenant : new ConsentScope(new SenderId(value));
}
