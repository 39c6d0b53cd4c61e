using Stateless.Reflection;

namespace Herald.Domain.Tests.Drawings;

/// <summary>Draws a machine from its reflection, in an order of our own, so that the picture depends on the table alone.</summary>
internal static class MermaidDrawing
{
    public static string Draw(StateMachineInfo machine, string initial)
    {
        var states = machine.States.OrderBy(Key).ToList();
        List<string> lines = ["stateDiagram-v2", "    direction LR"];
        foreach (var group in states.Where(state => state.Substates.Any()))
        {
            lines.Add($"    state {group.UnderlyingState} {{");
            lines.AddRange(group.Substates.OrderBy(Key).Select(member => $"        {member.UnderlyingState}"));
            lines.Add("    }");
        }
        lines.Add($"    [*] --> {initial}");
        foreach (var state in states)
        {
            foreach (var arrow in state.FixedTransitions.GroupBy(transition => Key(transition.DestinationState)).OrderBy(group => group.Key))
            {
                var labels = arrow.OrderBy(transition => (Enum)transition.Trigger.UnderlyingTrigger).Select(Label);
                lines.Add($"    {state.UnderlyingState} --> {arrow.Key}: {string.Join("<br/>", labels)}");
            }
        }
        lines.AddRange(states
            .Where(state => !state.Transitions.Any() && state.Superstate is null)
            .Select(state => $"    {state.UnderlyingState} --> [*]"));
        return string.Join('\n', lines);
    }

    private static Enum Key(StateInfo state) => (Enum)state.UnderlyingState;

    private static string Label(FixedTransitionInfo transition)
    {
        var guards = transition.GuardConditionsMethodDescriptions.Select(guard => guard.Description).ToList();
        return guards.Count == 0
            ? $"{transition.Trigger.UnderlyingTrigger}"
            : $"{transition.Trigger.UnderlyingTrigger} [{string.Join(", ", guards)}]";
    }
}
