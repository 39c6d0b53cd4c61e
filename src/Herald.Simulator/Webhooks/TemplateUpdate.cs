using System.Globalization;

namespace Herald.Simulator;

/// <summary>A template changed its state.</summary>
internal sealed class TemplateStatusUpdate(Waba waba, Template template, string @event, DateTimeOffset time) : AccountUpdate(waba, time)
{
    public override string Field => "message_template_status_update";

    /// <summary>Why it was rejected; <c>NONE</c> otherwise.</summary>
    public string Reason { get; init; } = "NONE";

    /// <summary>The reviewer's words on a rejection; null without.</summary>
    public string? RejectionText { get; init; }

    /// <summary><c>FIRST_PAUSE</c>, <c>UNPAUSE</c> and the like; null without.</summary>
    public (string Title, string Description)? OtherInfo { get; init; }

    public override void WriteValue(MetaJson json)
    {
        json.Open('{')
            .Member("event", @event)
            .Member("message_template_id", long.Parse(template.Id, CultureInfo.InvariantCulture))
            .Member("message_template_name", template.Name)
            .Member("message_template_language", template.Language.Replace('_', '-'))
            .Member("reason", Reason)
            .Member("message_template_category", template.Category);
        if (RejectionText is not null)
        {
            json.Name("rejection_info").Open('{')
                .Member("reason", RejectionText)
                .Member("recommendation", "Change the template and submit it again.")
                .Close('}');
        }

        if (OtherInfo is { } info)
        {
            json.Name("other_info").Open('{').Member("title", info.Title).Member("description", info.Description).Close('}');
        }

        if (@event == TemplateStatus.Disabled)
        {
            json.Name("disable_info").Open('{').Member("disable_date", Time.ToUnixTimeSeconds()).Close('}');
        }

        json.Close('}');
    }
}

/// <summary>A template was put into another category.</summary>
internal sealed class TemplateCategoryUpdate(Waba waba, Template template, string previous, DateTimeOffset time) : AccountUpdate(waba, time)
{
    private readonly string _category = template.Category;

    public override string Field => "template_category_update";

    public override void WriteValue(MetaJson json) =>
        json.Open('{')
            .Member("message_template_id", long.Parse(template.Id, CultureInfo.InvariantCulture))
            .Member("message_template_name", template.Name)
            .Member("message_template_language", template.Language.Replace('_', '-'))
            .Member("previous_category", previous)
            .Member("new_category", _category)
            .Close('}');
}

/// <summary>A template's quality score changed.</summary>
internal sealed class TemplateQualityUpdate(Waba waba, Template template, string previous, string current, DateTimeOffset time) : AccountUpdate(waba, time)
{
    public override string Field => "message_template_quality_update";

    public override void WriteValue(MetaJson json) =>
        json.Open('{')
            .Member("previous_quality_score", previous)
            .Member("new_quality_score", current)
            .Member("message_template_id", long.Parse(template.Id, CultureInfo.InvariantCulture))
            .Member("message_template_name", template.Name)
            .Member("message_template_language", template.Language.Replace('_', '-'))
            .Close('}');
}
