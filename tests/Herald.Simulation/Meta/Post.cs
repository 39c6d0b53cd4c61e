using Herald.Simulation.Nodes;

namespace Herald.Simulation.Meta;

/// <summary>One request to send, from the moment it is written.</summary>
internal sealed record Post(SimNode Node, Guid Message, string PhoneNumberId, string Phone, string? Template)
{
    /// <summary>The attempt that it belongs to.</summary>
    public required long Attempt { get; init; }

    /// <summary>The node has read an answer, or learned that nothing left, so that a repetition sends nothing twice.</summary>
    public bool IsSurelyNotAccepted { get; set; }
}
