using System.Globalization;
using Herald.Api.Calls;
using Herald.Contracts;
using Herald.Contracts.Templates.V1;
using Herald.Storage.Templates;
using Herald.WhatsApp.Templates;
using ParameterFormat = Herald.WhatsApp.Templates.ParameterFormat;
using TemplateButton = Herald.WhatsApp.Templates.TemplateButton;
using TemplateCategory = Herald.Domain.Templates.TemplateCategory;
using TemplateHeader = Herald.WhatsApp.Templates.TemplateHeader;
using TemplateState = Herald.Domain.Templates.TemplateState;
using V1 = Herald.Contracts.Templates.V1;

namespace Herald.Api.Templates;

/// <summary>Templates between WhatsApp's shape, storage and contract.</summary>
internal static class TemplateMapping
{
    /// <summary>The template as it would be submitted. It may break rules; validation tells.</summary>
    public static TemplateDefinition ToDefinition(this Template template) =>
        new(template.TemplateName, template.Language, template.Category.ToStored())
        {
            ParameterFormat = template.ParameterFormat == V1.ParameterFormat.Named ? ParameterFormat.Named : ParameterFormat.Positional,
            Header = template.Header is { } header
                ? new TemplateHeader(HeaderFormat.Text)
                {
                    Text = header.Text,
                    Example = header.Examples.Select(example => new TemplateExample(example.Key, example.Value)).FirstOrDefault(),
                }
                : null,
            Body = template.Body?.Text ?? "",
            BodyExamples = template.Body is null ? [] : [.. InOrder(template.Body.Examples)],
            Footer = template.Footer?.Text,
            Buttons = [.. template.Buttons.Select(ToDefinition)],
        };

    public static Template ToProto(this TemplateRow row)
    {
        var definition = TemplateDefinition.Parse(row.Definition);
        var template = new Template
        {
            Name = TemplateName.Format(row.TenantId.Value, row.TemplateId.Value),
            WabaId = row.WabaId,
            TemplateName = row.Name,
            Language = row.Language,
            Category = Enum.Parse<V1.TemplateCategory>(row.Category.ToString()),
            ParameterFormat = definition.ParameterFormat == ParameterFormat.Named ? V1.ParameterFormat.Named : V1.ParameterFormat.Positional,
            Body = new TemplateBody { Text = definition.Body ?? "" },
            State = row.State.ToProto(),
            RejectedReason = row.RejectedReason,
            Quality = row.Quality.ToUpperInvariant() switch
            {
                "GREEN" => TemplateQuality.Green,
                "YELLOW" => TemplateQuality.Yellow,
                "RED" => TemplateQuality.Red,
                _ => TemplateQuality.Unknown,
            },
            MetaTemplateId = row.MetaTemplateId ?? "",
            Etag = Etag.Of(row.Version),
            CreateTime = row.CreateTime.ToProto(),
            UpdateTime = row.UpdateTime.ToProto(),
        };
        foreach (var example in definition.BodyExamples)
            template.Body.Examples[example.Variable] = example.Value;
        if (definition.Header is { Text: { } headerText } header)
        {
            template.Header = new V1.TemplateHeader { Text = headerText };
            if (header.Example is { } example)
                template.Header.Examples[example.Variable] = example.Value;
        }
        if (definition.Footer is { } footer)
            template.Footer = new TemplateFooter { Text = footer };
        template.Buttons.AddRange(definition.Buttons.Select(ToProto).OfType<V1.TemplateButton>());
        return template;
    }

    public static V1.TemplateState ToProto(this TemplateState state) => Enum.Parse<V1.TemplateState>(state.ToString());

    /// <summary>The state that a filter asks for; null for all.</summary>
    public static TemplateState? ToStored(this V1.TemplateState state) =>
        state == V1.TemplateState.Unspecified ? null : Enum.Parse<TemplateState>(state.ToString());

    public static TemplateCategory ToStored(this V1.TemplateCategory category) => category switch
    {
        V1.TemplateCategory.Utility => TemplateCategory.Utility,
        V1.TemplateCategory.Authentication => TemplateCategory.Authentication,
        _ => TemplateCategory.Marketing,
    };

    private static IEnumerable<TemplateExample> InOrder(IDictionary<string, string> examples) =>
        from example in examples
        let number = int.TryParse(example.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : int.MaxValue
        orderby number, example.Key
        select new TemplateExample(example.Key, example.Value);

    private static TemplateButton ToDefinition(V1.TemplateButton button) => button.KindCase switch
    {
        V1.TemplateButton.KindOneofCase.Url => new TemplateButton(TemplateButtonType.Url)
        {
            Text = button.Url.Text,
            Url = button.Url.Url,
            Example = button.Url.Example.Length == 0 ? null : button.Url.Example,
        },
        V1.TemplateButton.KindOneofCase.PhoneNumber => new TemplateButton(TemplateButtonType.PhoneNumber)
        {
            Text = button.PhoneNumber.Text,
            PhoneNumber = button.PhoneNumber.PhoneNumber,
        },
        _ => new TemplateButton(TemplateButtonType.QuickReply) { Text = button.QuickReply?.Text ?? "" },
    };

    /// <summary>A button as the contract has it; null for a kind that the contract lacks, which was made elsewhere.</summary>
    private static V1.TemplateButton? ToProto(TemplateButton button) => button.Type switch
    {
        TemplateButtonType.QuickReply => new V1.TemplateButton { QuickReply = new QuickReplyButton { Text = button.Text ?? "" } },
        TemplateButtonType.Url => new V1.TemplateButton
        {
            Url = new UrlButton { Text = button.Text ?? "", Url = button.Url ?? "", Example = button.Example ?? "" },
        },
        TemplateButtonType.PhoneNumber => new V1.TemplateButton
        {
            PhoneNumber = new PhoneNumberButton { Text = button.Text ?? "", PhoneNumber = button.PhoneNumber ?? "" },
        },
        _ => null,
    };
}
