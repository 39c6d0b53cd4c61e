using System.Globalization;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Simulator;
using Spectre.Console;

namespace Herald.Host.Demo;

/// <summary>What the person at the terminal sees: colours and bars on a terminal, plain lines elsewhere.</summary>
internal sealed class DemoScreen
{
    private readonly IAnsiConsole _console;
    private readonly bool _isLive;

    private DemoScreen(IAnsiConsole console, bool isLive)
    {
        _console = console;
        _isLive = isLive;
    }

    public static DemoScreen Create() => new(AnsiConsole.Console, AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Interactive);

    public void Title(string text)
    {
        if (_isLive)
            _console.Write(new Rule($"[bold]{Markup.Escape(text)}[/]").LeftJustified());
        else
            Line(text);
    }

    public void Step(string what, string text)
    {
        if (_isLive)
            _console.MarkupLineInterpolated($"[green]{what,-10}[/] {text}");
        else
            Line($"{what,-10} {text}");
    }

    public void Import(ImportContactsResponse import)
    {
        var summary = import.Summary;
        Step("Contacts", $"{summary.RowCount:N0} rows: {summary.CreatedCount:N0} created, {summary.UpdatedCount + summary.UnchangedCount:N0} known, "
            + $"{summary.RejectedCount:N0} rejected; {summary.ConsentGrantedCount:N0} opted in");
        foreach (var error in import.RowErrors)
            Step("", $"line {error.Line}: {error.Column}: {error.Description}");
    }

    public void ChatLine(string who, string text, params IReadOnlyList<string> offers)
    {
        var offered = offers.Count == 0 ? "" : $"  ({string.Join(" | ", offers)})";
        foreach (var (line, i) in text.Split('\n').Select((line, i) => (line, i)))
        {
            var name = i == 0 ? $"{who}:" : "";
            if (_isLive)
                _console.MarkupLineInterpolated($"   {(who == "Owner" ? "🟩" : "⬜")} [bold]{name,-8}[/] {line}");
            else
                Line($"   {name,-8} {line}");
        }
        if (offered.Length > 0)
            Line($"            {offered.Trim()}");
    }

    /// <summary>Runs <paramref name="work"/>, which draws each update it gets.</summary>
    public Task ProgressAsync(Func<Action<WatchCampaignResponse>, Task> work) =>
        _isLive ? LiveProgressAsync(work) : work(new PlainProgress(Line).Draw);

    public void Report(CampaignReport report, SimulatorState state)
    {
        if (_isLive)
            _console.Write(Table(report));
        foreach (var (figure, count) in _isLive ? [] : DemoReport.Rows(report))
            Step("Report", $"{figure,-60} {count,8:N0}");
        Step("WhatsApp", $"the simulator itself counted {state.AcceptedByCategory.GetValueOrDefault("MARKETING"):N0} campaign messages, "
            + $"{state.DuplicateCallbackData} twice, {state.SendsAfterStop} after STOP; {state.StopsSaid} people said stop");
    }

    private static Table Table(CampaignReport report)
    {
        var table = new Table().Title("Report").RoundedBorder().AddColumn("figure").AddColumn(new TableColumn("people").RightAligned());
        foreach (var (figure, count) in DemoReport.Rows(report))
            table.AddRow(new Text(figure), new Text(count.ToString("N0", CultureInfo.InvariantCulture)));
        return table;
    }

    public void Verdict(IReadOnlyList<string> problems)
    {
        if (problems.Count == 0)
            Step("Verdict", "the figures add up");
        foreach (var problem in problems)
            Problem(problem);
    }

    /// <summary>Says what to try; <paramref name="draft"/> can be launched while Herald keeps serving and is null if it stops.</summary>
    public void WhatNext(DemoWorld world, DemoDraft? draft)
    {
        Line("");
        Line("Try next:");
        Line("  dotnet run --project src/Herald.Host -- demo --recipients 5000 --seed 7");
        Line("  dotnet run --project src/Herald.Host -- demo --stay");
        Line("  dotnet run --project src/Herald.Host           (serves; see README.md for its settings)");
        if (draft is null)
            return;
        Line("");
        Line($"Still serving, until Ctrl+C: gRPC on {world.Grpc}, webhooks on {world.Webhooks}, WhatsApp simulated on {world.Simulator.BaseAddress}");
        Line("For the calls in README.md, paste this into another terminal:");
        // Written past the console, which would break the line at the width of the screen.
        _console.Profile.Out.Writer.WriteLine(
            $"export HERALD={world.Grpc.GetLeftPart(UriPartial.Authority)} ADMIN_KEY={world.AdminKey} TENANT_KEY={draft.Key} CAMPAIGN={draft.Campaign}");
    }

    public void Problem(string text)
    {
        if (_isLive)
            _console.MarkupLineInterpolated($"[red]{"Problem",-10}[/] {text}");
        else
            Line($"{"Problem",-10} {text}");
    }

    /// <summary>Past the console when it is no terminal: it would break lines at a width that nobody has.</summary>
    private void Line(string text)
    {
        if (_isLive)
            _console.WriteLine(text);
        else
            Console.Out.WriteLine(text);
    }

    private Task LiveProgressAsync(Func<Action<WatchCampaignResponse>, Task> work) => _console.Progress()
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
        .StartAsync(async context =>
        {
            var bars = DemoReport.Bars.ToDictionary(bar => bar.Name, bar => context.AddTask(bar.Name));
            await work(update =>
            {
                foreach (var bar in DemoReport.Bars)
                {
                    bars[bar.Name].MaxValue = Math.Max(1, update.CampaignReport.RecipientCount);
                    bars[bar.Name].Value = bar.Count(update.CampaignReport);
                }
            });
        });
}
