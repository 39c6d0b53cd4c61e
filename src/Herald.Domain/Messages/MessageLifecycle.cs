using System.Collections.Frozen;
using Stateless;

namespace Herald.Domain.Messages;

/// <summary>
/// The life of a message. What Meta tells of it (<see cref="Next"/>) moves it up a ladder and never down, so that late, repeated and mixed
/// statuses reach the same end: delivered or read outranks failed, anything that Meta tells settles Unknown, and proves
/// wrong what was given up before. All else moves only from Queued, Claimed or Unknown, but for a retry: an attempt that Meta reports as failed,
/// with a code that passes, begins the life anew. The table is drawn in MessageLifecycle.md.
/// </summary>
public static class MessageLifecycle
{
    private static readonly FrozenDictionary<MessageState, MessageTrigger> EvidenceTriggers = new Dictionary<MessageState, MessageTrigger>
    {
        [MessageState.Accepted] = MessageTrigger.Accept,
        [MessageState.Sent] = MessageTrigger.Send,
        [MessageState.Failed] = MessageTrigger.Fail,
        [MessageState.Delivered] = MessageTrigger.Deliver,
        [MessageState.Read] = MessageTrigger.Read,
    }.ToFrozenDictionary();

    /// <summary>The machine's answers to all evidence, asked once: statuses come by the thousand a second.</summary>
    private static readonly FrozenDictionary<(MessageState, MessageState), MessageState> NextStates = AskMachine();

    /// <summary>The states that Meta's answers and statuses lead to: Accepted, Sent, Failed, Delivered, Read, lowest rank first.</summary>
    public static IReadOnlyList<MessageState> Evidence { get; } =
        [MessageState.Accepted, MessageState.Sent, MessageState.Failed, MessageState.Delivered, MessageState.Read];

    /// <summary>How much a state tells, from 0. Evidence moves a message only to a state of a higher rank.</summary>
    public static int Rank(MessageState state) => state switch
    {
        MessageState.Queued => 0,
        MessageState.Claimed => 1,
        MessageState.Unknown => 2,
        MessageState.Suppressed or MessageState.Expired or MessageState.Cancelled => 3,
        MessageState.Accepted => 4,
        MessageState.Sent => 5,
        MessageState.Failed => 6,
        MessageState.Delivered => 7,
        MessageState.Read => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown message state."),
    };

    /// <summary>The state after Meta told something; the present one if that tells nothing new.</summary>
    /// <param name="current">The present state.</param>
    /// <param name="evidence">What Meta told: one of <see cref="Evidence"/>.</param>
    public static MessageState Next(MessageState current, MessageState evidence) =>
        NextStates.TryGetValue((current, evidence), out var next)
            ? next
            : throw new ArgumentOutOfRangeException(nameof(evidence), evidence, "Not something that Meta tells.");

    /// <summary>The state after any move; evidence that tells nothing new is accepted and changes nothing.</summary>
    public static Decision<MessageState> Decide(MessageState current, MessageTrigger trigger) => Lifecycle.Decide(Create, current, trigger, null);

    /// <summary>Whether work is left to do: Queued or Claimed. A campaign completes when none of its messages is open.</summary>
    public static bool IsOpen(MessageState state) => state is MessageState.Queued or MessageState.Claimed;

    /// <summary>The table.</summary>
    internal static StateMachine<MessageState, MessageTrigger> Create(MessageState state)
    {
        var machine = new StateMachine<MessageState, MessageTrigger>(state);
        foreach (var each in Enum.GetValues<MessageState>())
            AddEvidence(machine.Configure(each), each);

        AddExits(machine.Configure(MessageState.Queued))
            .Permit(MessageTrigger.Claim, MessageState.Claimed);
        AddExits(machine.Configure(MessageState.Claimed))
            .Permit(MessageTrigger.Release, MessageState.Queued)
            .Permit(MessageTrigger.Retry, MessageState.Queued)
            .Permit(MessageTrigger.LoseTrack, MessageState.Unknown);
        AddExits(machine.Configure(MessageState.Unknown))
            .Permit(MessageTrigger.Release, MessageState.Queued)
            .Permit(MessageTrigger.Retry, MessageState.Queued);
        machine.Configure(MessageState.Accepted).Permit(MessageTrigger.Retry, MessageState.Queued);
        machine.Configure(MessageState.Sent).Permit(MessageTrigger.Retry, MessageState.Queued);
        return machine;
    }

    private static void AddEvidence(StateMachine<MessageState, MessageTrigger>.StateConfiguration configuration, MessageState state)
    {
        foreach (var (evidence, trigger) in EvidenceTriggers)
        {
            if (Rank(state) < Rank(evidence))
                configuration.Permit(trigger, evidence);
            else
                configuration.Ignore(trigger);
        }
    }

    private static StateMachine<MessageState, MessageTrigger>.StateConfiguration AddExits(
        StateMachine<MessageState, MessageTrigger>.StateConfiguration configuration) =>
        configuration
            .Permit(MessageTrigger.Suppress, MessageState.Suppressed)
            .Permit(MessageTrigger.Expire, MessageState.Expired)
            .Permit(MessageTrigger.Cancel, MessageState.Cancelled);

    private static FrozenDictionary<(MessageState, MessageState), MessageState> AskMachine()
    {
        var answers = new Dictionary<(MessageState, MessageState), MessageState>();
        foreach (var state in Enum.GetValues<MessageState>())
        {
            foreach (var (evidence, trigger) in EvidenceTriggers)
            {
                var machine = Create(state);
                machine.Fire(trigger);
                answers[(state, evidence)] = machine.State;
            }
        }
        return answers.ToFrozenDictionary();
    }
}
