using Herald.Domain.Consents;

namespace Herald.Simulation.World;

/// <summary>What a person wrote to a business, and in which second by Meta's clock.</summary>
internal sealed record Words(string Tenant, string Contact, string Phone, string Text, long Seconds)
{
    /// <summary>What the words mean for marketing; null when nothing.</summary>
    public ConsentAction? Action => Text switch
    {
        "STOP" or "UNSUBSCRIBE" => ConsentAction.Revoke,
        "START" => ConsentAction.Grant,
        _ => null,
    };
}
