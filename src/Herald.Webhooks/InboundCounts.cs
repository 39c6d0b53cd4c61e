using Herald.Storage;
using Herald.WhatsApp.Webhooks;

namespace Herald.Webhooks;

/// <summary>Tells the senders' owners, which may be other nodes, how much came in: Meta counts it in their throughput. One signal a round.</summary>
internal sealed class InboundCounts(SenderDirectory senders, IDatabaseSignals signals)
{
    public async Task TellAsync(IEnumerable<InboundMessageChange> messages, CancellationToken ct)
    {
        var counts = new List<InboundCount>();
        foreach (var ofNumber in messages.GroupBy(message => message.PhoneNumberId, StringComparer.Ordinal))
        {
            if (await senders.FindAsync(ofNumber.Key, ct) is { } sender)
                counts.Add(new InboundCount(sender.TenantId, sender.SenderId, ofNumber.Count()));
        }
        foreach (var some in counts.Chunk(InboundCount.SendersMax))
            await signals.PublishAsync(SignalChannels.InboundChannel, InboundCount.Format(some), ct);
    }
}
