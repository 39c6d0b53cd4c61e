using System.Globalization;
using System.Text.Json;

namespace Herald.Simulator;

/// <summary>A component of a template send.</summary>
/// <param name="Type">Lower case: <c>header</c>, <c>body</c>, <c>button</c>.</param>
/// <param name="SubType">Lower case; empty except for buttons.</param>
/// <param name="Index">Place of the button, from 0; -1 if it was not readable.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record SentComponent(string Type, string SubType, int Index, IReadOnlyList<JsonElement> Parameters);

/// <summary>Reads the parameters of a template send.</summary>
internal static class TemplateParameters
{
    public static IReadOnlyList<SentComponent> Read(JsonElement template) => [.. template.Items("components").Select(ReadOne)];

    /// <summary>Values of the variables of a component, by variable.</summary>
    public static IReadOnlyDictionary<string, string> Values(IReadOnlyList<SentComponent> components, string type, IReadOnlyList<string> variables)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var parameters = components.FirstOrDefault(component => component.Type == type)?.Parameters ?? [];
        for (var index = 0; index < parameters.Count && index < variables.Count; index++)
        {
            var name = parameters[index].Text("parameter_name") ?? variables[index];
            values[name] = TextOf(parameters[index]);
        }

        return values;
    }

    /// <summary>The payload, suffix or code sent for the button at that place; null without.</summary>
    public static string? ButtonValue(IReadOnlyList<SentComponent> components, int index) =>
        components.FirstOrDefault(component => component.Type == "button" && component.Index == index)?.Parameters is [var first, ..]
            ? first.Text("payload") ?? first.Text("coupon_code") ?? first.Text("text")
            : null;

    /// <summary>The text of a parameter; the fallback of the two legacy kinds.</summary>
    public static string TextOf(JsonElement parameter) =>
        parameter.Text("text")
        ?? parameter.Member("currency")?.Text("fallback_value")
        ?? parameter.Member("date_time")?.Text("fallback_value")
        ?? "";

    private static SentComponent ReadOne(JsonElement component) =>
        new(component.Keyword("type") ?? "", component.Keyword("sub_type") ?? "", IndexOf(component), component.Items("parameters"));

    private static int IndexOf(JsonElement component)
    {
        if (component.ValueKind != JsonValueKind.Object || !component.TryGetProperty("index", out var index))
        {
            return -1;
        }

        return index.ValueKind switch
        {
            JsonValueKind.Number when index.TryGetInt32(out var number) => number,
            JsonValueKind.String when int.TryParse(index.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => -1,
        };
    }
}
