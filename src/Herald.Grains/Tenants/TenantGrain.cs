using Orleans;
using Orleans.Runtime;

namespace Herald.Grains.Tenants;

internal sealed class TenantGrain(
    [PersistentState("settings", HeraldGrainStorage.Name)] IPersistentState<TenantSettings> settings) : Grain, ITenantGrain
{
    public Task<TenantSettings> GetSettings() => Task.FromResult(Copy(settings.State));

    public async Task<TenantSettings?> UpdateSettings(TenantSettings changed, string etag)
    {
        if (etag.Length > 0 && etag != CurrentEtag)
            return null;
        var before = settings.State;
        settings.State = Copy(changed);
        try
        {
            await settings.WriteStateAsync();
        }
        catch
        {
            // Memory changes only after the write; what was read stays true until then.
            settings.State = before;
            throw;
        }
        return Copy(settings.State);
    }

    private string CurrentEtag => settings.RecordExists ? settings.Etag ?? "" : "";

    /// <summary>Callers get and give copies: the state is this activation's alone.</summary>
    private TenantSettings Copy(TenantSettings from) => new()
    {
        StopKeywords = [.. from.StopKeywords],
        StartKeywords = [.. from.StartKeywords],
        StartCountsAsOptIn = from.StartCountsAsOptIn,
        ConfirmKeywords = from.ConfirmKeywords,
        ResendUnknown = from.ResendUnknown,
        Etag = CurrentEtag,
    };
}
