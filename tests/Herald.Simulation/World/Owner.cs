using Herald.Domain.Campaigns;
using Herald.Grains;
using Herald.Grains.Campaigns;
using Herald.Simulation.Checks;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Nodes;

namespace Herald.Simulation.World;

/// <summary>The owners of the businesses: they launch their campaigns, change their minds, and resume what was paused.</summary>
internal sealed class Owner(Cluster cluster, Ledger ledger, IReadOnlyList<Business> businesses)
{
    private readonly Machine _machine = cluster.Machine;
    private readonly LaneClock _time = new(cluster.Machine.Clock, cluster.Machine.World);

    /// <summary>How many campaigns have not ended.</summary>
    public int Busy { get; private set; }

    public void Live()
    {
        foreach (var business in businesses)
        {
            foreach (var (campaign, _) in business.Campaigns)
            {
                Busy++;
                _ = _machine.World.Start(() => RunAsync(business, campaign));
            }
        }
    }

    private async Task RunAsync(Business business, CampaignId campaign)
    {
        var key = GrainKeys.Campaign(business.Tenant, campaign);
        await WaitAsync(TimeSpan.Zero, TimeSpan.FromSeconds(10));
        var launch = new LaunchCampaign
        {
            Actor = "owner",
            RequestId = cluster.Ids.NewId().ToString(),
            ScheduleTime = _machine.Chance.Happens(0.2) ? _machine.Clock.Now + _machine.Chance.Between(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(15)) : null,
        };
        // A start time that has come meanwhile is refused, and the campaign is then launched at once.
        if ((await AskAsync(key, grain => grain.Launch(launch))).Outcome == ChangeOutcome.Invalid)
            await AskAsync(key, grain => grain.Launch(new LaunchCampaign { Actor = "owner", RequestId = cluster.Ids.NewId().ToString() }));
        var isChangeable = _machine.Chance.Happens(0.25);
        while (!CampaignMoves.IsFinal(ledger.CampaignState(campaign.ToString())))
        {
            await WaitAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
            if (ledger.CampaignState(campaign.ToString()) == (long)CampaignState.Paused)
                await AskAsync(key, grain => grain.Resume(new CampaignCommand { Actor = "owner" }));
            else if (isChangeable && _machine.Chance.Happens(0.2))
                await AskAsync(key, grain => grain.Cancel(new CampaignCommand { Actor = "owner" }));
            else if (isChangeable && _machine.Chance.Happens(0.4))
                await AskAsync(key, grain => grain.Pause(new PauseCampaign { Actor = "owner", Cause = (int)PauseCause.Owner }));
        }
        Busy--;
    }

    private async Task<ChangeResult> AskAsync(string key, Func<ICampaignGrain, Task<ChangeResult>> ask)
    {
        while (true)
        {
            if (cluster.Up is [_, ..] up)
            {
                var node = _machine.Chance.Pick(up);
                try
                {
                    return await node.Lane.Start(() => ask(node.Grains.GetGrain<ICampaignGrain>(key))).WaitAsync(TimeSpan.FromSeconds(8), _time);
                }
                catch (Exception error) when (GrainCallErrors.MayPass(error))
                {
                    cluster.Trace.Add("owner", $"was not heard: {error.GetType().Name}");
                }
            }
            await WaitAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3));
        }
    }

    private Task WaitAsync(TimeSpan least, TimeSpan most) => Task.Delay(_machine.Chance.Between(least, most), _time);
}
