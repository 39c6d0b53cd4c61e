using System.Globalization;

namespace Herald.Simulation;

/// <summary>What the command line asks for.</summary>
/// <param name="FirstSeed">The first seed.</param>
/// <param name="Seeds">How many, one after the other from the first.</param>
/// <param name="Threads">How many runs go on at the same time.</param>
/// <param name="Traces">Whether everything that happens is printed.</param>
internal sealed record Arguments(int FirstSeed, int Seeds, int Threads, bool Traces)
{
    /// <summary>Null when it cannot be read.</summary>
    public static Arguments? Read(string[] args)
    {
        var result = new Arguments(1, 100, Environment.ProcessorCount, Traces: false);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--trace")
            {
                result = result with { Traces = true, Threads = 1 };
                continue;
            }
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return null;
            switch (args[i++])
            {
                case "--first-seed":
                    result = result with { FirstSeed = number };
                    break;
                case "--seeds" when number > 0:
                    result = result with { Seeds = number };
                    break;
                case "--threads" when number > 0:
                    result = result with { Threads = number };
                    break;
                default:
                    return null;
            }
        }
        return result;
    }

    public static int Explain()
    {
        Console.Error.WriteLine("usage: Herald.Simulation [--first-seed N] [--seeds M] [--threads T] [--trace]");
        return 2;
    }
}
