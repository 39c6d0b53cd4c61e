using System.Collections.Concurrent;
using System.Text.Json;

namespace Herald.Simulator;

/// <summary>What a fault does to a call.</summary>
internal enum FaultKind
{
    None,
    AbortBefore,
    AbortAfter,
    ServerErrorBefore,
    ServerErrorAfter,
    Error,
    Stall,
}

/// <summary>A drawn fault.</summary>
internal readonly record struct Fault(FaultKind Kind, int Status, GraphError? Answer, TimeSpan Latency, TimeSpan Stall);

/// <summary>Draws faults: for sends from the recipient and the count of calls to it, for other calls from their count.</summary>
internal sealed class FaultInjector(SimulatedWorld world, PhoneBook book, SendLedger ledger)
{
    private readonly ConcurrentDictionary<string, long> _calls = new(StringComparer.Ordinal);

    public Fault Draw(JsonElement root, bool isSend)
    {
        var settings = world.Faults;
        if (!isSend && !settings.AllCalls)
        {
            return default;
        }

        var key = isSend ? root.Text("to") ?? "" : "";
        if (isSend && RefusalFor(key) is { } refusal)
        {
            ledger.Count(LedgerCount.Fault);
            return new Fault(FaultKind.Error, 0, refusal, settings.Latency, TimeSpan.Zero);
        }

        var total = settings.AbortBeforeShare + settings.AbortAfterShare + settings.ServerErrorShare + settings.ServerErrorAfterShare + settings.ErrorShare
            + settings.StallShare;
        if (total <= 0)
        {
            return new Fault(FaultKind.None, 0, null, settings.Latency, TimeSpan.Zero);
        }

        var ordinal = _calls.AddOrUpdate(key, 0, static (_, count) => count + 1);
        var drawn = SeededHash.Unit(world.Options.Seed, "fault", key, ordinal);
        var kind = Choose(settings, drawn);
        if (kind != FaultKind.None)
        {
            ledger.Count(LedgerCount.Fault);
        }

        var status = SeededHash.Of(world.Options.Seed, "fault-status", key, ordinal) % 2 == 0
            ? StatusCodes.Status502BadGateway
            : StatusCodes.Status503ServiceUnavailable;
        return new Fault(kind, status, MessageErrors.Plain(settings.ErrorCode), settings.Latency, settings.StallTime);
    }

    public void Clear() => _calls.Clear();

    /// <summary>What this person's behaviour says of every call that sends to them.</summary>
    private GraphError? RefusalFor(string to)
    {
        if (PhoneNumbers.TryParse(to) is not { } phone || book.Get(phone).Behaviour is not { RefuseWith: { } code } behaviour)
        {
            return null;
        }

        var error = MessageErrors.Plain(code);
        return error with { Subcode = behaviour.RefuseSubcode ?? error.Subcode, Status = behaviour.RefuseHttpStatus ?? error.Status };
    }

    private static FaultKind Choose(FaultSettings settings, double drawn)
    {
        (double Share, FaultKind Kind)[] choices =
        [
            (settings.AbortBeforeShare, FaultKind.AbortBefore),
            (settings.AbortAfterShare, FaultKind.AbortAfter),
            (settings.ServerErrorShare, FaultKind.ServerErrorBefore),
            (settings.ServerErrorAfterShare, FaultKind.ServerErrorAfter),
            (settings.ErrorShare, FaultKind.Error),
            (settings.StallShare, FaultKind.Stall),
        ];
        foreach (var (share, kind) in choices)
        {
            if (drawn < share)
            {
                return kind;
            }

            drawn -= share;
        }

        return FaultKind.None;
    }
}
