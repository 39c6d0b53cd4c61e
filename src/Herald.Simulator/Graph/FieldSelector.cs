using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>Reads <c>fields=a,b{c,d}</c> and picks those members.</summary>
internal static class FieldSelector
{
    /// <summary>
    /// Picks members of a node. Unset ones (null) are left out, unknown ones are an error, <c>id</c> always comes along. Without
    /// fields the defaults come.
    /// </summary>
    public static (JsonObject? Picked, GraphError? Error) Pick(JsonObject node, string? fields, IReadOnlyList<string> defaults, string nodeType)
    {
        var picked = new JsonObject();
        foreach (var name in string.IsNullOrEmpty(fields) ? defaults : Names(fields))
        {
            if (!node.TryGetPropertyValue(name, out var value))
            {
                return (null, GraphErrors.UnknownField(name, nodeType));
            }

            if (value is not null)
            {
                picked[name] = value.DeepClone();
            }
        }

        picked["id"] = node["id"]!.DeepClone();
        return (picked, null);
    }

    /// <summary>The top-level names; what stands in braces or brackets selects inside them and is taken whole.</summary>
    public static IReadOnlyList<string> Names(string fields)
    {
        var names = new List<string>();
        var depth = 0;
        var start = 0;
        for (var index = 0; index <= fields.Length; index++)
        {
            var character = index < fields.Length ? fields[index] : ',';
            if (character is '{' or '(')
            {
                depth++;
            }
            else if (character is '}' or ')')
            {
                depth--;
            }
            else if (character == ',' && (depth <= 0 || index == fields.Length))
            {
                Add(names, fields[start..index]);
                start = index + 1;
            }
        }

        return names;
    }

    private static void Add(List<string> names, string part)
    {
        var end = part.AsSpan().IndexOfAny('{', '(', '.');
        var name = (end < 0 ? part : part[..end]).Trim();
        if (name.Length > 0 && !names.Contains(name, StringComparer.Ordinal))
        {
            names.Add(name);
        }
    }
}
