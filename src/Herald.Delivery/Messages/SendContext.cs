using Herald.Delivery.Senders;
using Herald.Storage.Leases;
using Herald.Storage.Tenants;

namespace Herald.Delivery.Messages;

/// <summary>What the messages of one claim share.</summary>
/// <param name="Sender">The sender as last read.</param>
/// <param name="Lease">The sender's lease; asked just before a request is written.</param>
/// <param name="Pace">Told what the answers say about the sender's pace.</param>
/// <param name="Pairs">What the sender's contacts got lately.</param>
/// <param name="Barrier">Opt-outs committed since the claim.</param>
/// <param name="ClaimedAt">Time stamp from before the claim.</param>
/// <param name="Deadline">Until when the claim is surely not given up by others; counted from before it was asked for.</param>
internal sealed record SendContext(
    SenderRow Sender, HeldLease Lease, Pace Pace, PairLimit Pairs, OptOutBarrier Barrier, long ClaimedAt, LeaseDeadline Deadline);
