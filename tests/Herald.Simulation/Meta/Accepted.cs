using Herald.Domain.Messages;

namespace Herald.Simulation.Meta;

/// <summary>A message that Meta took, and what Meta has said of it or will say.</summary>
internal sealed record Accepted(Guid Message, string PhoneNumberId, string Phone, string Wamid)
{
    /// <summary>The statuses that are told by webhook, each at least once.</summary>
    public List<MessageState> Told { get; } = [];
}
