using System.CommandLine;
using System.Data.Common;
using Herald.Contracts;
using Herald.Domain.Campaigns;
using Herald.Domain.Tenants;
using Herald.Storage;
using Herald.Storage.Campaigns;
using Herald.Storage.Migrations;
using Herald.Storage.Repair;
using Herald.Storage.Tenants;

namespace Herald.Host.Start;

/// <summary>Proves that the figures of campaigns add up and that no message is stuck, and mends what a mistake left.</summary>
internal static class RepairCommand
{
    private const int PageSize = 500;
    private const int NothingWrong = 0;
    private const int SomethingWrong = 1;
    private const int NotDone = 2;

    public static Command Create()
    {
        var campaign = new Option<string?>("--campaign") { Description = "Only this campaign, tenants/{tenant}/campaigns/{campaign}. Default: all, and all messages without one." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what is wrong and change nothing." };
        var command = new Command("repair", """
            Look for what must not be in messages and campaigns, mend it, and stop. Safe while hosts run. Exit code: 0 nothing was wrong; 1 something was, whether
            mended or not; 2 it could not look.
            """.ReplaceLineEndings(" "))
        {
            campaign,
            dryRun,
        };
        command.SetAction((parsed, ct) => RunOrSayWhyNotAsync(parsed.GetValue(campaign), mends: !parsed.GetValue(dryRun), ct));
        return command;
    }

    private static async Task<int> RunOrSayWhyNotAsync(string? campaign, bool mends, CancellationToken ct)
    {
        try
        {
            return await RunAsync(campaign, mends, ct);
        }
        catch (DbException failure)
        {
            await Console.Error.WriteLineAsync($"The database cannot be looked at. {failure.Message}");
            return NotDone;
        }
    }

    private static async Task<int> RunAsync(string? campaign, bool mends, CancellationToken ct)
    {
        var builder = ServeCommand.CreateBuilder([]);
        if (!IsReadable(builder.Configuration[$"{HeraldHost.Section}:Database"]))
        {
            // Not what the reader says: it may repeat a part of the text, which holds a password.
            await Console.Error.WriteLineAsync($"{HeraldHost.Section}__Database is no valid connection string.");
            return NotDone;
        }
        await using var app = HeraldHost.Build(builder);
        var versions = await app.Services.GetRequiredService<IMigrator>().VersionsAsync(ct);
        if (versions.Database != versions.Binary)
        {
            await Console.Error.WriteLineAsync($"The database is at revision {versions.Database}, this program at {versions.Binary}; run 'migrate' first.");
            return NotDone;
        }
        var repair = new RepairRun(app.Services, mends);
        if (campaign is null)
        {
            await repair.AllAsync(ct);
        }
        else if (!CampaignName.TryParse(campaign, out var tenant, out var id)
            || !await repair.CampaignAsync(new TenantId(tenant), new CampaignId(id), ct))
        {
            await Console.Error.WriteLineAsync($"There is no campaign '{campaign}'.");
            return NotDone;
        }
        return repair.Summarize() ? NothingWrong : SomethingWrong;
    }

    /// <summary>Whether the setting can be read; without one there is a default.</summary>
    private static bool IsReadable(string? connection)
    {
        try
        {
            return connection is null || HeraldDatabaseOptions.Parse(connection).ConnectionString.Length > 0;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            return false;
        }
    }

    /// <summary>One run and what it found.</summary>
    private sealed class RepairRun(IServiceProvider services, bool mends)
    {
        private readonly IRepairStore _repairs = services.GetRequiredService<IRepairStore>();
        private readonly ICampaignStore _campaigns = services.GetRequiredService<ICampaignStore>();
        private readonly ITenantStore _tenants = services.GetRequiredService<ITenantStore>();
        private readonly TimeProvider _time = services.GetRequiredService<TimeProvider>();
        private long _campaignCount;
        private long _wrong;
        private long _mended;

        public async Task AllAsync(CancellationToken ct)
        {
            TenantId? after = null;
            while (true)
            {
                var page = await _tenants.ListAsync(after, PageSize, ct);
                foreach (var tenant in page)
                    await TenantAsync(tenant.TenantId, ct);
                if (page.Count < PageSize)
                    break;
                after = page[^1].TenantId;
            }
            Note("messages without a campaign", await _repairs.CheckSinglesAsync(_time.GetUtcNow(), mends, ct));
        }

        public async Task<bool> CampaignAsync(TenantId tenant, CampaignId campaign, CancellationToken ct)
        {
            if (await _campaigns.ReportAsync(tenant, campaign, ct) is not { } report)
                return false;
            var name = CampaignName.Format(tenant.Value, campaign.Value);
            Note(name, await _repairs.CheckCampaignAsync(tenant, campaign, _time.GetUtcNow(), mends, ct));
            // The report is counted state by state; a message in a state that it does not know would be missing here.
            if (report.ByState.Values.Sum() != report.Recipients)
                Note(name, [new RepairFinding("with a report that does not add up", 1, 0)]);
            _campaignCount++;
            return true;
        }

        public bool Summarize()
        {
            Console.WriteLine(_wrong == 0
                ? $"{_campaignCount} campaigns looked at: the figures add up and nothing is stuck."
                : $"{_campaignCount} campaigns looked at: {_wrong} things wrong, {_mended} of them mended.");
            return _wrong == 0;
        }

        private async Task TenantAsync(TenantId tenant, CancellationToken ct)
        {
            CampaignId? after = null;
            while (true)
            {
                var page = await _campaigns.ListAsync(tenant, null, after, PageSize, ct);
                foreach (var campaign in page)
                    await CampaignAsync(tenant, campaign.CampaignId, ct);
                if (page.Count < PageSize)
                    return;
                after = page[^1].CampaignId;
            }
        }

        private void Note(string what, IReadOnlyList<RepairFinding> findings)
        {
            foreach (var finding in findings)
            {
                Console.WriteLine($"{what}: {finding.Count} {finding.Problem}; {finding.Mended} mended");
                (_wrong, _mended) = (_wrong + finding.Count, _mended + finding.Mended);
            }
        }
    }
}
