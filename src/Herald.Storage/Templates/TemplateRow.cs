using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Templates;

/// <summary>A message template as stored.</summary>
public sealed record class TemplateRow
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>The template.</summary>
    public required TemplateId TemplateId { get; init; }

    /// <summary>Meta's id of the WhatsApp business account.</summary>
    public required string WabaId { get; init; }

    /// <summary>Meta's id of the template; null before submission.</summary>
    public required string? MetaTemplateId { get; init; }

    /// <summary>The name at Meta; with the language unique in the account.</summary>
    public required string Name { get; init; }

    /// <summary>Meta's language code, such as "pt_BR".</summary>
    public required string Language { get; init; }

    /// <summary>The category that Meta assigned, or that was asked for.</summary>
    public required TemplateCategory Category { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required TemplateState State { get; init; }

    /// <summary>Meta's reason for a refusal; empty without one.</summary>
    public required string RejectedReason { get; init; }

    /// <summary>Meta's quality score as last reported, such as "GREEN"; empty when unknown.</summary>
    public required string Quality { get; init; }

    /// <summary>Header, body, footer and buttons as a JSON object.</summary>
    public required string Definition { get; init; }

    /// <summary>1 when inserted, one more with each update.</summary>
    public required long Version { get; init; }

    /// <summary>When it was inserted.</summary>
    public required DateTimeOffset CreateTime { get; init; }

    /// <summary>When it was last changed.</summary>
    public required DateTimeOffset UpdateTime { get; init; }
}
