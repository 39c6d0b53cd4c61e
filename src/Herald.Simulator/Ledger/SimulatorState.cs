namespace Herald.Simulator;

/// <summary>Counts since the start or the last reset.</summary>
public sealed record SimulatorState
{
    /// <summary>Sends accepted.</summary>
    public required long AcceptedSends { get; init; }

    /// <summary>Sends accepted, by phone number id.</summary>
    public required IReadOnlyDictionary<string, long> AcceptedByNumber { get; init; }

    /// <summary>Template sends accepted, by category in upper case, and <c>SERVICE</c> for free-form ones.</summary>
    public required IReadOnlyDictionary<string, long> AcceptedByCategory { get; init; }

    /// <summary>Different values of <c>biz_opaque_callback_data</c> among them.</summary>
    public required long DistinctCallbackData { get; init; }

    /// <summary>Sends whose <c>biz_opaque_callback_data</c> had come before.</summary>
    public required long DuplicateCallbackData { get; init; }

    /// <summary>Sends refused, by error code.</summary>
    public required IReadOnlyDictionary<int, long> RefusedByCode { get; init; }

    /// <summary>Statuses told by webhook, by name, repetitions not counted.</summary>
    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    /// <summary>Failed statuses among them, by code.</summary>
    public required IReadOnlyDictionary<int, long> FailedByCode { get; init; }

    /// <summary>Messages that people wrote or tapped, and their preference changes.</summary>
    public required long Inbound { get; init; }

    /// <summary>Wishes to stop: STOP texts, stop buttons and Meta's own stop.</summary>
    public required long StopsSaid { get; init; }

    /// <summary>Those that the receiver acknowledged.</summary>
    public required long StopsAcknowledged { get; init; }

    /// <summary>Marketing templates that came later than <see cref="LimitOptions.StopGrace"/> after an acknowledged wish to stop.</summary>
    public required long SendsAfterStop { get; init; }

    /// <summary>Webhook POSTs answered 200.</summary>
    public required long WebhookPosts { get; init; }

    /// <summary>Webhook POSTs answered otherwise or not at all.</summary>
    public required long WebhookPostsFailed { get; init; }

    /// <summary>Updates acknowledged.</summary>
    public required long UpdatesAcknowledged { get; init; }

    /// <summary>Updates not yet acknowledged.</summary>
    public required long UpdatesPending { get; init; }

    /// <summary>Updates never posted or given up: no callback, no subscription, horizon passed, too many waiting.</summary>
    public required long UpdatesDropped { get; init; }

    /// <summary>Things still to happen: statuses, replies, reviews, repetitions.</summary>
    public required int ScheduledEvents { get; init; }

    /// <summary>Calls that a fault hit.</summary>
    public required long FaultsInjected { get; init; }

    /// <summary>Whether nothing is scheduled and no webhook waits.</summary>
    public bool IsQuiet => ScheduledEvents == 0 && UpdatesPending == 0;
}
