using Google.Protobuf.Collections;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Api.Templates;
using Herald.Domain.Templates;
using Herald.Grains.Campaigns;
using Herald.Storage.Templates;
using Herald.WhatsApp.Templates;

namespace Herald.Api.Messages.Sending;

/// <summary>Makes the contents of messages that name a template. Each template is read and worked out once for a batch.</summary>
internal sealed class TemplateFilling(ITemplateStore templates)
{
    private const int KeyMax = 100;

    /// <summary>Fills the templates of the messages that name one, or says why it cannot be sent.</summary>
    public async Task FillAsync(Call call, IReadOnlyList<WantedSend> open)
    {
        var named = open.Where(send => send.TemplateId is not null).ToList();
        if (named.Count == 0)
            return;
        var rows = await templates.ListAsync(call.Tenant, [.. named.Select(send => send.TemplateId!.Value).Distinct()], call.Ct);
        var known = rows.ToDictionary(row => row.TemplateId, row => (Row: row, Parameters: TemplateParameters.Of(TemplateDefinition.Parse(row.Definition))));
        foreach (var send in named)
        {
            if (known.TryGetValue(send.TemplateId!.Value, out var template))
                Fill(send, template.Row, template.Parameters);
            else
                send.Refusal = ApiErrors.NotFound(send.Request.Template.Template);
        }
    }

    private static void Fill(WantedSend send, TemplateRow row, TemplateParameters template)
    {
        var path = $"{send.Path}.template";
        if (send.Sender!.WabaId != row.WabaId)
        {
            send.Refusal = Violations.Single($"{path}.template", "other_account", "The template belongs to the sender's WhatsApp Business Account.");
            return;
        }
        if (row.State != TemplateState.Approved)
        {
            send.Refusal = TemplateErrors.NotApproved(send.Request.Template.Template, row.State);
            return;
        }
        var violations = new Violations();
        var values = ReadValues(violations, path, send.Request.Template.Parameters, template);
        var fill = template.Fill(values, ValueCleaning.Refuse);
        foreach (var violation in fill.Violations)
            violations.Add(FieldOf(path, violation.Field, template), RuleOf(violation.Rule), $"It {violation.Rule}.");
        send.Category = row.Category;
        send.Content = fill.Content;
        send.Refusal = violations.ToRefusal();
    }

    /// <summary>The values by the template's own keys; those that it has no place for are noted.</summary>
    private static Dictionary<string, string> ReadValues(
        Violations violations, string path, MapField<string, string> given, TemplateParameters template)
    {
        var places = template.All.Select(parameter => (Given: ParameterKeys.Of(parameter), parameter.Key)).DistinctBy(place => place.Given).ToList();
        foreach (var key in given.Keys.Where(key => !places.Any(place => place.Given == key)))
            violations.Add($"{path}.parameters[\"{key[..Math.Min(key.Length, KeyMax)]}\"]", Rules.UnknownValue, "The template has no such variable.");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, key) in places)
        {
            if (given.TryGetValue(name, out var value))
                values[key] = value;
        }
        return values;
    }

    private static string FieldOf(string path, string key, TemplateParameters template) =>
        template.All.FirstOrDefault(parameter => parameter.Key == key) is { } parameter
            ? $"{path}.parameters[\"{ParameterKeys.Of(parameter)}\"]"
            : $"{path}.parameters";

    private static string RuleOf(string rule) => rule switch
    {
        _ when rule.Contains("required", StringComparison.Ordinal) || rule.Contains("blank", StringComparison.Ordinal) => Rules.Required,
        _ when rule.Contains("characters long", StringComparison.Ordinal) => Rules.TooLong,
        _ when rule.Contains("sent from here", StringComparison.Ordinal) => Rules.NotAllowed,
        _ => Rules.Malformed,
    };
}
