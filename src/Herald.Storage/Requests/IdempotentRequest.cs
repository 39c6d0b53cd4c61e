namespace Herald.Storage.Requests;

/// <summary>What is known about a request id.</summary>
public sealed record class IdempotentRequest
{
    /// <summary>True when this call was the first with its id.</summary>
    public required bool IsNew { get; init; }

    /// <summary>The id for what the request creates; the same for every repetition.</summary>
    public required Guid ResourceId { get; init; }

    /// <summary>The first call's answer; null while there is none.</summary>
    public required byte[]? Response { get; init; }

    /// <summary>False when the first call had another method or content: the id was used for something else.</summary>
    public required bool SameContent { get; init; }
}
