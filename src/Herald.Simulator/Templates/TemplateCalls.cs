using System.Text.Json;
using System.Text.Json.Nodes;

namespace Herald.Simulator;

/// <summary>Graph calls about templates.</summary>
internal sealed class TemplateCalls(TemplateService service)
{
    private const string NodeType = "WhatsAppMessageTemplate";

    private static readonly string[] Defaults =
        ["name", "parameter_format", "components", "language", "status", "category", "previous_category", "message_send_ttl_seconds", "id"];

    public GraphReply Create(Waba waba, GraphCall call)
    {
        if (call.Root.ValueKind != JsonValueKind.Object)
        {
            return GraphErrors.ParameterRequired("name");
        }

        var (draft, error) = TemplateDraft.Read(call.Root);
        if (draft is null)
        {
            return error!;
        }

        var (template, refused) = service.Create(waba, draft);
        return template is null
            ? refused!
            : GraphReply.Of(new JsonObject { ["id"] = template.Id, ["status"] = template.Status, ["category"] = template.Category });
    }

    public static GraphReply List(Waba waba, GraphCall call)
    {
        var matching = waba.Templates.List().Where(template => Matches(template, call.Query)).ToArray();
        var items = new List<JsonObject>(matching.Length);
        foreach (var template in matching)
        {
            var (picked, error) = FieldSelector.Pick(ToNode(template), call.Parameter("fields"), Defaults, NodeType);
            if (picked is null)
            {
                return error!;
            }

            items.Add(picked);
        }

        return GraphPage.Of(call, items, [.. matching.Select(template => template.Id)]);
    }

    public static GraphReply Get(Template template, GraphCall call)
    {
        var (picked, error) = FieldSelector.Pick(ToNode(template), call.Parameter("fields"), Defaults, NodeType);
        return picked is null ? error! : GraphReply.Of(picked);
    }

    /// <summary>Edits category, components or time-to-live; what is left out stays.</summary>
    public GraphReply Edit(Waba waba, Template template, GraphCall call)
    {
        if (call.Root.ValueKind != JsonValueKind.Object)
        {
            return GraphErrors.ParameterRequired("components");
        }

        var merged = new JsonObject
        {
            ["name"] = template.Name,
            ["language"] = template.Language,
            ["category"] = call.Root.Text("category") ?? template.Category,
            ["parameter_format"] = template.Named ? "NAMED" : "POSITIONAL",
            ["components"] = call.Root.TryGetProperty("components", out var components)
                ? JsonNode.Parse(components.GetRawText())
                : template.Content.Components.DeepClone(),
        };
        if (call.Root.TryGetProperty("message_send_ttl_seconds", out var seconds))
        {
            merged["message_send_ttl_seconds"] = JsonNode.Parse(seconds.GetRawText());
        }

        var (draft, error) = TemplateDraft.Read(JsonSerializer.SerializeToElement(merged));
        return draft is null ? error!
            : service.Edit(waba, template, draft) is { } refused ? refused
            : GraphReply.Success;
    }

    public GraphReply Delete(Waba waba, GraphCall call) =>
        call.Parameter("name") is not { Length: > 0 } name ? GraphErrors.ParameterRequired("name")
        : service.Delete(waba, name, call.Parameter("hsm_id")) is { } error ? error
        : GraphReply.Success;

    private static JsonObject ToNode(Template template) => new()
    {
        ["id"] = template.Id,
        ["name"] = template.Name,
        ["parameter_format"] = template.Named ? "NAMED" : "POSITIONAL",
        ["components"] = template.Content.Components.DeepClone(),
        ["language"] = template.Language,
        ["status"] = template.Status,
        ["category"] = template.Category,
        ["previous_category"] = template.PreviousCategory,
        ["correct_category"] = null,
        ["rejected_reason"] = template.RejectedReason,
        ["quality_score"] = new JsonObject { ["score"] = template.QualityScore, ["date"] = template.CreatedAt.ToUnixTimeSeconds() },
        ["message_send_ttl_seconds"] = template.TimeToLiveSeconds,
        ["cta_url_link_tracking_opted_out"] = false,
        ["health_status"] = new JsonObject
        {
            ["can_send_message"] = template.Status == TemplateStatus.Approved ? "AVAILABLE" : "BLOCKED",
            ["entities"] = new JsonArray(new JsonObject
            {
                ["entity_type"] = "MESSAGE_TEMPLATE",
                ["id"] = template.Id,
                ["can_send_message"] = template.Status == TemplateStatus.Approved ? "AVAILABLE" : "BLOCKED",
            }),
        },
    };

    private static bool Matches(Template template, IQueryCollection query) =>
        Is(query, "status", template.Status)
        && Is(query, "language", template.Language)
        && Is(query, "category", template.Category)
        && Is(query, "quality_score", template.QualityScore)
        && (!query.TryGetValue("name", out var name) || template.Name.Contains(name.ToString(), StringComparison.OrdinalIgnoreCase));

    private static bool Is(IQueryCollection query, string filter, string value) =>
        !query.TryGetValue(filter, out var wanted)
        || wanted.ToString().Split(',').Contains(value, StringComparer.OrdinalIgnoreCase);
}
