using System.Globalization;
using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Tenants;
using Herald.Storage.Audit;
using Herald.WhatsApp.Errors;

namespace Herald.Grains.Failures;

/// <summary>Writes to the audit what Meta's refusals led to. Codes, states and ids only.</summary>
internal sealed class FailureAudit(IAuditStore audit, IIdSource ids, TimeProvider time)
{
    private const string Meta = "meta";

    public Task ContactAsync(FailedSend failure, string action) => WriteAsync(
        failure.Tenant, Meta, action, $"tenants/{failure.Tenant}/contacts/{failure.Contact}",
        new Dictionary<string, string> { ["code"] = Number(failure.Code), ["message"] = failure.Message.ToString() });

    public Task SenderAsync(Storage.Tenants.SenderRow before, Domain.Senders.SenderState after, string action, int code, string actor) => WriteAsync(
        before.TenantId, actor, action, $"tenants/{before.TenantId}/senders/{before.SenderId}",
        new Dictionary<string, string> { ["code"] = Number(code), ["from"] = before.State.ToString(), ["to"] = after.ToString() });

    public Task CountryAsync(Storage.Tenants.SenderRow sender, string prefix, int code) => WriteAsync(
        sender.TenantId, Meta, "CloseCountry", $"tenants/{sender.TenantId}/senders/{sender.SenderId}",
        new Dictionary<string, string> { ["code"] = Number(code), ["prefix"] = prefix });

    public Task TemplateAsync(Storage.Templates.TemplateRow before, Domain.Templates.TemplateState after, int code) => WriteAsync(
        before.TenantId, Meta, "PauseTemplate", $"tenants/{before.TenantId}/templates/{before.TemplateId}",
        new Dictionary<string, string> { ["code"] = Number(code), ["from"] = before.State.ToString(), ["to"] = after.ToString() });

    public Task NoticeAsync(TenantId tenant, string resource, string outcome) => audit.AppendAsync(
        Row(tenant, "herald", "NotifyOwner", resource, outcome, ""), CancellationToken.None);

    /// <summary>A sentence of the table with the code behind it, for whoever looks it up at Meta.</summary>
    public static string Sentence(MetaError error, int code) => $"{error.CustomerText} (WhatsApp's code {Number(code)})";

    private Task WriteAsync(TenantId tenant, string actor, string action, string resource, Dictionary<string, string> detail) =>
        audit.AppendAsync(Row(tenant, actor, action, resource, "OK", JsonSerializer.Serialize(detail)), CancellationToken.None);

    private AuditRow Row(TenantId tenant, string actor, string action, string resource, string outcome, string detail) => new()
    {
        TenantId = tenant,
        AuditId = ids.NewId(),
        Time = time.GetUtcNow(),
        Actor = actor,
        Action = action,
        Resource = resource,
        Outcome = outcome,
        Peer = "",
        Detail = detail,
    };

    private static string Number(int code) => code.ToString(CultureInfo.InvariantCulture);
}
