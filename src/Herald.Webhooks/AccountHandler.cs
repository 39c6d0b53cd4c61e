using Herald.Domain.Senders;
using Herald.Grains.Failures;
using Herald.Storage;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Webhooks;

namespace Herald.Webhooks;

/// <summary>Stops and frees senders by what Meta tells of their account or number, and has a raised level read by whoever sends.</summary>
internal sealed class AccountHandler(ISenderStore senders, ISenderStates states, IDatabaseSignals signals, TimeProvider time)
{
    private const string RestrictedText = "WhatsApp forbids this business account to begin conversations for now. Please see WhatsApp Manager for the reason.";
    private const string DisabledText = "WhatsApp has disabled this business account. Please open WhatsApp Manager and follow its instructions.";
    private const string RemovedText = "The business account is no longer shared with Herald. Please connect the number again.";
    private static readonly TimeSpan FirstLook = TimeSpan.FromDays(1);

    public async Task HandleAsync(AccountChange change, CancellationToken ct)
    {
        if (change.WabaId is null)
            return;
        foreach (var sender in await senders.ListByWabaAsync(change.WabaId, ct))
        {
            // An old delivery that comes again says nothing about what was set right since.
            if ((change.DisplayPhoneNumber is { } number && Digits(number) != Digits(sender.DisplayPhoneNumber))
                || (Stops(change) && change.Time < sender.StateTime))
            {
                continue;
            }
            await MoveAsync(sender, change, ct);
        }
    }

    private async Task MoveAsync(SenderRow sender, AccountChange change, CancellationToken ct)
    {
        switch (change.Kind)
        {
            case AccountChangeKind.Restricted:
                await states.RestrictAsync(sender, RestrictedText, change.Until > time.GetUtcNow() ? change.Until : time.GetUtcNow() + FirstLook);
                break;
            case AccountChangeKind.Disabled:
                await states.RestrictAsync(sender, DisabledText, checkAt: null);
                break;
            case AccountChangeKind.Removed:
                await states.DisconnectAsync(sender, RemovedText);
                break;
            // The number itself tells whether it sends again: other things than this one may hold it.
            case AccountChangeKind.Reinstated when sender.State == SenderState.Restricted:
                await states.CheckNowAsync(sender);
                break;
            // The owner of the sender asks Meta what the level is now; nothing is believed but the answer. Written down first: a signal may reach nobody.
            case AccountChangeKind.ThroughputRaised:
                await NoteRaisedAsync(sender, ct);
                await signals.PublishAsync(SignalChannels.LevelChannel, SignalChannels.Queue(sender.TenantId, sender.SenderId), ct);
                break;
        }
    }

    private async Task NoteRaisedAsync(SenderRow sender, CancellationToken ct)
    {
        SenderRow? row = sender;
        while (row is not null && await senders.UpdateAsync(row with { LevelNewsTime = time.GetUtcNow(), UpdateTime = time.GetUtcNow() }, ct) is null)
            row = await senders.GetAsync(sender.TenantId, sender.SenderId, ct);
    }

    private static bool Stops(AccountChange change) =>
        change.Kind is AccountChangeKind.Restricted or AccountChangeKind.Disabled or AccountChangeKind.Removed;

    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));
}
