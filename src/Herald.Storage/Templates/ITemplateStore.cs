using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage.Templates;

/// <summary>Message templates.</summary>
public interface ITemplateStore
{
    /// <summary>Adds a template with version 1.</summary>
    Task<TemplateInsertResult> InsertAsync(TemplateRow row, CancellationToken ct);

    /// <summary>The tenant's template, or null.</summary>
    Task<TemplateRow?> GetAsync(TenantId tenant, TemplateId template, CancellationToken ct);

    /// <summary>Those of the tenant's templates that exist, by id.</summary>
    Task<IReadOnlyList<TemplateRow>> ListAsync(TenantId tenant, IReadOnlyList<TemplateId> templates, CancellationToken ct);

    /// <summary>
    /// Up to <paramref name="pageSize"/> templates of the tenant, in one state only if <paramref name="state"/> is set, with ids above
    /// <paramref name="after"/> (null: from the start), by id.
    /// </summary>
    Task<IReadOnlyList<TemplateRow>> ListAsync(TenantId tenant, TemplateState? state, TemplateId? after, int pageSize, CancellationToken ct);

    /// <summary>
    /// Writes all but ids, account, name, language, version and create time, if the stored version is still the row's. The new row, or null
    /// when the template is absent or was changed meanwhile.
    /// </summary>
    Task<TemplateRow?> UpdateAsync(TemplateRow row, CancellationToken ct);

    /// <summary>
    /// Removes the template if its version is still <paramref name="version"/>. False when absent, changed meanwhile, or used by a campaign that
    /// has not ended.
    /// </summary>
    Task<bool> DeleteAsync(TenantId tenant, TemplateId template, long version, CancellationToken ct);

    /// <summary>The templates of all tenants with Meta's id, by tenant. For webhooks.</summary>
    Task<IReadOnlyList<TemplateRow>> FindByMetaIdAsync(string metaTemplateId, CancellationToken ct);

    /// <summary>The templates of all tenants with this account, name and language, by tenant. For webhooks.</summary>
    Task<IReadOnlyList<TemplateRow>> FindByNameAsync(string wabaId, string name, string language, CancellationToken ct);
}
