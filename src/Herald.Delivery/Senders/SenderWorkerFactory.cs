using Herald.Delivery.Messages;
using Herald.Storage;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Delivery.Senders;

/// <summary>Makes workers, and holds what all of them use.</summary>
internal sealed class SenderWorkerFactory(
    IMessageStore messages,
    MessageDispatch dispatch,
    StorageRetry retry,
    NodeShares shares,
    IDatabaseSignals signals,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<SenderWorker> log)
{
    public IMessageStore Messages { get; } = messages;

    public MessageDispatch Dispatch { get; } = dispatch;

    public StorageRetry Retry { get; } = retry;

    public NodeShares Shares { get; } = shares;

    public DeliveryOptions Options { get; } = options.Value;

    public TimeProvider Time { get; } = time;

    public ILogger Log { get; } = log;

    /// <summary>Opt-outs of all tenants, looked up by every worker just before a request is written.</summary>
    public OptOutBarrier Barrier { get; } =
        new(() => signals.Hears(SignalChannels.OptOutChannel), time, options.Value.ClaimDuration);

    public SenderWorker Create(SenderRow sender, HeldLease lease) => new(sender, lease, this);
}
