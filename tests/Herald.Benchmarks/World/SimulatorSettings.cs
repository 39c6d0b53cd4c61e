using Herald.Simulator;

namespace Herald.Benchmarks.World;

/// <summary>The simulated WhatsApp of a benchmark: everything is delivered and read, nobody replies.</summary>
/// <param name="Callback">Where webhooks go.</param>
/// <param name="TimeScale">Factor on the delays of the statuses, which are 50 to 300 ms each: no two of a message are told together.</param>
/// <param name="HasLimits">Whether the number's throughput is enforced.</param>
/// <param name="IsHigh">1,000 messages a second rather than 80.</param>
internal sealed record SimulatorSettings(Uri Callback, double TimeScale, bool HasLimits, bool IsHigh)
{
    public SimulatorOptions ToOptions()
    {
        var options = new SimulatorOptions
        {
            Seed = 7,
            CallbackUrl = Callback,
            Behaviour = new BehaviourOptions
            {
                TimeScale = TimeScale,
                ReadShare = 1,
                SentDelay = new DelayRange(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100)),
                DeliveredDelay = new DelayRange(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(200)),
                ReadDelay = new DelayRange(TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(300)),
            },
            Limits = new LimitOptions
            {
                StandardPerSecond = HasLimits ? 80 : 0,
                HighPerSecond = HasLimits ? 1_000 : 0,
                PairInterval = TimeSpan.Zero,
                InboxPerPhoneMax = 0,
            },
            Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.FromSeconds(0.5) },
        };
        options.AddBusiness("Luna Bakery", new NumberSetup("34911000002") { Level = IsHigh ? ThroughputLevel.High : ThroughputLevel.Standard });
        return options;
    }
}
