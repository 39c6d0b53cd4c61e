using Microsoft.Extensions.Options;

namespace Herald.Delivery.Senders;

/// <summary>
/// What the tenants of a node share: requests in flight, and claims at work in the database. One tenant holds at most seven eighths of either, so that
/// there is always room for another one's first message.
/// </summary>
internal sealed class NodeShares(IOptions<DeliveryOptions> options)
{
    public FairSlots Flights { get; } = Of(options.Value.ConcurrencyPerNode);

    public FairSlots Claims { get; } = Of(options.Value.ClaimsAtOnce);

    private static FairSlots Of(int capacity) => new(capacity, Math.Max(1, capacity - Math.Max(1, capacity / 8)));
}
