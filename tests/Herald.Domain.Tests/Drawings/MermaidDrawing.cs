using Stateless.Reflection;

namespace Herald.Domain.Tests.Drawings;

/// <summary>
/// Draws a machine from its reflection, in an order of our own, so that the picture depends on the table alone. What leads from every
/// other state that has a way out to one and the same state is drawn as one arrow.
/// </summary>
internal static class MermaidDrawing
{
    private const string AnyOther = "AnyOther";

    public static string Draw(StateMachineInfo machine, string initial)
    {
        var states = machine.States.OrderBy(Key).ToList();
        var arrows = states.SelectMany(state => state.FixedTransitions.Select(transition => new Arrow(
            Key(state), Key(transition.DestinationState), (Enum)transition.Trigger.UnderlyingTrigger, Guard(transition)))).ToList();
        var common = arrows.GroupBy(arrow => (arrow.To, arrow.Trigger, arrow.Guard)).Where(group => IsFromAllOthers(group.Key.To, group)).ToList();
        var single = arrows.Except(common.SelectMany(group => group));

        List<string> lines = ["stateDiagram-v2", "    direction LR"];
        foreach (var group in states.Where(state => state.Substates.Any()))
        {
            lines.Add($"    state {group.UnderlyingState} {{");
            lines.AddRange(group.Substates.OrderBy(Key).Select(member => $"        {member.UnderlyingState}"));
            lines.Add("    }");
        }
        if (common.Count > 0)
            lines.Add($"    state \"any other state with a way out\" as {AnyOther}");
        lines.Add($"    [*] --> {initial}");
        lines.AddRange(Lines(single.Select(arrow => (Source: $"{arrow.From}", Order: Convert.ToInt32(arrow.From, null), arrow))));
        lines.AddRange(Lines(common.Select(group => (Source: AnyOther, Order: int.MaxValue, group.First()))));
        lines.AddRange(states
            .Where(state => !state.Transitions.Any() && state.Superstate is null)
            .Select(state => $"    {state.UnderlyingState} --> [*]"));
        return string.Join('\n', lines);

        bool IsFromAllOthers(Enum to, IEnumerable<Arrow> group) =>
            states.All(state => state.Superstate is null && !state.Substates.Any())
            && states.Where(state => state.Transitions.Any() && !Key(state).Equals(to)).Select(Key).SequenceEqual(group.Select(arrow => arrow.From));
    }

    private static IEnumerable<string> Lines(IEnumerable<(string Source, int Order, Arrow Arrow)> arrows) =>
        from arrow in arrows
        orderby arrow.Order, arrow.Arrow.To, arrow.Arrow.Trigger
        group arrow.Arrow by (arrow.Source, arrow.Arrow.To) into line
        select $"    {line.Key.Source} --> {line.Key.To}: {string.Join("<br/>", line.Select(arrow => arrow.Label))}";

    private static Enum Key(StateInfo state) => (Enum)state.UnderlyingState;

    private static string Guard(FixedTransitionInfo transition) =>
        string.Join(", ", transition.GuardConditionsMethodDescriptions.Select(guard => guard.Description));

    private sealed record Arrow(Enum From, Enum To, Enum Trigger, string Guard)
    {
        public string Label => Guard.Length == 0 ? $"{Trigger}" : $"{Trigger} [{Guard}]";
    }
}
