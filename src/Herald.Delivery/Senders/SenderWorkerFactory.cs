using Herald.Delivery.Messages;
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Herald.Delivery.Senders;

internal sealed class SenderWorkerFactory(
    IMessageStore messages,
    MessageDispatch dispatch,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<SenderWorker> log)
{
    public SenderWorker Create(SenderRow sender, LeaseHolder lease) =>
        new(sender, lease, messages, dispatch, options.Value, time, log);
}
