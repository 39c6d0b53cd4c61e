namespace Herald.Domain.Senders;

/// <summary>What a sender is for.</summary>
public enum SenderKind
{
    /// <summary>Sends campaigns and replies of a tenant.</summary>
    Business = 1,

    /// <summary>A control number, on which owners chat.</summary>
    Control = 2,
}
