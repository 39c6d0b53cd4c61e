using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Campaigns.V1;
using Herald.Domain.Campaigns;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Microsoft.Extensions.Hosting;
using CampaignState = Herald.Domain.Campaigns.CampaignState;

namespace Herald.Api.Campaigns;

/// <summary>
/// Follows a campaign for one caller. Signals of the campaign wake it, and a slow beat, since messages change without one. It holds
/// one answer: what a slow reader misses is left out, and the last answer is always the last state.
/// </summary>
internal sealed class CampaignWatch(ICampaignStore campaigns, IDatabaseSignals signals, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>Answers per second where the caller names no number.</summary>
    public const int UpdatesDefault = 2;

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    /// <summary>Writes until the campaign has ended and nothing of it is in flight, or the caller gives up.</summary>
    /// <exception cref="ApiException">The campaign is gone, or Herald is stopping: another node goes on with the watch.</exception>
    public async Task RunAsync(Call call, CampaignId id, WatchCampaignRequest request, IServerStreamWriter<WatchCampaignResponse> stream)
    {
        // A stop waits for calls that run, and a watch may run for days.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(call.Ct, lifetime.ApplicationStopping);
        try
        {
            await FollowAsync(call, id, request, stream, either.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !call.Ct.IsCancellationRequested)
        {
            throw ApiErrors.Stopping();
        }
    }

    private async Task FollowAsync(
        Call call, CampaignId id, WatchCampaignRequest request, IServerStreamWriter<WatchCampaignResponse> stream, CancellationToken ct)
    {
        using var woken = new SemaphoreSlim(0, 1);
        var mine = SignalChannels.Campaign(call.Tenant, id);
        using var subscription = signals.Subscribe(SignalChannels.CampaignChannel, payload =>
        {
            if (payload.Length == 0 || payload == mine)
                Wake(woken);
        });
        var pause = TimeSpan.FromSeconds(1d / (request.UpdatesPerSecondMax == 0 ? UpdatesDefault : request.UpdatesPerSecondMax));
        WatchCampaignResponse? last = null;
        while (true)
        {
            var (answer, isOver) = await ReadAsync(call, id);
            if (last is null || !IsSame(last, answer))
            {
                await stream.WriteAsync(answer, ct);
                last = answer;
            }
            if (isOver)
                return;
            await Task.Delay(pause, time, ct);
            await WaitAsync(woken, Beat > pause ? Beat - pause : TimeSpan.Zero, ct);
        }
    }

    private async Task<(WatchCampaignResponse Answer, bool IsOver)> ReadAsync(Call call, CampaignId id)
    {
        var name = CampaignName.Format(call.Tenant.Value, id.Value);
        // The state first: a report that is read after a final state holds everything that led to it.
        var row = await campaigns.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(name);
        var report = await campaigns.ReportAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(name);
        var answer = new WatchCampaignResponse { Campaign = row.ToProto(), CampaignReport = report.ToProto(name, time.GetUtcNow()) };
        var isFinal = row.State is CampaignState.Completed or CampaignState.Cancelled or CampaignState.Failed;
        return (answer, isFinal && answer.CampaignReport is { InFlightCount: 0, QueuedCount: 0 });
    }

    private async Task WaitAsync(SemaphoreSlim woken, TimeSpan longest, CancellationToken ct)
    {
        if (longest == TimeSpan.Zero)
            return;
        using var timer = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        try
        {
            await woken.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The beat: nothing was signalled, and messages may have moved all the same.
        }
    }

    /// <summary>Whether two answers say the same, the time of reading apart.</summary>
    private static bool IsSame(WatchCampaignResponse one, WatchCampaignResponse other)
    {
        var copy = other.Clone();
        copy.CampaignReport.AsOfTime = one.CampaignReport.AsOfTime;
        return one.Equals(copy);
    }

    private static void Wake(SemaphoreSlim woken)
    {
        try
        {
            if (woken.CurrentCount == 0)
                woken.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Woken already by another signal, or the watch has just ended.
        }
    }
}
