using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Storage.Leases;
using Herald.Storage.Tenants;

namespace Herald.Delivery.Senders;

/// <summary>A sender among those of all tenants.</summary>
internal readonly record struct SenderKey(TenantId Tenant, SenderId Sender)
{
    public string LeaseName => LeaseNames.Sender(Tenant, Sender);

    public static SenderKey Of(SenderRow row) => new(row.TenantId, row.SenderId);

    /// <summary>Reads the payload of a queue or level signal, "tenant/sender".</summary>
    public static bool TryParse(ReadOnlySpan<char> payload, out SenderKey key)
    {
        var slash = payload.IndexOf('/');
        key = default;
        if (slash < 0 || !TenantId.TryParse(payload[..slash].ToString(), out var tenant)
            || !SenderId.TryParse(payload[(slash + 1)..].ToString(), out var sender))
        {
            return false;
        }
        key = new SenderKey(tenant, sender);
        return true;
    }
}
