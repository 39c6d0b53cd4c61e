namespace Herald.Storage.Consents;

/// <summary>What recording a consent event did.</summary>
public sealed record class ConsentRecordResult
{
    /// <summary>False when the contact's ledger knew that evidence; then nothing was changed and no outbox message was added.</summary>
    public required bool Recorded { get; init; }

    /// <summary>
    /// True when the tenant has no such contact (any more): nothing was recorded, and the projection is empty. Whoever knows the person by an
    /// identity looks them up again.
    /// </summary>
    public bool ContactAbsent { get; init; }

    /// <summary>The tenant-wide projection now.</summary>
    public required ConsentRow Projection { get; init; }

    /// <summary>How many queued marketing messages became Suppressed.</summary>
    public required int Suppressed { get; init; }
}
