using Dapper;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;

namespace Herald.Storage.Conformance.Consents;

/// <summary>
/// Whoever shares a refusal takes the person's contacts in the order in which a claim takes them, so that neither holds what the other waits for. A
/// transaction of the test plays the claim. On SQLite writers take turns.
/// </summary>
public sealed class PostgreSqlSamePersonOrderTests() : ConformanceTest(DatabaseProvider.PostgreSql)
{
    private const string BlockedSql =
        "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0";

    private const string LockSql = "SELECT 1 FROM consents WHERE contact_id = @contact FOR SHARE NOWAIT";

    private static readonly InboundIdentity Nobody = new()
    {
        Phone = null,
        PhoneVariants = [],
        UserId = null,
        ParentUserId = null,
        Username = null,
        ProfileName = "",
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_waits_for_a_persons_first_contact_holds_none_of_the_others(bool isKnownAsOne)
    {
        var tenant = await Given.StoredTenantAsync();
        List<ContactId> people = [await ResolveAsync(tenant, "ES.1", null), await ResolveAsync(tenant, null, "34600000001")];
        people.Sort((one, other) => one.Value.CompareTo(other.Value));
        foreach (var contact in people)
            await Given.RecordAsync(tenant, contact, ConsentAction.Grant);
        if (isKnownAsOne)
            await ResolveAsync(tenant, "ES.1", "34600000001");
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        await using var claim = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync(LockSql, new { contact = people[0].Value }, claim);

        Task sharing = isKnownAsOne
            ? Given.RecordAsync(Given.Event(tenant, people[1], ConsentAction.Revoke) with { EventTime = Now.AddMinutes(1) })
            : ResolveAsync(tenant, "ES.1", "34600000001");
        await WaitForBlockedAsync(sharing);
        await connection.ExecuteAsync(LockSql, new { contact = people[1].Value }, claim);
        await claim.CommitAsync();
        await sharing.WaitAsync(Limit);

        var expected = isKnownAsOne ? ConsentState.Revoked : ConsentState.Granted;
        foreach (var contact in people)
            Assert.Equal(expected, Assert.Single(await Get<IConsentStore>().GetAsync(tenant, contact, None)).Marketing);
    }

    private async Task<ContactId> ResolveAsync(TenantId tenant, string? userId, string? phone) =>
        (await Get<IContactStore>().ResolveInboundAsync(tenant, Nobody with { UserId = userId, Phone = phone }, Ids.New<ContactId>(), Now, None)).ContactId;

    /// <summary>Waits until a transaction of this database waits for another; fails when the one that should has ended.</summary>
    private async Task WaitForBlockedAsync(Task waiting)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        using var limit = new CancellationTokenSource(Limit);
        while (await connection.ExecuteScalarAsync<int>(new CommandDefinition(BlockedSql, cancellationToken: limit.Token)) == 0)
        {
            if (waiting.IsCompleted)
            {
                await waiting;
                Assert.Fail("It should have waited for the claim, but it did not.");
            }
        }
    }
}
