using System.Globalization;
using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Templates;

/// <summary>
/// The values that a template takes, worked out once and then used for each send. Immutable and safe for concurrent use.
/// </summary>
public sealed class TemplateParameters
{
    private const int BodyMax = 1024;
    private const string MissingRule = "is required by the template";

    private readonly TemplateDefinition _definition;
    private readonly int _fixedBodyLength;

    private TemplateParameters(TemplateDefinition definition, IReadOnlyList<TemplateParameter> all)
    {
        _definition = definition;
        All = all;
        _fixedBodyLength = TextLength.CodePoints(TemplateVariables.Replace(definition.Body ?? "", static _ => ""));
    }

    /// <summary>All values in the order header, body, buttons.</summary>
    public IReadOnlyList<TemplateParameter> All { get; }

    /// <summary>Works out what a template takes.</summary>
    /// <param name="definition">The template.</param>
    /// <returns>Its parameters.</returns>
    public static TemplateParameters Of(TemplateDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var all = new List<TemplateParameter>();
        AddHeader(definition, all);
        AddBody(definition, all);
        for (var i = 0; i < definition.Buttons.Count; i++) AddButton(definition.Buttons[i], i, all);
        return new TemplateParameters(definition, all);
    }

    /// <summary>Makes the content of one send.</summary>
    /// <param name="values">The values by <see cref="TemplateParameter.Key"/>; others are ignored.</param>
    /// <param name="cleaning">What to do with values that Meta would refuse for their spaces.</param>
    /// <returns>The content, or everything that is missing or wrong.</returns>
    public TemplateFill Fill(IReadOnlyDictionary<string, string> values, ValueCleaning cleaning)
    {
        ArgumentNullException.ThrowIfNull(values);
        var check = new LimitCheck();
        TextParameter? headerText = null;
        MediaReference? headerMedia = null;
        var body = new List<TextParameter>();
        var buttons = new List<TemplateButtonValue>();
        var bodyLength = _fixedBodyLength;
        CheckSupported(check);

        foreach (var parameter in All)
        {
            if (!values.TryGetValue(parameter.Key, out var value))
            {
                if (parameter.IsRequired) check.Add(parameter.Key, MissingRule);
                continue;
            }

            if (parameter.Place == ParameterPlace.HeaderMedia)
            {
                headerMedia = Media(value, check);
                continue;
            }

            if (cleaning == ValueCleaning.Clean) value = TemplateValue.Clean(value);
            if (TemplateValue.Problem(value) is { } problem)
            {
                check.Add(parameter.Key, problem);
                continue;
            }

            if (parameter.Place == ParameterPlace.Header) headerText = new TextParameter(value, Name(parameter));
            else if (parameter.Place == ParameterPlace.Body) body.Add(new TextParameter(value, Name(parameter)));
            else buttons.Add(new TemplateButtonValue(parameter.ButtonIndex ?? 0, Kind(parameter.Place), value));
            if (parameter.Place == ParameterPlace.Body) bodyLength += TextLength.CodePoints(value) * Occurrences(parameter.Key);
        }

        if (bodyLength > BodyMax) check.Add("body", $"must be at most {BodyMax} characters long with its values");
        var content = new TemplateContent(_definition.Name, _definition.Language)
        {
            HeaderText = headerText,
            HeaderMedia = headerMedia,
            Body = body,
            Buttons = buttons,
        };
        if (check.Violations.Count == 0) TemplateContentRules.Check(check, content);
        return new TemplateFill(check.Violations.Count == 0 ? content : null, check.Violations);
    }

    /// <summary>Writes the body with its values, as a person sees it; a variable without a value stays as it is written.</summary>
    /// <param name="values">The values by <see cref="TemplateParameter.Key"/>.</param>
    /// <returns>The text; empty for a template whose text Meta fixes.</returns>
    public string RenderBody(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return TemplateVariables.Replace(_definition.Body ?? "", name => values.TryGetValue(name, out var value) ? value : "{{" + name + "}}");
    }

    private static void AddHeader(TemplateDefinition definition, List<TemplateParameter> all)
    {
        if (definition.Header is not { } header) return;
        if (header.Format is HeaderFormat.Image or HeaderFormat.Video or HeaderFormat.Document)
        {
            all.Add(new TemplateParameter("header", ParameterPlace.HeaderMedia, true) { Example = header.MediaExample });
            return;
        }

        foreach (var name in TemplateVariables.Names(header.Text))
        {
            var key = definition.ParameterFormat == ParameterFormat.Named ? name : "header." + name;
            all.Add(new TemplateParameter(key, ParameterPlace.Header, true) { Example = header.Example?.Value });
        }
    }

    private static void AddBody(TemplateDefinition definition, List<TemplateParameter> all)
    {
        // Meta fixes the text of an authentication template; its one variable is the code.
        var names = definition.Body is null && definition.AddSecurityRecommendation is not null ? ["1"] : TemplateVariables.Names(definition.Body);
        if (definition.ParameterFormat == ParameterFormat.Positional)
            names.Sort(static (one, other) => Position(one).CompareTo(Position(other)));
        foreach (var name in names)
        {
            var example = definition.BodyExamples.FirstOrDefault(example => example.Variable == name)?.Value;
            all.Add(new TemplateParameter(name, ParameterPlace.Body, true) { Example = example });
        }
    }

    private static int Position(string name) =>
        int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : int.MaxValue;

    private static void AddButton(TemplateButton button, int index, List<TemplateParameter> all)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"button.{index}");
        var parameter = button.Type switch
        {
            TemplateButtonType.QuickReply => new TemplateParameter(key, ParameterPlace.ButtonPayload, false),
            TemplateButtonType.Url when TemplateVariables.Find(button.Url).Count > 0 => new TemplateParameter(key, ParameterPlace.ButtonUrl, true),
            TemplateButtonType.Otp => new TemplateParameter(key, ParameterPlace.ButtonUrl, true),
            TemplateButtonType.CopyCode => new TemplateParameter(key, ParameterPlace.ButtonCode, true),
            _ => null,
        };
        if (parameter is not null) all.Add(parameter with { ButtonIndex = index, Example = button.Example });
    }

    private static TemplateButtonKind Kind(ParameterPlace place) => place switch
    {
        ParameterPlace.ButtonPayload => TemplateButtonKind.QuickReply,
        ParameterPlace.ButtonCode => TemplateButtonKind.CopyCode,
        _ => TemplateButtonKind.Url,
    };

    private void CheckSupported(LimitCheck check)
    {
        if (_definition.Header?.Format == HeaderFormat.Other) check.Add("header", "is of a kind that cannot be sent from here");
        foreach (var other in _definition.OtherComponents)
            check.Add("components", $"has a part that cannot be sent from here: {other.Type}");
    }

    private MediaReference? Media(string value, LimitCheck check)
    {
        var kind = _definition.Header?.Format switch
        {
            HeaderFormat.Video => MediaKind.Video,
            HeaderFormat.Document => MediaKind.Document,
            _ => MediaKind.Image,
        };
        if (GraphId.IsValid(value)) return MediaReference.ById(kind, value);
        if (Uri.TryCreate(value, UriKind.Absolute, out var link) && link.Scheme == Uri.UriSchemeHttps) return MediaReference.ByLink(kind, value);

        check.Add("header", "must be an https address or the id of uploaded media");
        return null;
    }

    private string? Name(TemplateParameter parameter) => _definition.ParameterFormat == ParameterFormat.Named ? parameter.Key : null;

    private int Occurrences(string name) => TemplateVariables.Find(_definition.Body).Count(variable => variable.Name == name);
}
