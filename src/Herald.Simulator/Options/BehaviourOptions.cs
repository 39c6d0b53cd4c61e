namespace Herald.Simulator;

/// <summary>What recipients do with the messages they get. The defaults are calm: all delivered, 60 % read, no replies.</summary>
public sealed class BehaviourOptions
{
    /// <summary>
    /// Factor on every delay of this class; 1 (default) is real time, 0.01 a hundred times faster, 0 at once.
    /// Limits and windows are not scaled. Not negative.
    /// </summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>From accepted to <c>sent</c>. Default 0.2 to 2 s.</summary>
    public DelayRange SentDelay { get; init; } = new(TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(2));

    /// <summary>From <c>sent</c> to <c>delivered</c>. Default 0.5 to 5 s.</summary>
    public DelayRange DeliveredDelay { get; init; } = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(5));

    /// <summary>From <c>delivered</c> to <c>read</c>. Default 1 to 30 s.</summary>
    public DelayRange ReadDelay { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>From the last status to a reply. Default 2 to 20 s.</summary>
    public DelayRange ReplyDelay { get; init; } = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20));

    /// <summary>Share of sent messages that are delivered; the rest stay <c>sent</c>. 0 to 1, default 1.</summary>
    public double DeliveredShare { get; init; } = 1;

    /// <summary>Share of delivered messages that are read. 0 to 1, default 0.6.</summary>
    public double ReadShare { get; init; } = 0.6;

    /// <summary>
    /// Share of template messages that fail, by code; the sum is at most 1. Default empty. Code 131026 (not on WhatsApp) holds for a
    /// person for ever, the others are drawn for each message.
    /// </summary>
    public IReadOnlyDictionary<int, double> FailureShares { get; init; } = new Dictionary<int, double>();

    /// <summary>Share of the failing messages that get <c>sent</c> before <c>failed</c>. 0 to 1, default 0.</summary>
    public double FailAfterSentShare { get; init; }

    /// <summary>What people answer to a marketing template, by share; the sum is at most 1. Default empty.</summary>
    public IReadOnlyList<ReplyRule> Replies { get; init; } = [];

    /// <summary>Share of status updates that are posted twice. 0 to 1, default 0.</summary>
    public double DuplicateShare { get; init; }

    /// <summary>Share of messages whose <c>sent</c> is posted after their <c>delivered</c>. 0 to 1, default 0.</summary>
    public double ReorderShare { get; init; }

    /// <summary>Whole messages that count as a wish to stop, compared without case and outer blanks.</summary>
    public IReadOnlyList<string> StopTexts { get; init; } =
        ["STOP", "Stop promotions", "Unsubscribe", "BAJA", "SAIR", "ARRET", "STOPP", "BERHENTI", "إيقاف", "बंद"];

    /// <summary>Whole messages that lift an earlier wish to stop.</summary>
    public IReadOnlyList<string> StartTexts { get; init; } = ["START", "UNSTOP"];

    /// <summary>Per-person rules by phone (digits), before every share above. Default empty.</summary>
    public IReadOnlyDictionary<string, RecipientBehaviour> Recipients { get; init; } = new Dictionary<string, RecipientBehaviour>();

    /// <summary>
    /// A lively crowd for demonstrations: about 4 % failures of four kinds, 65 % read, replies with STOP, a tap on "Stop promotions", Meta's own
    /// stop and small talk, and a few duplicated and reordered statuses.
    /// </summary>
    /// <param name="timeScale">Value of <see cref="TimeScale"/>.</param>
    public static BehaviourOptions Lively(double timeScale) => new()
    {
        TimeScale = timeScale,
        DeliveredShare = 0.97,
        ReadShare = 0.65,
        FailureShares = new Dictionary<int, double> { [131026] = 0.02, [131049] = 0.01, [130472] = 0.005, [131053] = 0.005 },
        FailAfterSentShare = 0.25,
        Replies =
        [
            new ReplyRule(0.02, ReplyKind.Text, "STOP"),
            new ReplyRule(0.01, ReplyKind.TemplateButton, "Stop promotions"),
            new ReplyRule(0.005, ReplyKind.PreferenceStop, ""),
            new ReplyRule(0.015, ReplyKind.Text, "Thank you!"),
            new ReplyRule(0.01, ReplyKind.Text, "¿Hasta cuándo es la oferta? 🙂"),
        ],
        DuplicateShare = 0.02,
        ReorderShare = 0.02,
    };
}
