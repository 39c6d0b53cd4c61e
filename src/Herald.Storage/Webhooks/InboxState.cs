namespace Herald.Storage.Webhooks;

/// <summary>Where a webhook delivery is in its life.</summary>
public enum InboxState
{
    /// <summary>To be processed.</summary>
    Waiting = 1,

    /// <summary>Processed.</summary>
    Done = 2,

    /// <summary>Parked: it failed too often.</summary>
    Dead = 3,
}
