using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Storage.Contacts;

internal sealed class ContactListStore(IDatabase database, IDialect dialect) : IContactListStore
{
    private const string Columns = "tenant_id, list_id, display_name, version, create_time, update_time";

    private const string InsertSql =
        $"""
        INSERT INTO contact_lists ({Columns})
        VALUES (@TenantId, @ListId, @DisplayName, 1, @CreateTime, @UpdateTime)
        ON CONFLICT DO NOTHING
        """;

    private const string GetSql =
        $"""
        SELECT {Columns},
          (SELECT COUNT(*) FROM contact_list_members m WHERE m.tenant_id = @TenantId AND m.list_id = @ListId) AS members
        FROM contact_lists WHERE tenant_id = @TenantId AND list_id = @ListId
        """;

    private const string ListSql =
        $"SELECT {Columns} FROM contact_lists WHERE tenant_id = @TenantId AND list_id > @After ORDER BY list_id LIMIT @PageSize";

    private const string HoldSql = "SELECT 1 FROM contact_lists WHERE tenant_id = @TenantId AND list_id = @ListId";

    private const string UserSql = SqlText.UnfinishedCampaign + "list_id = @ListId LIMIT 1";

    private const string DeleteSql = "DELETE FROM contact_lists WHERE tenant_id = @TenantId AND list_id = @ListId";

    private const string DeleteMembersSql = "DELETE FROM contact_list_members WHERE tenant_id = @TenantId AND list_id = @ListId";

    private const string AddHead =
        """
        INSERT INTO contact_list_members (tenant_id, list_id, contact_id)
        SELECT c.tenant_id, l.list_id, c.contact_id
        FROM contacts c JOIN contact_lists l ON l.tenant_id = c.tenant_id AND l.list_id = @ListId
        WHERE c.tenant_id = @TenantId AND c.contact_id
        """;

    private const string AddTail = " ORDER BY c.contact_id ";

    // A contact that is being erased must not leave its membership behind.
    private const string AddTailPostgreSql = AddTail + "FOR KEY SHARE " + OnConflict;

    private const string OnConflict = "ON CONFLICT DO NOTHING";

    private const string RemoveSql = "DELETE FROM contact_list_members WHERE tenant_id = @TenantId AND list_id = @ListId AND contact_id";

    private readonly string _holdSql = dialect.Pick(HoldSql + " FOR UPDATE", HoldSql);

    private readonly string _addSql = dialect.Pick(
        AddHead + SqlText.InIdsPostgreSql + AddTailPostgreSql, AddHead + SqlText.InIdsSqlite + AddTail + OnConflict);

    private readonly string _removeSql = dialect.Pick(RemoveSql + SqlText.InIdsPostgreSql, RemoveSql + SqlText.InIdsSqlite);

    public async Task<bool> InsertAsync(ContactListRow row, CancellationToken ct) => await database.ExecuteAsync(InsertSql, row, ct) == 1;

    public Task<ContactListRow?> GetAsync(TenantId tenant, ContactListId list, CancellationToken ct) =>
        database.FindAsync<ContactListRow>(GetSql, new { TenantId = tenant, ListId = list }, ct);

    public Task<IReadOnlyList<ContactListRow>> ListAsync(TenantId tenant, ContactListId? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<ContactListRow>(ListSql, new { TenantId = tenant, After = after ?? default, PageSize = pageSize }, ct);

    public Task<bool> DeleteAsync(TenantId tenant, ContactListId list, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        var key = new { TenantId = tenant, ListId = list };
        if (await transaction.FindAsync<int?>(_holdSql, key, ct) is null || await transaction.FindAsync<CampaignId?>(UserSql, key, ct) is not null)
            return false;
        await transaction.ExecuteAsync(DeleteSql, key, ct);
        await transaction.ExecuteAsync(DeleteMembersSql, key, ct);
        return true;
    }, ct);

    public Task<int> AddMembersAsync(TenantId tenant, ContactListId list, IReadOnlyList<ContactId> contacts, CancellationToken ct) =>
        database.ExecuteAsync(_addSql, new { TenantId = tenant, ListId = list, Ids = IdSet.Of(contacts) }, ct);

    public Task<int> RemoveMembersAsync(TenantId tenant, ContactListId list, IReadOnlyList<ContactId> contacts, CancellationToken ct) =>
        database.ExecuteAsync(_removeSql, new { TenantId = tenant, ListId = list, Ids = IdSet.Of(contacts) }, ct);
}
