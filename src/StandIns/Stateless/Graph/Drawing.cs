using Stateless.Reflection;

namespace Stateless.Graph;

/// <summary>The lines and boxes of a machine, independent of the language they are written in.</summary>
internal sealed class Drawing
{
    public Drawing(StateMachineInfo machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        Initial = machine.InitialState.ToString();
        AddBoxes(machine);
        foreach (var state in machine.States)
        {
            AddLines(state);
        }
    }

    public string Initial { get; }

    /// <summary>All states: trees of superstates first, each before its substates, then the single ones.</summary>
    public List<StateInfo> Boxes { get; } = [];

    /// <summary>The dynamic transitions, drawn as a choice each.</summary>
    public List<(string Name, string Label)> Choices { get; } = [];

    public List<(string From, string To, string Label)> Lines { get; } = [];

    private void AddBoxes(StateMachineInfo machine)
    {
        var known = new HashSet<object>();
        void AddTree(StateInfo state)
        {
            if (known.Add(state.UnderlyingState))
            {
                Boxes.Add(state);
                foreach (var child in state.Substates)
                {
                    AddTree(child);
                }
            }
        }

        foreach (var root in machine.States.Where(state => state.Superstate is null && state.Substates.Any()))
        {
            AddTree(root);
        }

        Boxes.AddRange(machine.States.Where(state => known.Add(state.UnderlyingState)));
    }

    private void AddLines(StateInfo state)
    {
        foreach (var transition in state.FixedTransitions)
        {
            var isStay = ReferenceEquals(transition.DestinationState, state);
            var actions = transition.IsInternalTransition
                ? Enumerable.Empty<ActionInfo>()
                : transition.DestinationState.EntryActions
                    .Where(action => action.FromTrigger is null ? isStay : IsFrom(action, transition))
                    .OrderBy(action => action.FromTrigger is not null);
            AddLine(state.ToString(), transition.DestinationState.ToString(), transition, actions, Guards(transition));
        }

        foreach (var transition in state.DynamicTransitions)
        {
            var choice = $"Decision{Choices.Count + 1}";
            Choices.Add((choice, transition.DestinationStateSelectorDescription.Description));
            AddLine(state.ToString(), choice, transition, [], Guards(transition));
            foreach (var possible in transition.PossibleDestinationStates ?? [])
            {
                if (Boxes.Find(box => box.ToString() == possible.DestinationState) is { } box)
                {
                    var actions = box.EntryActions.Where(action => IsFrom(action, transition));
                    AddLine(choice, possible.DestinationState, transition, actions, [possible.Criterion]);
                }
            }
        }

        foreach (var ignored in state.IgnoredTriggers)
        {
            AddLine(state.ToString(), state.ToString(), ignored, [], Guards(ignored));
        }
    }

    private void AddLine(
        string from, string to, TransitionInfo transition, IEnumerable<ActionInfo> actions, IEnumerable<string> guards)
    {
        var label = transition.Trigger.ToString();
        var names = string.Join(", ", actions.Select(action => action.Method.Description));
        if (names.Length > 0)
        {
            label += $" / {names}";
        }

        Lines.Add((from, to, label + string.Concat(guards.Select(guard => $" [{guard}]"))));
    }

    private static bool IsFrom(ActionInfo action, TransitionInfo transition) => action.FromTrigger == transition.Trigger.ToString();

    private static IEnumerable<string> Guards(TransitionInfo transition)
        => transition.GuardConditionsMethodDescriptions.Select(guard => guard.Description);
}
