using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Tests.Grains;

public sealed class LedgerGrain(
    Probe probe,
    [PersistentState("ledger", "documents")] IPersistentState<LedgerState> ledger,
    [PersistentState("notes")] IPersistentState<LedgerState> notes) : Grain, ILedgerGrain
{
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        probe.Note($"activate {this.GetPrimaryKeyString()} with {ledger.State.Total}");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Note($"deactivate {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<LedgerView> Read() => Task.FromResult(View());

    public async Task<LedgerView> Book(int amount, string text)
    {
        ledger.State.Total += amount;
        ledger.State.Lines.Add(text);
        await ledger.WriteStateAsync();
        notes.State.Total++;
        await notes.WriteStateAsync();
        return View();
    }

    public async Task<LedgerView> Clear()
    {
        await ledger.ClearStateAsync();
        return View();
    }

    public async Task<LedgerView> Reload()
    {
        await ledger.ReadStateAsync();
        return View();
    }

    public async Task<bool> TryBook(int amount)
    {
        ledger.State.Total += amount;
        try
        {
            await ledger.WriteStateAsync();
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    public async Task<int> BookBy(string otherKey, int amount)
        => (await GrainFactory.GetGrain<ILedgerGrain>(otherKey).Book(amount, "for another")).Total;

    public Task End()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private LedgerView View() => new(ledger.State.Total, ledger.State.Lines.Count, ledger.RecordExists, ledger.Etag);
}
