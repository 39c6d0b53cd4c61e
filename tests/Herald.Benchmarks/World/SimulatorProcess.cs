using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Herald.Simulator;

namespace Herald.Benchmarks.World;

/// <summary>
/// The simulated WhatsApp in a process of its own, so that neither its memory nor its allocations count as the host's. It ends with its
/// standard input, however this process ends.
/// </summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    public const string CommandName = "simulator";
    private const string Version = "v25.0";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    private readonly Process _process;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    private SimulatorProcess(Process process, SimulatorSettings settings, Uri address, TimeProvider time)
    {
        _process = process;
        _time = time;
        Options = settings.ToOptions();
        Address = address;
        _http = new HttpClient { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new("Bearer", Business.Token);
    }

    /// <summary>What the process was started with; ids and tokens are the same here and there.</summary>
    public SimulatorOptions Options { get; }

    public Uri Address { get; }

    public SimulatedBusiness Business => Options.Businesses[0];

    public string PhoneNumberId => Business.Numbers[0].PhoneNumberId;

    /// <summary>Where messages are posted.</summary>
    public Uri MessagesAddress => new(Address, $"{Version}/{PhoneNumberId}/messages");

    /// <summary>Processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<SimulatorProcess> StartAsync(SimulatorSettings settings, TimeProvider time, CancellationToken ct)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SimulatorProcess).Assembly.Location, CommandName, .. Arguments(settings)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // It shares the machine with what is measured.
        start.Environment["DOTNET_gcServer"] = "0";
        var process = Process.Start(start) ?? throw new InvalidOperationException("The simulator did not start.");
        var line = await process.StandardOutput.ReadLineAsync(ct).AsTask().WaitAsync(StartLimit, time, ct);
        return line is null
            ? throw new InvalidOperationException("The simulator ended at once.")
            : new SimulatorProcess(process, settings, new Uri(line), time);
    }

    /// <summary>The command of the child process.</summary>
    public static Command CreateCommand()
    {
        var callback = new Option<Uri>("--callback") { Required = true, CustomParser = result => new Uri(result.Tokens[0].Value) };
        var timeScale = new Option<double>("--time-scale");
        var limits = new Option<bool>("--limits");
        var high = new Option<bool>("--high");
        var command = new Command(CommandName, "Serves the simulated WhatsApp until its input ends.") { callback, timeScale, limits, high };
        command.Hidden = true;
        command.SetAction(async (result, ct) =>
        {
            var settings = new SimulatorSettings(result.GetRequiredValue(callback), result.GetValue(timeScale), result.GetValue(limits), result.GetValue(high));
            await using var simulator = await SimulatorHost.StartAsync(settings.ToOptions(), ct);
            Console.WriteLine(simulator.BaseAddress);
            await Console.In.ReadToEndAsync(ct);
            return 0;
        });
        return command;
    }

    public async Task<SimulatorState> GetStateAsync(CancellationToken ct) =>
        await _http.GetFromJsonAsync<SimulatorState>("_simulator/state", Json, ct) ?? throw new InvalidOperationException("The simulator has no state.");

    /// <summary>Waits until all statuses were told and acknowledged.</summary>
    public async Task WaitUntilQuietAsync(TimeSpan poll, CancellationToken ct)
    {
        while (!(await GetStateAsync(ct)).IsQuiet)
            await Task.Delay(poll, _time, ct);
    }

    /// <summary>Switches the account's webhooks on or off; while off, statuses happen and are dropped.</summary>
    public async Task SetSubscribedAsync(bool isSubscribed, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(isSubscribed ? HttpMethod.Post : HttpMethod.Delete, $"{Version}/{Business.WabaId}/subscribed_apps");
        using var response = await _http.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string[] Arguments(SimulatorSettings settings) =>
    [
        "--callback", settings.Callback.ToString(),
        "--time-scale", settings.TimeScale.ToString(CultureInfo.InvariantCulture),
        "--limits", settings.HasLimits ? "true" : "false",
        "--high", settings.IsHigh ? "true" : "false",
    ];
}
