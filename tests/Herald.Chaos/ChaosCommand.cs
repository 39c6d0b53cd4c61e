using System.CommandLine;
using System.Globalization;

namespace Herald.Chaos;

/// <summary>The command line.</summary>
internal static class ChaosCommand
{
    private static readonly Option<int?> Recipients = Number("--recipients", "Messages of all campaigns together", ChaosOptions.Full.Recipients, 100, 1_000_000);
    private static readonly Option<int?> Senders = Number("--senders", "Senders, each with a campaign of its own", ChaosOptions.Full.Senders, 1, 20);
    private static readonly Option<int?> Hosts = Number("--hosts", "Host processes", ChaosOptions.Full.Hosts, 2, 8);
    private static readonly Option<int?> Faults = Number("--faults", "Percent of sends that the simulated WhatsApp harms", ChaosOptions.Full.FaultPercent, 0, 50);
    private static readonly Option<int?> Seed = Number("--seed", "Seed of who answers what and of when which trouble comes", ChaosOptions.Full.Seed, 0, int.MaxValue);

    private static readonly Option<int?> Duration = Number(
        "--duration", "Minutes after which the trouble ends, whatever is left to send", (int)ChaosOptions.Full.Duration.TotalMinutes, 1, 600);

    private static readonly Option<bool> Short = new("--short") { Description = "The run that is one of the tests: fewer recipients, shorter leases and time-outs." };

    /// <summary>Runs and judges.</summary>
    /// <returns>0 when all that must hold holds, 1 when something does not, 2 when the command line is wrong.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellation)
    {
        var root = new RootCommand("Real hosts, killed, suspended and cut off while they send, and what must hold when it is over.")
        {
            Recipients, Senders, Hosts, Faults, Seed, Duration, Short,
        };
        root.SetAction(async (parsed, ct) =>
        {
            var kind = parsed.GetValue(Short) ? ChaosOptions.Short : ChaosOptions.Full;
            var options = kind with
            {
                Recipients = parsed.GetValue(Recipients) ?? kind.Recipients,
                Senders = parsed.GetValue(Senders) ?? kind.Senders,
                Hosts = parsed.GetValue(Hosts) ?? kind.Hosts,
                FaultPercent = parsed.GetValue(Faults) ?? kind.FaultPercent,
                Seed = parsed.GetValue(Seed) ?? kind.Seed,
                Duration = parsed.GetValue(Duration) is { } minutes ? TimeSpan.FromMinutes(minutes) : kind.Duration,
            };
            var verdict = await ChaosRun.RunAsync(options, output, ct);
            verdict.Print(output);
            return verdict.Holds ? 0 : 1;
        });
        var parse = root.Parse(args);
        var ending = new InvocationConfiguration { Output = output, Error = output };
        return parse.Errors.Count > 0 ? Math.Max(2, await parse.InvokeAsync(ending, cancellation)) : await parse.InvokeAsync(ending, cancellation);
    }

    private static Option<int?> Number(string name, string description, int usual, int min, int max)
    {
        var option = new Option<int?>(name) { Description = string.Create(CultureInfo.InvariantCulture, $"{description}; {min:N0} to {max:N0}, default {usual:N0}.") };
        option.Validators.Add(result =>
        {
            if (result.GetValue(option) is { } value && (value < min || value > max))
                result.AddError($"{name} is {value}: it must be {min} to {max}.");
        });
        return option;
    }
}
