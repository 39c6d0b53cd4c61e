using System.Data.Common;
using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;

namespace Herald.Storage.Tenants;

internal sealed class SenderStore(IDatabase database, IDialect dialect) : ISenderStore
{
    private const string Columns =
        """
        tenant_id, sender_id, kind, state, state_reason, waba_id, phone_number_id, display_phone_number, verified_name, quality_rating,
        messages_per_second, token_cipher, portfolio_id, state_time, check_time, check_count, is_marketing_stopped, level_news_time, closed_countries, version, create_time, update_time
        """;

    private const string InsertSql =
        $"""
        INSERT INTO senders ({Columns})
        VALUES (@TenantId, @SenderId, @Kind, @State, @StateReason, @WabaId, @PhoneNumberId, @DisplayPhoneNumber, @VerifiedName, @QualityRating,
          @MessagesPerSecond, @TokenCipher, @PortfolioId, @CreateTime, NULL, 0, @IsMarketingStopped, @LevelNewsTime, @ClosedCountries, 1, @CreateTime, @UpdateTime)
        ON CONFLICT DO NOTHING
        """;

    private const string GetSql = $"SELECT {Columns} FROM senders WHERE tenant_id = @TenantId AND sender_id = @SenderId";

    private const string ListSql =
        $"SELECT {Columns} FROM senders WHERE tenant_id = @TenantId AND sender_id > @After ORDER BY sender_id LIMIT @PageSize";

    private const string FindSql = $"SELECT {Columns} FROM senders WHERE phone_number_id = @PhoneNumberId";

    private const string ListByWabaSql = $"SELECT {Columns} FROM senders WHERE waba_id = @WabaId ORDER BY tenant_id, sender_id";

    // State 3 is Active, 4 is Throttled.
    private const string ListActiveSql = $"SELECT {Columns} FROM senders WHERE state IN (3, 4) ORDER BY tenant_id, sender_id";

    private const string ListToCheckSql =
        $"SELECT {Columns} FROM senders WHERE check_time IS NOT NULL AND check_time <= @Now ORDER BY check_time LIMIT @Limit";

    // State 4 is Throttled, 5 is Restricted: only they come back by themselves.
    private const string UpdateSql =
        $"""
        UPDATE senders
        SET state = @State, state_reason = @StateReason, waba_id = @WabaId, phone_number_id = @PhoneNumberId,
            display_phone_number = @DisplayPhoneNumber, verified_name = @VerifiedName, quality_rating = @QualityRating,
            messages_per_second = @MessagesPerSecond, token_cipher = @TokenCipher, portfolio_id = @PortfolioId,
            state_time = CASE WHEN state <> @State THEN @UpdateTime ELSE state_time END,
            check_time = CASE WHEN @State IN (4, 5) THEN @CheckTime END, check_count = @CheckCount, level_news_time = @LevelNewsTime,
            is_marketing_stopped = (@State = 4 AND @IsMarketingStopped), closed_countries = @ClosedCountries,
            version = version + 1, update_time = @UpdateTime
        WHERE tenant_id = @TenantId AND sender_id = @SenderId AND version = @Version
        RETURNING {Columns}
        """;

    private const string UserSql = SqlText.UnfinishedCampaign + "sender_id = @SenderId LIMIT 1";

    private readonly string _lockSql = dialect.Pick(GetSql + " FOR UPDATE", GetSql);

    public Task<SenderInsertResult> InsertAsync(SenderRow row, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        if (await transaction.ExecuteAsync(InsertSql, row, ct) == 1)
            return SenderInsertResult.Inserted;
        return await transaction.FindAsync<SenderRow>(GetSql, row, ct) is null ? SenderInsertResult.PhoneNumberTaken : SenderInsertResult.IdExists;
    }, ct);

    public Task<SenderRow?> GetAsync(TenantId tenant, SenderId sender, CancellationToken ct) =>
        database.FindAsync<SenderRow>(GetSql, new { TenantId = tenant, SenderId = sender }, ct);

    public Task<IReadOnlyList<SenderRow>> ListAsync(TenantId tenant, SenderId? after, int pageSize, CancellationToken ct) =>
        database.ListAsync<SenderRow>(ListSql, new { TenantId = tenant, After = after ?? default, PageSize = pageSize }, ct);

    public Task<SenderRow?> FindByPhoneNumberIdAsync(string phoneNumberId, CancellationToken ct) =>
        database.FindAsync<SenderRow>(FindSql, new { PhoneNumberId = phoneNumberId }, ct);

    public Task<IReadOnlyList<SenderRow>> ListByWabaAsync(string wabaId, CancellationToken ct) =>
        database.ListAsync<SenderRow>(ListByWabaSql, new { WabaId = wabaId }, ct);

    public Task<IReadOnlyList<SenderRow>> ListActiveAsync(CancellationToken ct) => database.ListAsync<SenderRow>(ListActiveSql, null, ct);

    public Task<IReadOnlyList<SenderRow>> ListToCheckAsync(DateTimeOffset now, int limit, CancellationToken ct) =>
        database.ListAsync<SenderRow>(ListToCheckSql, new { Now = now, Limit = limit }, ct);

    public Task<SenderRow?> UpdateAsync(SenderRow row, CancellationToken ct) =>
        database.WriteAsync((_, transaction) => UpdateAsync(transaction, row, ct), ct);

    public Task<SenderRetirement> RetireAsync(SenderRow row, CancellationToken ct) => database.WriteAsync(async (_, transaction) =>
    {
        await transaction.FindAsync<SenderRow>(_lockSql, row, ct);
        return await transaction.FindAsync<CampaignId?>(UserSql, row, ct) is { } user
            ? new SenderRetirement { UsedBy = user }
            : new SenderRetirement { Row = await UpdateAsync(transaction, row, ct) };
    }, ct);

    private async Task<SenderRow?> UpdateAsync(DbTransaction transaction, SenderRow row, CancellationToken ct)
    {
        var updated = await transaction.FindAsync<SenderRow>(UpdateSql, row, ct);
        if (updated is not null)
            await database.NotifyAsync(transaction, SignalChannels.QueueChannel, SignalChannels.Queue(row.TenantId, row.SenderId), ct);
        return updated;
    }
}
