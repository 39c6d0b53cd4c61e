using Stateless.Reflection;

namespace Stateless.Graph;

/// <summary>Draws a state machine in Mermaid's language.</summary>
public static class MermaidGraph
{
    /// <summary>Draws a state machine as a Mermaid <c>stateDiagram-v2</c>.</summary>
    /// <param name="machineInfo">The machine's description.</param>
    /// <param name="direction">The way in which the drawing flows; Mermaid decides if it is left out.</param>
    /// <returns>The drawing, without a line break at the end.</returns>
    public static string Format(StateMachineInfo machineInfo, MermaidGraphDirection? direction = null)
    {
        var drawing = new Drawing(machineInfo);
        var names = Names(drawing);
        var lines = new List<string> { "stateDiagram-v2" };
        if (direction is { } way)
        {
            lines.Add($"\tdirection {Code(way)}");
        }

        lines.AddRange(names.Where(pair => pair.Key != pair.Value).Select(pair => $"\t{pair.Value} : {pair.Key}"));
        foreach (var box in drawing.Boxes.Where(box => box.Substates.Any()))
        {
            lines.Add($"\tstate {names[box.ToString()]} {{");
            lines.AddRange(box.Substates.Select(child => $"\t\t{names[child.ToString()]}"));
            lines.Add("\t}");
        }

        lines.AddRange(drawing.Choices.Select(choice => $"\tstate {choice.Name} <<choice>>"));
        lines.AddRange(drawing.Lines.Select(line => $"\t{Known(line.From)} --> {Known(line.To)} : {line.Label}"));
        lines.Add($"[*] --> {Known(drawing.Initial)}");
        return string.Join(Environment.NewLine, lines);

        // Choices and a state that is configured nowhere keep their name.
        string Known(string full) => names.GetValueOrDefault(full, full);
    }

    /// <summary>Gives each state a name that Mermaid accepts: no blanks, colons or dashes, and no two alike.</summary>
    private static Dictionary<string, string> Names(Drawing drawing)
    {
        var full = drawing.Boxes.ConvertAll(box => box.ToString());
        var taken = full.ToHashSet();
        var names = new Dictionary<string, string>();
        foreach (var state in full)
        {
            var plain = string.Concat(state.Where(letter => !char.IsWhiteSpace(letter) && letter is not (':' or '-')));
            var name = plain;
            for (var number = 1; plain != state && !taken.Add(name); number++)
            {
                name = $"{plain}_{number}";
            }

            names[state] = name;
        }

        return names;
    }

    private static string Code(MermaidGraphDirection direction) => direction switch
    {
        MermaidGraphDirection.TopToBottom => "TB",
        MermaidGraphDirection.BottomToTop => "BT",
        MermaidGraphDirection.LeftToRight => "LR",
        MermaidGraphDirection.RightToLeft => "RL",
        _ => throw new ArgumentOutOfRangeException(nameof(direction), direction, $"Unsupported direction: {direction}."),
    };
}
