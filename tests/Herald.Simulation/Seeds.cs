using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using Herald.Simulation.Nodes;

namespace Herald.Simulation;

/// <summary>Runs many seeds, several at a time, each wholly by itself.</summary>
public static class Seeds
{
    private const int ReportEvery = 100;

    /// <summary>A seed takes about a third of a second, and has its steps counted; one that is still not over after this is stuck within a step.</summary>
    private static readonly TimeSpan LongestSeed = TimeSpan.FromMinutes(3);

    /// <summary>Plays seeds until one breaks a rule, each on one of so many threads of their own.</summary>
    /// <returns>Their results, in no order. After the first violation no further seed is begun.</returns>
    public static IReadOnlyCollection<RunResult> Play(int firstSeed, int seeds, int threads, Action<RunResult> onResult)
    {
        ArgumentNullException.ThrowIfNull(onResult);
        var results = new List<RunResult>();
        var next = firstSeed - 1;
        var isBroken = false;
        Exception? failure = null;
        var playing = new (int Seed, long Since)[threads];
        // In the background: a seed that never ends must not keep the process.
        var workers = Enumerable.Range(0, threads).Select(place => new Thread(() =>
        {
            if (Catch(() => Work(place)) is not { } error)
                return;
            Volatile.Write(ref isBroken, true);
            Interlocked.CompareExchange(ref failure, error, null);
        })
        {
            IsBackground = true,
        }).ToList();
        workers.ForEach(worker => worker.Start());
        foreach (var worker in workers)
        {
            while (!worker.Join(TimeSpan.FromSeconds(1)))
                ThrowIfEndless();
        }
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return results;

        void ThrowIfEndless()
        {
            lock (playing)
            {
                foreach (var (seed, since) in playing)
                {
                    if (seed != 0 && Stopwatch.GetElapsedTime(since) > LongestSeed)
                        throw new TimeoutException($"Seed {seed} is not over after {LongestSeed.TotalSeconds:f0} s.");
                }
            }
        }

        void Begin(int place, int seed)
        {
            lock (playing)
                playing[place] = (seed, Stopwatch.GetTimestamp());
        }

        void Work(int place)
        {
            using var template = TemplateDatabase.Create($"sim-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
            for (var seed = Interlocked.Increment(ref next); seed < firstSeed + seeds && !Volatile.Read(ref isBroken); seed = Interlocked.Increment(ref next))
            {
                Begin(place, seed);
                var result = PlayOne(seed, template, null);
                lock (results)
                {
                    results.Add(result);
                    onResult(result);
                }
                if (result.Violation is not null)
                    Volatile.Write(ref isBroken, true);
            }
            Begin(place, 0);
        }
    }

    /// <summary>Plays one seed and hands out its trace, line by line.</summary>
    public static RunResult PlayOne(int seed, Action<string>? write)
    {
        RunResult? result = null;
        Exception? failure = null;
        // On a thread of its own: the caller's may carry a context that would take work away from the machine.
        var worker = new Thread(() => failure = Catch(() =>
        {
            using var template = TemplateDatabase.Create($"sim-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
            result = PlayOne(seed, template, write);
        }));
        worker.Start();
        worker.Join();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return result ?? throw new InvalidOperationException($"Seed {seed} has no result.");
    }

    /// <summary>Plays the seeds of a command line and prints how it goes. The exit code: 0 when all rules held, else 1.</summary>
    internal static int Play(Arguments arguments)
    {
        var started = Stopwatch.GetTimestamp();
        if (arguments.Traces)
        {
            for (var seed = arguments.FirstSeed; seed < arguments.FirstSeed + arguments.Seeds; seed++)
            {
                var result = PlayOne(seed, Console.Out.WriteLine);
                Console.WriteLine(Describe(result));
                if (result.Violation is not null)
                    return 1;
            }
            return 0;
        }
        var done = 0;
        var results = Play(arguments.FirstSeed, arguments.Seeds, arguments.Threads, result =>
        {
            if (++done % ReportEvery == 0 || result.Violation is not null)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(started).TotalSeconds,7:f1} s, {done} seeds: {Describe(result)}"));
        });
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{results.Count} seeds in {Stopwatch.GetElapsedTime(started).TotalSeconds:f1} s, {results.Sum(result => result.Messages)} messages, {results.Sum(result => result.Unknown)} unknown, {results.Sum(result => result.Steps)} steps, {results.Sum(result => result.Elapsed.TotalHours):f1} h of time"));
        return results.Any(result => result.Violation is not null) ? 1 : 0;
    }

    /// <summary>What the work threw, so that it ends the caller's thread and not the process.</summary>
    private static Exception? Catch(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    private static RunResult PlayOne(int seed, TemplateDatabase template, Action<string>? write)
    {
        try
        {
            return Run.Play(seed, template, write);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Seed {seed} could not be played to its end.", error);
        }
    }

    private static string Describe(RunResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"seed {result.Seed}: {result.Violation ?? "all rules held"}; {result.Messages} messages, {result.Steps} steps, {result.Elapsed.TotalSeconds:f0} s, trace {result.TraceHash:x16}");
}
