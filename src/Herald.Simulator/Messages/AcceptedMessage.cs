namespace Herald.Simulator;

/// <summary>A message that the API took.</summary>
internal sealed class AcceptedMessage
{
    public required string Wamid { get; init; }

    public required BusinessNumber Number { get; init; }

    public required Person Person { get; init; }

    /// <summary><c>text</c>, <c>template</c>, <c>interactive</c>, a kind of media, <c>location</c> or <c>reaction</c>.</summary>
    public required string Type { get; init; }

    public Template? Template { get; init; }

    public string? CallbackData { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>The count of messages between this number and this person, from 0.</summary>
    public required long Ordinal { get; init; }

    /// <summary>Whether it was sent inside the customer service window.</summary>
    public required bool InWindow { get; init; }

    /// <summary>Whether Meta finds out later that the media cannot be sent.</summary>
    public required bool MediaFails { get; init; }

    /// <summary>The request as it came; what the phone shows is read from it when somebody looks.</summary>
    public required byte[] Request { get; init; }

    /// <summary>When the phone got it.</summary>
    public DateTimeOffset DeliveredAt { get; set; }

    public bool IsMarketing => Template?.Category == "MARKETING";
}
