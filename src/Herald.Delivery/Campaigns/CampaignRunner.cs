using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Grains;
using Herald.Grains.Campaigns;
using Herald.Grains.Failures;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Leases;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;

namespace Herald.Delivery.Campaigns;

/// <summary>
/// Carries campaigns through what needs no person: starts what is due, freezes audiences in resumable batches, and completes what has
/// nothing left to send. Pauses what runs though its template or its sender stopped, however that was heard of, and lifts that when they come back. Any node may do any of it; a preparation is leased.
/// </summary>
internal sealed class CampaignRunner(
    ICampaignStore campaigns,
    ILeaseStore leases,
    IDatabaseSignals signals,
    IGrainFactory grains,
    ICampaignHalts halts,
    IIdSource ids,
    NodeName node,
    IOptions<DeliveryOptions> options,
    TimeProvider time,
    ILogger<CampaignRunner> log) : BackgroundService
{
    /// <summary>How many batches of one campaign are frozen before the others have their turn.</summary>
    private const int BatchesPerTurn = 10;

    private const int MovedAtOnce = 100;

    private readonly WakeUp _wake = new(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscription = signals.Subscribe(SignalChannels.CampaignChannel, _ => _wake.Call());
        var backoff = new Backoff(options.Value.IdleInterval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var campaign in await campaigns.ListDueAsync(time.GetUtcNow(), stoppingToken))
                    await AdvanceAsync(campaign, stoppingToken);
                foreach (var campaign in await campaigns.ListLiftableAsync(MovedAtOnce, stoppingToken))
                    await LiftAsync(campaign);
                foreach (var campaign in await campaigns.ListStoppedAsync(MovedAtOnce, stoppingToken))
                    await halts.HaltAsync(campaign);
                backoff.Reset();
                await _wake.WaitAsync(options.Value.IdleInterval, stoppingToken);
            }
            catch (Exception error) when (GrainCallErrors.MayPass(error))
            {
                log.StorageUnavailable(error, nameof(CampaignRunner));
                await Task.Delay(backoff.Next(), time, stoppingToken);
            }
        }
    }

    private async Task AdvanceAsync(CampaignRow campaign, CancellationToken ct)
    {
        switch (campaign.State)
        {
            case CampaignState.Scheduled:
                await StartAsync(campaign);
                break;
            case CampaignState.Preparing:
            case CampaignState.Running when !campaign.PrepareDone:
                await PrepareAsync(campaign, ct);
                break;
            case CampaignState.Running:
                if (await campaigns.CompleteAsync(campaign.TenantId, campaign.CampaignId, time.GetUtcNow(), ct))
                    log.CampaignCompleted(campaign.TenantId, campaign.CampaignId);
                break;
        }
    }

    /// <summary>What Herald paused it for is over: the template was approved again, the sender can send again. The grain looks once more.</summary>
    private async Task LiftAsync(CampaignRow campaign)
    {
        if ((await Grain(campaign).Lift((int)campaign.PauseCause)).IsAccepted)
            log.CampaignLifted(campaign.TenantId, campaign.CampaignId, campaign.PauseCause.ToString());
    }

    private async Task StartAsync(CampaignRow campaign)
    {
        var result = await Grain(campaign).StartPreparing();
        if (result.Outcome is ChangeOutcome.TemplateNotUsable or ChangeOutcome.SenderNotUsable or ChangeOutcome.ContactListNotUsable)
            await Grain(campaign).Fail(new CampaignCommand { Actor = "herald", Detail = result.Detail });
    }

    /// <summary>
    /// Each batch and the cursor behind it are one transaction, so that a crash between two batches loses and repeats nothing. The lease
    /// only keeps two nodes from doing the same work at once. A large audience takes several turns, so that no campaign waits for another's.
    /// </summary>
    private async Task PrepareAsync(CampaignRow campaign, CancellationToken ct)
    {
        var lease = new LeaseHolder(leases, time, LeaseNames.Prepare(campaign.TenantId, campaign.CampaignId), node.Value,
            options.Value.LeaseDuration);
        var state = campaign.State;
        var frozen = 0;
        for (var done = false; !done && frozen < BatchesPerTurn && await lease.TryHoldAsync(ct); frozen++)
        {
            var batch = await campaigns.PrepareBatchAsync(campaign.TenantId, campaign.CampaignId, options.Value.PrepareBatchSize,
                time.GetUtcNow(), () => new MessageId(ids.NewId()), ct);
            if (state == CampaignState.Preparing && !(await Grain(campaign).MarkRunning()).IsAccepted)
                break;
            state = CampaignState.Running;
            done = batch.Done;
            log.AudienceFrozen(campaign.TenantId, campaign.CampaignId, batch.Added, batch.Done);
        }
        await lease.ReleaseAsync(ct);
        // Only what was done here leads at once to more; while another node holds the lease, there is nothing to be in a hurry for.
        if (frozen > 0)
            _wake.Call();
    }

    private ICampaignGrain Grain(CampaignRow campaign) =>
        grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(campaign.TenantId, campaign.CampaignId));
}
