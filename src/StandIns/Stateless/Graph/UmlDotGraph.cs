using Stateless.Reflection;

namespace Stateless.Graph;

/// <summary>Draws a state machine in Graphviz' DOT language.</summary>
public static class UmlDotGraph
{
    /// <summary>Draws a state machine as a DOT digraph in the manner of UML.</summary>
    /// <param name="machineInfo">The machine's description.</param>
    /// <returns>The drawing.</returns>
    public static string Format(StateMachineInfo machineInfo)
    {
        var drawing = new Drawing(machineInfo);
        var lines = new List<string> { "digraph {", "compound=true;", "node [shape=Mrecord]", "rankdir=\"LR\"" };
        lines.AddRange(drawing.Boxes.Where(box => box.Substates.Any()).SelectMany(Cluster));
        lines.AddRange(drawing.Boxes.Where(box => box.Superstate is null && !box.Substates.Any()).Select(Box));
        lines.AddRange(drawing.Choices.Select(choice => $"\"{choice.Name}\" [shape = \"diamond\", label = \"{Escape(choice.Label)}\"];"));
        lines.Add("");
        lines.AddRange(drawing.Lines.Select(
            line => $"\"{Escape(line.From)}\" -> \"{Escape(line.To)}\" [style=\"solid\", label=\"{Escape(line.Label)}\"];"));
        lines.Add(" init [label=\"\", shape=point];");
        lines.Add($" init -> \"{Escape(drawing.Initial)}\"[style = \"solid\"]");
        lines.Add("}");
        return string.Join(Environment.NewLine, lines);
    }

    private static IEnumerable<string> Cluster(StateInfo box)
    {
        var name = Escape(box.ToString());
        var actions = Actions(box);
        var label = actions.Count == 0 ? name : $"{name}\\n----------\\n{string.Join("\\n", actions)}";
        return ["", $"subgraph \"cluster{name}\"", "\t{", $"\tlabel = \"{label}\"", .. box.Substates.Select(Box), "}"];
    }

    private static string Box(StateInfo box)
    {
        var name = Escape(box.ToString());
        var actions = Actions(box);
        var label = actions.Count == 0 ? name : $"{name}|{string.Join("\\n", actions)}";
        return $"\"{name}\" [label=\"{label}\"];";
    }

    private static List<string> Actions(StateInfo box)
        =>
        [
            .. box.EntryActions.Where(action => action.FromTrigger is null)
                .Select(action => "entry / " + Escape(action.Method.Description)),
            .. box.ExitActions.Select(action => "exit / " + Escape(action.Description)),
        ];

    private static string Escape(string name)
        => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
