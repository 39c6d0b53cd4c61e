namespace Herald.Simulator;

public sealed partial class SimulatorControl
{
    /// <summary>All templates of all accounts.</summary>
    public IReadOnlyList<TemplateView> GetTemplates() =>
        [.. _world.Wabas.SelectMany(waba => waba.Templates.List().Select(template =>
            new TemplateView(template.Id, waba.Id, template.Name, template.Language, template.Category, template.Status)))];

    /// <summary>Puts a template into a state and tells it by webhook.</summary>
    /// <param name="templateId">Node id.</param>
    /// <param name="status"><c>APPROVED</c>, <c>PENDING</c>, <c>REJECTED</c>, <c>PAUSED</c> or <c>DISABLED</c>.</param>
    /// <param name="reason">Why it is rejected, for example <c>INVALID_FORMAT</c>; <c>NONE</c> otherwise.</param>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public void SetTemplateStatus(string templateId, string status, string reason)
    {
        if (!TemplateStatus.All.Contains(status, StringComparer.Ordinal))
        {
            throw new ArgumentException("A template cannot be put into this state.", nameof(status));
        }

        var (waba, template) = TemplateOf(templateId);
        _templates.SetStatus(waba, template, status, reason, null);
    }

    /// <summary>Puts a template into another category and tells it by webhook.</summary>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public void SetTemplateCategory(string templateId, string category)
    {
        var (waba, template) = TemplateOf(templateId);
        _templates.SetCategory(waba, template, category);
    }

    /// <summary>Gives a template a quality score (<c>GREEN</c>, <c>YELLOW</c>, <c>RED</c>, <c>UNKNOWN</c>) and tells it by webhook.</summary>
    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public void SetTemplateQuality(string templateId, string score)
    {
        var (waba, template) = TemplateOf(templateId);
        _templates.SetQuality(waba, template, score);
    }

    private (Waba Waba, Template Template) TemplateOf(string templateId) =>
        _world.FindTemplate(templateId) ?? throw new KeyNotFoundException("There is no such template.");
}
