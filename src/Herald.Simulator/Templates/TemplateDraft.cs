using System.Text.Json;
using System.Text.RegularExpressions;

namespace Herald.Simulator;

/// <summary>The body of a template creation, checked.</summary>
internal sealed partial record TemplateDraft(string Name, string Language, string Category, bool Named, long? TimeToLiveSeconds, TemplateContent Content)
{
    private static readonly string[] Categories = ["AUTHENTICATION", "MARKETING", "UTILITY"];
    private static readonly string[] SampleNames = ["hello_world"];

    /// <summary>Reads and checks a creation; exactly one part of the result is set.</summary>
    public static (TemplateDraft? Draft, GraphError? Error) Read(JsonElement body)
    {
        if (ReadHead(body, out var name, out var language, out var category, out var named) is { } wrong)
        {
            return (null, wrong);
        }

        if (!body.TryGetProperty("components", out var components) || components.ValueKind != JsonValueKind.Array)
        {
            return (null, GraphErrors.ParameterRequired("components"));
        }

        var (content, error) = TemplateComponents.Read(components, category, named);
        if (content is null)
        {
            return (null, error);
        }

        var (seconds, refused) = ReadTimeToLive(body, category);
        return refused is null
            ? (new TemplateDraft(name, language, category, named, seconds, content), null)
            : (null, refused);
    }

    private static GraphError? ReadHead(JsonElement body, out string name, out string language, out string category, out bool named)
    {
        name = body.Text("name") ?? "";
        language = body.Text("language") ?? "";
        category = (body.Text("category") ?? "").ToUpperInvariant();
        var format = (body.Text("parameter_format") ?? "POSITIONAL").ToUpperInvariant();
        named = format == "NAMED";
        return name.Length == 0 ? GraphErrors.ParameterRequired("name")
            : !NamePattern().IsMatch(name) ? TemplateErrors.NameFormat()
            : SampleNames.Contains(name, StringComparer.Ordinal) ? TemplateErrors.SampleName()
            : language.Length == 0 ? GraphErrors.ParameterRequired("language")
            : !TemplateLanguages.All.Contains(language) ? GraphErrors.ParameterOneOf("language", string.Join(", ", TemplateLanguages.All), language)
            : category.Length == 0 ? GraphErrors.ParameterRequired("category")
            : !Categories.Contains(category, StringComparer.Ordinal) ? GraphErrors.ParameterOneOf("category", string.Join(", ", Categories), category)
            : format is not ("NAMED" or "POSITIONAL") ? GraphErrors.ParameterOneOf("parameter_format", "NAMED, POSITIONAL", format)
            : null;
    }

    private static (long? Seconds, GraphError? Error) ReadTimeToLive(JsonElement body, string category)
    {
        if (!body.TryGetProperty("message_send_ttl_seconds", out var value))
        {
            return (null, null);
        }

        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var seconds))
        {
            return (null, GraphErrors.ParameterType("message_send_ttl_seconds", "an integer"));
        }

        var (min, max) = category switch
        {
            "AUTHENTICATION" => (30L, 900L),
            "UTILITY" => (30L, 43_200L),
            _ => (43_200L, 2_592_000L),
        };
        var allowed = (seconds >= min && seconds <= max) || (seconds == -1 && category != "MARKETING");
        return allowed ? (seconds, null) : (null, TemplateErrors.TimeToLive($"The time-to-live of this category must be {min} to {max} seconds."));
    }

    [GeneratedRegex("^[a-z0-9_]{1,512}$")]
    private static partial Regex NamePattern();
}
