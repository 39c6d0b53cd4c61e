using Herald.Api.Contacts;
using Herald.Api.Errors;
using Herald.Contracts.Campaigns.V1;
using Herald.Grains.Campaigns;
using Herald.WhatsApp.Templates;

namespace Herald.Api.Campaigns;

/// <summary>The rules of campaigns that the contract states.</summary>
internal static class CampaignValidation
{
    public const int NameMax = 100;
    public const int DetailMax = 500;
    private const int ParametersMax = 100;
    private const int ValueMax = 1_000;
    private const int SpacesMax = 4;

    private static readonly string[] ContactFields =
        [CampaignParameter.DisplayName, CampaignParameter.Language, CampaignParameter.PhoneNumber];

    /// <summary>The sources by themselves, whatever the template.</summary>
    public static void CheckSources(this Violations violations, string path, IDictionary<string, ParameterSource> parameters)
    {
        if (parameters.Count > ParametersMax)
            violations.Add(path, Rules.TooLong, $"A template has at most {ParametersMax} variables.");
        foreach (var (key, source) in parameters.Take(ParametersMax))
        {
            var field = $"{path}[\"{key[..Math.Min(key.Length, NameMax)]}\"]";
            switch (source.SourceCase)
            {
                case ParameterSource.SourceOneofCase.Literal:
                    CheckValue(violations, $"{field}.literal", source.Literal, isRequired: true);
                    break;
                case ParameterSource.SourceOneofCase.Attribute:
                    CheckAttribute(violations, $"{field}.attribute", source.Attribute);
                    break;
                default:
                    violations.Add($"{field}.source", Rules.Required, "A literal or an attribute is given.");
                    break;
            }
            CheckValue(violations, $"{field}.fallback", source.Fallback, isRequired: false);
        }
    }

    /// <summary>That each variable of the template has exactly one source.</summary>
    public static void CheckAgainst(
        this Violations violations, string path, IDictionary<string, ParameterSource> parameters, TemplateDefinition template)
    {
        var all = TemplateParameters.Of(template).All;
        var known = all.Select(ParameterKeys.Of).ToHashSet(StringComparer.Ordinal);
        foreach (var key in all.Where(parameter => parameter.IsRequired).Select(ParameterKeys.Of).Where(key => !parameters.ContainsKey(key)))
            violations.Add($"{path}[\"{key}\"]", Rules.Required, "Each variable of the template has a source.");
        foreach (var key in parameters.Keys.Where(key => !known.Contains(key)))
            violations.Add($"{path}[\"{key[..Math.Min(key.Length, NameMax)]}\"]", Rules.UnknownValue, "The template has no such variable.");
    }

    private static void CheckAttribute(Violations violations, string field, string name)
    {
        if (name.Length == 0)
            violations.Add(field, Rules.Required, "The name of an attribute is required.");
        else if (!ContactFields.Contains(name) && !ContactValidation.IsAttributeName(name))
            violations.Add(field, Rules.Malformed, $"It is the name of an attribute, or one of {string.Join(", ", ContactFields)}.");
    }

    private static void CheckValue(Violations violations, string field, string value, bool isRequired)
    {
        if (value.Length == 0 && !isRequired)
            return;
        if (string.IsNullOrWhiteSpace(value))
            violations.Add(field, Rules.Required, $"It has 1 to {ValueMax} characters and is not blank.");
        else if (value.Length > ValueMax)
            violations.Add(field, Rules.TooLong, $"It has 1 to {ValueMax} characters.");
        else if (value.AsSpan().ContainsAny('\n', '\r', '\t') || value.Contains(new string(' ', SpacesMax + 1), StringComparison.Ordinal))
            violations.Add(field, Rules.Malformed, $"It has no line breaks, tabs or more than {SpacesMax} spaces in a row.");
    }
}
