using System.Collections.Frozen;
using Stateless;

namespace Herald.Domain.Templates;

/// <summary>
/// The life of a template. Meta decides over it, so every report of Meta is followed from every state but Deleted, which is the last
/// (the same name submitted again is another template at Meta). A report from Draft is followed too: its webhook may overtake the answer to the
/// submission. The table is drawn in TemplateLifecycle.md.
/// </summary>
public static class TemplateLifecycle
{
    private static readonly FrozenDictionary<TemplateTrigger, TemplateState> Targets = new Dictionary<TemplateTrigger, TemplateState>
    {
        [TemplateTrigger.Submit] = TemplateState.Pending,
        [TemplateTrigger.Approve] = TemplateState.Approved,
        [TemplateTrigger.Reject] = TemplateState.Rejected,
        [TemplateTrigger.Pause] = TemplateState.Paused,
        [TemplateTrigger.Disable] = TemplateState.Disabled,
        [TemplateTrigger.Appeal] = TemplateState.InAppeal,
        [TemplateTrigger.BeginDeletion] = TemplateState.PendingDeletion,
        [TemplateTrigger.Delete] = TemplateState.Deleted,
        [TemplateTrigger.ExceedLimit] = TemplateState.LimitExceeded,
        [TemplateTrigger.Archive] = TemplateState.Archived,
    }.ToFrozenDictionary();

    /// <summary>Both the words of the status webhook and those of the <c>status</c> field.</summary>
    private static readonly FrozenDictionary<string, TemplateTrigger> MetaWords = new Dictionary<string, TemplateTrigger>
    {
        ["PENDING"] = TemplateTrigger.Submit,
        ["APPROVED"] = TemplateTrigger.Approve,
        ["REINSTATED"] = TemplateTrigger.Approve,
        ["UNPAUSED"] = TemplateTrigger.Approve,
        ["UNARCHIVED"] = TemplateTrigger.Approve,
        ["REJECTED"] = TemplateTrigger.Reject,
        ["PAUSED"] = TemplateTrigger.Pause,
        ["DISABLED"] = TemplateTrigger.Disable,
        ["IN_APPEAL"] = TemplateTrigger.Appeal,
        ["PENDING_DELETION"] = TemplateTrigger.BeginDeletion,
        ["DELETED"] = TemplateTrigger.Delete,
        ["LIMIT_EXCEEDED"] = TemplateTrigger.ExceedLimit,
        ["ARCHIVED"] = TemplateTrigger.Archive,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The state after the trigger. A report that repeats the present state is accepted and changes nothing.</summary>
    public static Decision<TemplateState> Decide(TemplateState current, TemplateTrigger trigger) => Lifecycle.Decide(Create, current, trigger, null);

    /// <summary>
    /// The trigger for a word of Meta's. False for words that do not touch the state (FLAGGED, LOCKED) and for ones that Meta
    /// invents later: the caller counts and keeps those.
    /// </summary>
    public static bool TryGetTrigger(string? metaWord, out TemplateTrigger trigger)
    {
        trigger = default;
        return metaWord is not null && MetaWords.TryGetValue(metaWord, out trigger);
    }

    /// <summary>The table.</summary>
    internal static StateMachine<TemplateState, TemplateTrigger> Create(TemplateState state)
    {
        var machine = new StateMachine<TemplateState, TemplateTrigger>(state);
        foreach (var each in Enum.GetValues<TemplateState>())
        {
            var configuration = machine.Configure(each);
            foreach (var (trigger, target) in Targets)
            {
                if (each == target || each == TemplateState.Deleted)
                    configuration.Ignore(trigger);
                else
                    configuration.Permit(trigger, target);
            }
        }
        return machine;
    }
}
