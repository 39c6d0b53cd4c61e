namespace Herald.Storage.Webhooks;

/// <summary>A webhook delivery to be stored.</summary>
public sealed record class InboxDelivery
{
    /// <summary>The delivery; made in order of arrival.</summary>
    public required Guid Id { get; init; }

    /// <summary>The raw body.</summary>
    public required byte[] Body { get; init; }

    /// <summary>The hash of the body; a second delivery with the same hash is not stored.</summary>
    public required byte[] BodyHash { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset ReceiveTime { get; init; }

    /// <summary>False when it is to be processed at once; else others may gather first. Not stored.</summary>
    public bool CanWait { get; init; }
}
