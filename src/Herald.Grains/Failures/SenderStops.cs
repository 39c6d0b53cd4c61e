using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Errors;
using Microsoft.Extensions.Logging;

namespace Herald.Grains.Failures;

/// <summary>
/// Slows, stops and disconnects the senders that a failure reaches: the one that met it, all of its account, or all that use its token; and
/// pauses what runs on those that stop. Each sender is moved once, by whoever is first.
/// </summary>
internal sealed class SenderStops(
    ISenderStore senders,
    SenderTokenGroups tokens,
    CampaignStops campaigns,
    OwnerNotices notices,
    FailureAudit audit,
    TimeProvider time,
    ILogger<SenderStops> log) : ISenderStates
{
    // The look's own reason stands for no code of Meta's.
    private const int NoCode = 0;
    private const string Meta = "meta";
    private static readonly TimeSpan CheckWait = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan ThrottleSlack = TimeSpan.FromSeconds(30);

    public async Task StopAsync(FailedSend failure)
    {
        if (SenderTroubleRules.TriggerOf(failure.Error.Reaction) is not { } trigger
            || await senders.GetAsync(failure.Tenant, failure.Sender, CancellationToken.None) is not { } sender)
        {
            return;
        }
        // An answer to a token that was replaced while the request was under way says nothing about the new one.
        if (failure.Error.Scope == ErrorScope.Token && failure.TokenCipher is { } used && sender.TokenCipher is { } present && !present.AsSpan().SequenceEqual(used))
            return;
        var reason = FailureAudit.Sentence(failure.Error, failure.Code);
        var isFirst = false;
        foreach (var target in await ReachedByAsync(sender, failure.Error.Scope))
            isFirst |= await StopAsync(target, trigger, failure, reason);
        if (failure.Error.Reaction == Reaction.SlowDownSender)
            return;
        // It may have begun to run after its sender was stopped.
        await PauseCampaignAsync(failure);
        if (isFirst)
            await notices.SenderStoppedAsync(sender, failure.Error.Reaction, failure.Code);
    }

    public async Task PauseCampaignAsync(FailedSend failure)
    {
        if (failure.Campaign is { } campaign && SenderTroubleRules.TriggerOf(failure.Error.Reaction) is { } trigger
            && await senders.GetAsync(failure.Tenant, failure.Sender, CancellationToken.None) is { } sender && IsStopped(sender, failure.Class))
        {
            await campaigns.PauseAsync(
                failure.Tenant, campaign, CauseOf(trigger), FailureAudit.Sentence(failure.Error, failure.Code), failure.Code);
        }
    }

    /// <summary>The account may send to nobody whose address begins so: all its senders know it, and none of them asks again for a day.</summary>
    public async Task CloseCountryAsync(FailedSend failure, string prefix)
    {
        if (await senders.GetAsync(failure.Tenant, failure.Sender, CancellationToken.None) is not { } sender)
            return;
        foreach (var target in await ReachedByAsync(sender, failure.Error.Scope))
            await CloseCountryAsync(target, failure, prefix);
    }

    /// <summary>For what is wrong on our side of the connection.</summary>
    public async Task<bool> DisconnectAsync(SenderRow sender, int code, string reason)
    {
        if (!await MoveAsync(sender, new Move(SenderTrigger.Disconnect, reason, code, null), DateTimeOffset.MaxValue))
            return false;
        await campaigns.PauseAllAsync(sender.TenantId, sender.SenderId, PauseCause.TokenInvalid, reason, code);
        return true;
    }

    public async Task<bool> RecoverAsync(SenderRow sender, string actor)
    {
        var decision = SenderLifecycle.Decide(sender.State, SenderTrigger.Activate);
        if (!decision.IsAccepted || decision.Change == sender.State || sender.State == SenderState.Registered)
            return false;
        var active = sender with { State = decision.Change, StateReason = "", CheckTime = null, UpdateTime = time.GetUtcNow() };
        if (await senders.UpdateAsync(active, CancellationToken.None) is null)
            return false;
        log.SenderRecovered(sender.TenantId, sender.SenderId);
        await audit.SenderAsync(sender, decision.Change, "ActivateSender", NoCode, actor);
        return true;
    }

    public async Task<bool> RestrictAsync(SenderRow sender, string reason, DateTimeOffset? checkAt)
    {
        if (!await MoveAsync(sender, new Move(SenderTrigger.Restrict, reason, NoCode, checkAt - time.GetUtcNow()), DateTimeOffset.MaxValue))
            return false;
        await campaigns.PauseAllAsync(sender.TenantId, sender.SenderId, PauseCause.SenderUnavailable, reason, NoCode);
        await notices.SenderStoppedAsync(sender, checkAt is null ? Reaction.LockAccount : Reaction.PauseSender, NoCode);
        return true;
    }

    public async Task<bool> DisconnectAsync(SenderRow sender, string reason)
    {
        if (!await DisconnectAsync(sender, NoCode, reason))
            return false;
        await notices.SenderStoppedAsync(sender, Reaction.DisconnectToken, NoCode);
        return true;
    }

    public async Task<bool> CheckNowAsync(SenderRow sender) =>
        sender.State is SenderState.Throttled or SenderState.Restricted
        && await senders.UpdateAsync(sender with { CheckTime = time.GetUtcNow() }, CancellationToken.None) is not null;

    public Task<SenderRow?> TakeCheckAsync(SenderRow sender) => senders.UpdateAsync(
        sender with { CheckTime = time.GetUtcNow() + SenderTroubleRules.Wait(CheckWait, sender.CheckCount), CheckCount = sender.CheckCount + 1 },
        CancellationToken.None);

    private async Task<IReadOnlyList<SenderRow>> ReachedByAsync(SenderRow sender, ErrorScope scope) => scope switch
    {
        ErrorScope.Account => await senders.ListByWabaAsync(sender.WabaId, CancellationToken.None),
        ErrorScope.Token => await tokens.OfAsync(sender),
        _ => [sender],
    };

    private async Task CloseCountryAsync(SenderRow target, FailedSend failure, string prefix)
    {
        var row = target;
        while (row is not null)
        {
            var now = time.GetUtcNow();
            var closed = row.ClosedCountries.With(prefix, failure.Time, now);
            if (ReferenceEquals(closed, row.ClosedCountries))
                return;
            if (await senders.UpdateAsync(row with { ClosedCountries = closed, UpdateTime = now }, CancellationToken.None) is not null)
            {
                log.CountryClosed(row.TenantId, row.SenderId, prefix, failure.Code);
                await audit.CountryAsync(row, prefix, failure.Code);
                return;
            }
            row = await senders.GetAsync(row.TenantId, row.SenderId, CancellationToken.None);
        }
    }

    private async Task<bool> StopAsync(SenderRow target, SenderTrigger trigger, FailedSend failure, string reason)
    {
        var move = new Move(trigger, reason, failure.Code, SenderTroubleRules.FirstWait(failure.Error))
        {
            StopsMarketing = failure.Error.Reaction == Reaction.StopMarketing,
        };
        if (!await MoveAsync(target, move, failure.LatestTime))
            return false;
        if (move.StopsMarketing)
            await campaigns.PauseMarketingAsync(target.TenantId, target.SenderId, reason, failure.Code);
        else if (trigger != SenderTrigger.Throttle)
            await campaigns.PauseAllAsync(target.TenantId, target.SenderId, CauseOf(trigger), reason, failure.Code);
        return true;
    }

    private async Task<bool> MoveAsync(SenderRow target, Move move, DateTimeOffset happened)
    {
        var row = target;
        while (row is not null)
        {
            var decision = SenderLifecycle.Decide(row.State, move.Trigger);
            // What happened before the sender came back was what it came back from.
            if (!decision.IsAccepted || (row.State == SenderState.Active && happened < row.StateTime))
                return false;
            var now = time.GetUtcNow();
            var isMoved = decision.Change != row.State || (move.StopsMarketing && row is { State: SenderState.Throttled, IsMarketingStopped: false });
            if (!isMoved && !IsStillNews(row, move, now))
                return false;
            var moved = Moved(row, decision.Change, move, now);
            if (await senders.UpdateAsync(moved, CancellationToken.None) is not null)
            {
                if (isMoved)
                {
                    log.SenderMoved(row.TenantId, row.SenderId, decision.Change.ToString(), move.Code);
                    await audit.SenderAsync(row, decision.Change, $"{move.Trigger}Sender", move.Code, Meta);
                }
                return isMoved;
            }
            row = await senders.GetAsync(row.TenantId, row.SenderId, CancellationToken.None);
        }
        return false;
    }

    /// <summary>Of a sender that is in the state already: a throttle lasts longer, and what only a person can end is looked at no more.</summary>
    private static bool IsStillNews(SenderRow row, Move move, DateTimeOffset now) => move.Trigger switch
    {
        SenderTrigger.Throttle => row.State == SenderState.Throttled && row.CheckTime - now < ThrottleSlack,
        SenderTrigger.Restrict => move.FirstWait is null && row.CheckTime is not null,
        _ => false,
    };

    private static SenderRow Moved(SenderRow row, SenderState state, Move move, DateTimeOffset now)
    {
        var count = row.StateTime is { } since && now - since < SenderTroubleRules.Relapse ? row.CheckCount : 0;
        // What merely goes slower is back in a minute, however often.
        var isStop = state != SenderState.Throttled || move.StopsMarketing;
        return row with
        {
            State = state,
            StateReason = move.Reason,
            CheckTime = move.FirstWait is not { } first ? null : now + (isStop ? SenderTroubleRules.Wait(first, count) : first),
            CheckCount = isStop ? count + 1 : row.CheckCount,
            IsMarketingStopped = row.IsMarketingStopped || move.StopsMarketing,
            UpdateTime = now,
        };
    }

    private static bool IsStopped(SenderRow sender, MessageClass messageClass) =>
        !SenderLifecycle.MaySend(sender.State) || (sender.IsMarketingStopped && messageClass == MessageClass.Marketing);

    private static PauseCause CauseOf(SenderTrigger trigger) =>
        trigger == SenderTrigger.Disconnect ? PauseCause.TokenInvalid : PauseCause.SenderUnavailable;

    /// <summary>What is to become of a sender, and why; null for the first wait if no look can end it.</summary>
    private sealed record Move(SenderTrigger Trigger, string Reason, int Code, TimeSpan? FirstWait)
    {
        public bool StopsMarketing { get; init; }
    }
}
