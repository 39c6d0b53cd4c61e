namespace Herald.Simulator;

/// <summary>A send that the API accepted.</summary>
/// <param name="Order">Place among all requests, from 1.</param>
/// <param name="Time">When it was accepted.</param>
/// <param name="PhoneNumberId">The sending number.</param>
/// <param name="Phone">Digits of the recipient.</param>
/// <param name="MessageId">The wamid.</param>
/// <param name="CallbackData">Its <c>biz_opaque_callback_data</c>; null without.</param>
/// <param name="Type"><c>text</c>, <c>template</c> or <c>interactive</c>.</param>
/// <param name="TemplateName">Null unless it is a template.</param>
/// <param name="Category"><c>MARKETING</c>, <c>UTILITY</c>, <c>AUTHENTICATION</c>, or <c>SERVICE</c> for free-form messages.</param>
public sealed record SendRecord(
    long Order,
    DateTimeOffset Time,
    string PhoneNumberId,
    string Phone,
    string MessageId,
    string? CallbackData,
    string Type,
    string? TemplateName,
    string Category);

/// <summary>A marketing template whose request came after a STOP of that person was acknowledged.</summary>
/// <param name="Send">The send.</param>
/// <param name="SinceAcknowledged">Time from the acknowledgement to the request.</param>
public sealed record SendAfterStop(SendRecord Send, TimeSpan SinceAcknowledged);

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
