namespace Herald.Delivery.Senders;

/// <summary>What the end of a request said about the pace.</summary>
internal enum PaceSign
{
    /// <summary>Nothing that was not known.</summary>
    None,

    /// <summary>The sender is too fast, or the other side overloaded.</summary>
    SlowDown,

    /// <summary>Meta works on the number; its level may be another afterwards.</summary>
    Maintenance,

    /// <summary>The person had too many messages of this sender in a short time.</summary>
    PairLimit,

    /// <summary>Meta does not answer any more, or says only that it fails.</summary>
    Outage,

    /// <summary>Meta answers again.</summary>
    OutageOver,
}
