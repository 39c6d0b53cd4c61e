using System.Globalization;

namespace Herald.Benchmarks.World;

/// <summary>What the kernel tells of this process and of others. Linux only; zero elsewhere.</summary>
internal static class ProcessFigures
{
    private const double TicksPerSecond = 100;

    /// <summary>The most memory that this process ever held, in bytes.</summary>
    public static long PeakBytes => Status("VmHWM");

    /// <summary>Forgets the peak, so that the next one is of what follows.</summary>
    public static void ResetPeak()
    {
        if (OperatingSystem.IsLinux())
            File.WriteAllText("/proc/self/clear_refs", "5");
    }

    /// <summary>Processor time of these processes together, those that are gone left out.</summary>
    public static TimeSpan ProcessorTime(IEnumerable<int> processes)
    {
        var ticks = 0L;
        foreach (var file in processes.Select(process => $"/proc/{process}/stat").Where(File.Exists))
        {
            // The name stands in brackets and may hold blanks; user and system time are the 12th and 13th field behind it.
            var text = File.ReadAllText(file);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            ticks += long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        }
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    private static long Status(string name)
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
