using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Templates;

namespace Herald.Host.Tests.Failures;

/// <summary>
/// What each code of Meta's leads to, written down once more and not taken from the table it checks. A code of the table that is missing here
/// fails a test.
/// </summary>
internal static class Expectations
{
    private static readonly Expected Fails = new(MessageEnd.Failed);
    private static readonly Expected IsRetried = new(MessageEnd.FailedAfterARetry);
    private static readonly Expected Waits = new(MessageEnd.WaitsForMinutes);
    private static readonly Expected IsRetriedInTurn = new(MessageEnd.FailedAfterItsTurn);
    private static readonly Expected IsUnknown = new(MessageEnd.Unknown);
    private static readonly Expected SlowsDown = IsRetried with { Audit = "ThrottleSender" };
    private static readonly Expected MarksContact = Fails with { IsUnreachable = true, Audit = "MarkContactUnreachable" };
    private static readonly Expected OptsOut = Fails with { IsOptedOut = true };
    private static readonly Expected ClosesCountry = Fails with { Audit = "CloseCountry" };
    private static readonly Expected Withholds = new(MessageEnd.WaitsForADay) { Audit = "HoldContact" };

    private static readonly Expected PausesCampaign = new(MessageEnd.WaitsWithItsCampaign)
    {
        Campaign = PauseCause.TemplatePaused,
        Notice = "was paused: WhatsApp paused the template",
        Audit = "PauseCampaign",
    };

    private static readonly Expected PausesCategory = PausesCampaign with { PausesTheOtherCampaign = true, Notice = "paused: WhatsApp paused the template" };
    private static readonly Expected PausesTemplate = PausesCampaign with { Template = TemplateState.Paused, Audit = "PauseTemplate" };
    private static readonly Expected DisablesTemplate = PausesTemplate with { Template = TemplateState.Disabled };

    private static readonly Expected StopsNumber = new(MessageEnd.WaitsWithItsCampaign)
    {
        Campaign = PauseCause.SenderUnavailable,
        Sender = SenderState.Restricted,
        Notice = "does not let this number send",
        Audit = "RestrictSender",
    };

    private static readonly Expected StopsMarketing = StopsNumber with
    {
        Sender = SenderState.Throttled,
        Notice = "sends no marketing",
        Audit = "ThrottleSender",
    };

    private static readonly Expected LacksPermission = StopsNumber with { ReachesTheOtherNumber = true, Notice = "denies a permission" };
    private static readonly Expected CannotPay = LacksPermission with { Notice = "cannot charge" };
    private static readonly Expected IsLocked = LacksPermission with { Notice = "has blocked the business account" };

    private static readonly Expected IsDisconnected = LacksPermission with
    {
        Campaign = PauseCause.TokenInvalid,
        Sender = SenderState.Disconnected,
        Notice = "is disconnected",
        Audit = "DisconnectSender",
    };

    private static readonly (Expected Expected, int[] Codes)[] ByCode =
    [
        (IsDisconnected, [0, 104, 190]),
        (IsUnknown, [1, 2, 131000, 131016]),
        (LacksPermission, [3, 10, 200, 131005]),
        (IsRetried, [4, 17, 613, 80007, 80008]),
        (IsRetriedInTurn, [131056]),
        (StopsNumber, [33, 803, 131035, 131037, 131045, 133005, 133006, 133008, 133009, 133010, 133016]),
        (StopsMarketing, [131048]),
        (IsLocked, [368, 131031]),
        (CannotPay, [131042]),
        (SlowsDown, [130429]),
        (Waits, [131057, 133000, 133004, 133015, 134101, 2494100]),
        (MarksContact, [131026, 131030]),
        (Withholds, [131049]),
        (OptsOut, [131050]),
        (PausesTemplate, [132015]),
        (DisablesTemplate, [132016]),
        (PausesCampaign, [131055, 131061, 132001, 132007, 132068, 132069, 134100]),
        (PausesCategory, [131063, 131064, 134102]),
        (ClosesCountry, [130497]),
        (Fails,
        [
            100, 130403, 130472, 131008, 131009, 131021, 131036, 131047, 131051, 131052, 131053, 131060, 131062, 132000, 132005, 132012,
            132018, 134011, 135000, 136024, 136025, 137000, 138000, 139000, 139100, 147001, 200005, 1752041, 2388001, 2388012, 2388019, 2388023,
            2388024, 2388039, 2388040, 2388043, 2388046, 2388047, 2388072, 2388073, 2388091, 2388093, 2388103, 2388155, 2388185, 2388293, 2388299,
            2593107, 2593108, 2593109,
        ]),
    ];

    private static readonly (Expected Expected, int Code, int[] Subcodes)[] BySubcode =
    [
        (StopsNumber, 100, [33]),
        (Waits, 100, [2494100]),
        (IsDisconnected, 190, [458, 460, 463, 467]),
        (Fails, 10, [2388185]),
        (Fails, 139000, [4233020]),
        (Fails, 100,
        [
            2388001, 2388012, 2388019, 2388023, 2388024, 2388039, 2388040, 2388043, 2388046, 2388047, 2388072, 2388073, 2388091, 2388093, 2388103,
            2388155, 2388293, 2388299, 2593107, 2593108, 2593109,
        ]),
    ];

    /// <summary>Refusals in the answer, by code and subcode.</summary>
    public static IReadOnlyDictionary<(int Code, int? Subcode), Expected> InAnswers { get; } = ByCode
        .SelectMany(group => group.Codes.Select(code => (Key: (code, (int?)null), group.Expected)))
        .Concat(BySubcode.SelectMany(group => group.Subcodes.Select(subcode => (Key: (group.Code, (int?)subcode), group.Expected))))
        .ToDictionary(pair => pair.Key, pair => pair.Expected);

    /// <summary>
    /// Codes that come by webhook too: those of sends, not those of registration and management. There the message is known not to have arrived, so what
    /// leaves the outcome open in an answer is tried again; a node that did not get the answer itself does not hold the person's messages back.
    /// </summary>
    public static IReadOnlyDictionary<int, Expected> InStatuses { get; } = ByCode
        .SelectMany(group => group.Codes.Select(code => (Code: code, group.Expected)))
        .Where(pair => pair.Code is 1 or 2 or 4 or 368 or (>= 130_000 and < 133_000) or (>= 134_000 and < 136_000) or 137000)
        .ToDictionary(pair => pair.Code, pair => pair.Expected == IsUnknown || pair.Expected == IsRetriedInTurn ? IsRetried : pair.Expected);

    /// <summary>Codes that the table lacks, by the HTTP status of the answer.</summary>
    public static IReadOnlyDictionary<int, Expected> OfUnlisted { get; } = new Dictionary<int, Expected>
    {
        [400] = Fails,
        [401] = IsDisconnected,
        [403] = Fails,
        [404] = Fails,
        [429] = SlowsDown,
        [500] = IsUnknown,
        [503] = IsUnknown,
    };
}
