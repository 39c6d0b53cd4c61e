using Herald.Domain.Messages;

namespace Herald.Simulation.Checks;

/// <summary>Whether there is anything left to do.</summary>
internal sealed partial class Ledger
{
    public bool IsAtRest => WaitingDeliveries == 0 && !_messages.Values.Any(message => MessageLifecycle.IsOpen(message.State) || message.IsOwedItsOutcome)
        && _campaigns.Values.All(CampaignMoves.IsFinal);

    public int CountUnknown() => _messages.Values.Count(message => message.State == MessageState.Unknown);

    public string DescribeUnrest() =>
        $"{WaitingDeliveries} deliveries wait, {_messages.Values.Count(message => message.IsOwedItsOutcome)} unknown messages are known not to be sent, "
        + string.Join(", ", _messages.Values.GroupBy(message => message.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"))
        + ", campaigns " + string.Join(" ", _campaigns.Values);
}
