using System.Globalization;
using System.Text.RegularExpressions;
using Grpc.Core;
using Herald.Api.Tenants;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Templates.V1;
using Herald.Contracts.Tenants.V1;

namespace Herald.Host.Demo;

/// <summary>The story of the demo, step by step.</summary>
internal sealed partial class DemoRun(DemoWorld world, DemoOptions options, DemoScreen screen)
{
    private const string OwnerPhone = "34622000001";
    private const int EarlyStops = 5;
    private static readonly TimeSpan ApprovalTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuietTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>What is left to launch, once the run is over; null if Herald does not stay.</summary>
    public DemoDraft? Draft { get; private set; }

    /// <returns>What does not add up; empty if all is well.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        using var partner = new DemoPartner(world.Grpc, world.Ids);
        screen.Title($"Herald demo: {options.Recipients:N0} recipients, seed {options.Seed}, {(options.IsOnPostgreSql ? "PostgreSQL" : "SQLite")}");
        var tenant = await partner.CreateTenantAsync(world.AdminKey, ct);
        var key = await partner.CreateKeyAsync(world.AdminKey, tenant.Name, ct);
        screen.Step("Tenant", $"{tenant.DisplayName} ({tenant.Name}) and an API key of its own, over gRPC");

        var system = $"tenants/{FirstStart.SystemTenant}";
        var control = await partner.ConnectAsync(world.AdminKey, system, world.Operator, SenderKind.Control, ct);
        var sender = await partner.ConnectAsync(key, tenant.Name, world.Bakery, SenderKind.Business, ct);
        screen.Step("Numbers", $"{sender.DisplayPhoneNumber} sends, {sender.MessagesPerSecond} messages a second; {control.DisplayPhoneNumber} is the control number");

        var template = await ApprovedTemplateAsync(partner, key, tenant.Name, ct);
        var list = await partner.CreateListAsync(key, tenant.Name, ct);
        var import = await partner.ImportAsync(key, tenant.Name, list.Name, DemoAudience.Csv(options.Recipients, world.Time.GetUtcNow()), ct);
        screen.Import(import);

        var campaign = await partner.CreateCampaignAsync(key, tenant.Name, NewCampaign("Autumn offer", template, sender, list), ct);
        await LaunchByChatAsync(partner, key, tenant.Name, control, campaign, ct);
        await WatchAsync(partner, key, campaign.Name, ct);
        await world.Simulator.Control.WaitUntilQuietAsync(QuietTimeout, ct);
        var report = await SettledReportAsync(partner, key, campaign.Name, ct);
        var state = world.Simulator.Control.GetState();
        screen.Report(report, state);
        if (options.Stay)
        {
            var second = NewCampaign("Autumn offer, second round", template, sender, list);
            Draft = new DemoDraft(key, (await partner.CreateCampaignAsync(key, tenant.Name, second, ct)).Name);
        }
        return [.. ImportProblems(import), .. DemoCheck.Problems(report, state, options.Recipients)];
    }

    private async Task<Template> ApprovedTemplateAsync(DemoPartner partner, string key, string tenant, CancellationToken ct)
    {
        var template = await partner.CreateTemplateAsync(key, tenant, world.Bakery.WabaId, ct);
        screen.Step("Template", $"{template.TemplateName} submitted, {Word(template.State)}");
        var deadline = world.Time.GetUtcNow() + ApprovalTimeout;
        while (template.State == TemplateState.Pending && world.Time.GetUtcNow() < deadline)
        {
            await Task.Delay(PollInterval, world.Time, ct);
            template = await partner.GetTemplateAsync(key, template.Name, ct);
        }
        if (template.State != TemplateState.Approved)
            throw new DemoException($"The template is {Word(template.State)}, not APPROVED.");
        screen.Step("Template", $"{template.TemplateName} {Word(template.State)}, told by webhook");
        return template;
    }

    private static Campaign NewCampaign(string displayName, Template template, Sender sender, ContactList list) => new()
    {
        DisplayName = displayName,
        Template = template.Name,
        Sender = sender.Name,
        ContactList = list.Name,
        Parameters =
        {
            ["body.1"] = new ParameterSource { Attribute = "display_name", Fallback = "friend" },
            ["body.2"] = new ParameterSource { Attribute = "offer", Fallback = "10%" },
        },
    };

    private async Task LaunchByChatAsync(
        DemoPartner partner, string key, string tenant, Sender control, Campaign campaign, CancellationToken ct)
    {
        var link = await partner.CreateLinkCodeAsync(key, tenant, ct);
        screen.Step("Owner", $"links a phone by {link.LinkUri}");
        var chat = new DemoChat(world.Simulator.Control, OwnerPhone, control.PhoneNumberId, screen);
        await chat.SayAsync(link.Code, ct);
        await chat.SayAsync("launch", ct);
        var confirmation = chat.Last!.Rows.Count > 0 || chat.Last.Buttons.Any(button => button.Title.StartsWith(campaign.DisplayName, StringComparison.Ordinal))
            ? await chat.TapAsync(campaign.DisplayName, ct)
            : chat.Last;
        var code = OneTimeCode().Match(confirmation.Body);
        if (!code.Success)
            throw new DemoException("The control number asked for no one-time code.");
        await chat.SayAsync(code.Value, ct);
    }

    /// <summary>Follows the campaign to its end; on the way some people who were not sent anything yet say STOP.</summary>
    private async Task WatchAsync(DemoPartner partner, string key, string campaign, CancellationToken ct)
    {
        using var watch = partner.Watch(key, campaign, ct);
        var early = false;
        await screen.ProgressAsync(async draw =>
        {
            await foreach (var update in watch.ResponseStream.ReadAllAsync(ct))
            {
                draw(update);
                if (!early && update.CampaignReport.SentTotal > 0)
                {
                    early = true;
                    await SayStopAsync();
                }
                if (update.Campaign.State is CampaignState.Completed or CampaignState.Cancelled or CampaignState.Failed)
                    return;
            }
        });
    }

    private async Task SayStopAsync()
    {
        var business = world.Bakery.Numbers[0].PhoneNumberId;
        for (var i = 0; i < EarlyStops; i++)
        {
            var person = options.Recipients - 1 - i;
            await world.Simulator.Control.SendTextAsync(DemoAudience.Phone(person), business, i % 2 == 0 ? "STOP" : "baja", null);
        }
    }

    /// <summary>The last webhooks are acknowledged before they are processed; the figures stand still when two reports agree and nothing is open.</summary>
    private async Task<CampaignReport> SettledReportAsync(DemoPartner partner, string key, string campaign, CancellationToken ct)
    {
        var before = await partner.GetReportAsync(key, campaign, ct);
        for (var still = 0; still < 5;)
        {
            await Task.Delay(PollInterval, world.Time, ct);
            var now = await partner.GetReportAsync(key, campaign, ct);
            still = DemoCheck.Same(before, now) ? still + 1 : 0;
            before = now;
        }
        return before;
    }

    private IEnumerable<string> ImportProblems(ImportContactsResponse import)
    {
        if (import.Summary.CreatedCount != options.Recipients)
            yield return $"The import created {import.Summary.CreatedCount} contacts, not {options.Recipients}.";
        if (import.Summary.RejectedCount != 1)
            yield return $"The import rejected {import.Summary.RejectedCount} rows, not 1.";
    }

    private static string Word(TemplateState state) => state.ToString().ToUpper(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b\d{4,6}\b")]
    private static partial Regex OneTimeCode();
}
