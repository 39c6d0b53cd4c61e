using Herald.WhatsApp.Templates;

namespace Herald.Grains.Campaigns;

/// <summary>The keys of a campaign's parameters, as the API documents them, against those of the template they fill.</summary>
public static class ParameterKeys
{
    private const string Header = "header.";
    private const string Body = "body.";

    /// <summary>The key in <see cref="CampaignParameters"/> of a template's parameter: <c>body.first_name</c>, <c>header.1</c>, <c>button.0</c>.</summary>
    public static string Of(TemplateParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter.Place switch
        {
            ParameterPlace.Body => Body + parameter.Key,
            ParameterPlace.Header when !parameter.Key.StartsWith(Header, StringComparison.Ordinal) => Header + parameter.Key,
            _ => parameter.Key,
        };
    }
}
