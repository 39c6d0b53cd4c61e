using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;

namespace Herald.Simulator;

/// <summary>The command line of the executable.</summary>
internal static class SimulatorCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Option<Uri?> Urls = new("--urls")
    {
        Description = "Loopback address to listen on; port 0 takes a free one.",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080"),
        CustomParser = ToUrl,
    };

    private static readonly Option<long> Seed = new("--seed") { Description = "Seed of every chance.", DefaultValueFactory = _ => 1 };
    private static readonly Option<Uri?> Callback = new("--callback") { Description = "Where webhooks go.", CustomParser = ToUrl };
    private static readonly Option<string> AppId = new("--app-id") { Description = "Id of the app.", DefaultValueFactory = _ => SimulatorOptions.AppIdDefault };

    private static readonly Option<string> AppSecret = new("--app-secret")
    {
        Description = "Secret of the app, the key of webhook signatures.",
        DefaultValueFactory = _ => SimulatorOptions.AppSecretDefault,
    };

    private static readonly Option<string> VerifyToken = new("--verify-token")
    {
        Description = "Token of the handshake.",
        DefaultValueFactory = _ => SimulatorOptions.VerifyTokenDefault,
    };

    private static readonly Option<double> TimeScale = new("--time-scale")
    {
        Description = "Factor on the delays of statuses and replies; 0.1 is ten times faster.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<int?> PerSecond = new("--per-second")
    {
        Description = "Messages a second of every number, whatever its level; 0 is no limit.",
    };

    private static readonly Option<bool> Calm = new("--calm") { Description = "Everything is delivered and nobody replies." };

    private static readonly Option<string[]> Business = new("--business")
    {
        Description = "A business to create, NAME:PHONE or NAME:PHONE:HIGH; may be repeated.",
        DefaultValueFactory = _ => ["Lucky Shrub:15550783881", "Herald Control:15550100200"],
    };

    /// <summary>Serves until the process or the token is told to end; what it serves is printed as JSON when it answers.</summary>
    /// <returns>0 after an orderly end, otherwise the command line was wrong.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellation)
    {
        var command = new RootCommand("A WhatsApp Cloud API on loopback.") { Urls, Seed, Callback, AppId, AppSecret, VerifyToken, TimeScale, PerSecond, Calm, Business };
        command.SetAction((parsed, ending) => ServeAsync(parsed, output, ending));
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, cancellation);
    }

    private static async Task<int> ServeAsync(ParseResult parsed, TextWriter output, CancellationToken cancellation)
    {
        var scale = parsed.GetValue(TimeScale);
        var options = new SimulatorOptions
        {
            Seed = parsed.GetValue(Seed),
            Url = parsed.GetValue(Urls)!,
            CallbackUrl = parsed.GetValue(Callback),
            AppId = parsed.GetValue(AppId)!,
            AppSecret = parsed.GetValue(AppSecret)!,
            VerifyToken = parsed.GetValue(VerifyToken)!,
            Limits = parsed.GetValue(PerSecond) is { } perSecond
                ? new LimitOptions { StandardPerSecond = perSecond, HighPerSecond = perSecond }
                : new LimitOptions(),
            Behaviour = parsed.GetValue(Calm) ? new BehaviourOptions { TimeScale = scale } : BehaviourOptions.Lively(scale),
        };
        foreach (var text in parsed.GetValue(Business)!)
        {
            var parts = text.Split(':');
            if (parts.Length is < 2 or > 3 || (parts.Length == 3 && !parts[2].Equals("HIGH", StringComparison.OrdinalIgnoreCase)))
            {
                await output.WriteLineAsync($"--business is NAME:PHONE or NAME:PHONE:HIGH, not {text}");
                return 2;
            }

            options.AddBusiness(parts[0], new NumberSetup(parts[1]) { Level = parts.Length == 3 ? ThroughputLevel.High : ThroughputLevel.Standard });
        }

        using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        await using var host = await SimulatorHost.StartAsync(options, loggers, TimeProvider.System, cancellation);
        await output.WriteLineAsync(JsonSerializer.Serialize(new { host.BaseAddress, options.AppId, options.Businesses }, Json).AsMemory(), cancellation);
        await output.FlushAsync(cancellation);
        await host.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static Uri? ToUrl(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens.Count > 0 ? result.Tokens[0].Value : "", UriKind.Absolute, out var url))
        {
            return url;
        }

        result.AddError("A URL is absolute, as in http://127.0.0.1:5080.");
        return null;
    }
}
