using Dapper;
using Herald.Domain.Messages;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Contacts;

/// <summary>What is forgotten of the messages of somebody who is erased.</summary>
public abstract class ErasureTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private const string Sentence = "This contact cannot be reached on WhatsApp.";

    private IMessageStore Messages => Get<IMessageStore>();

    /// <summary>The statement, explained; and what its plan has for each use of the index of a person's messages.</summary>
    protected abstract (string ExplainSql, string Index) Plan { get; }

    [Theory]
    [InlineData(Sentence + "\nAna García is not a WhatsApp user", Sentence)]
    [InlineData("\nAna García\nis not", "")]
    [InlineData(Sentence, Sentence)]
    [InlineData("", "")]
    public async Task Of_a_failure_the_words_of_Meta_are_forgotten_with_the_person_and_nobody_elses(string detail, string kept)
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Messages.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await Messages.SettleAsync([.. claimed.Select(message => Given.Accepted(scene, message) with
        {
            Outcome = AttemptOutcome.Refused,
            NextState = MessageState.Failed,
            Wamid = null,
            ErrorCode = 131026,
            ErrorDetail = detail,
        })], None);

        await Get<IContactStore>().DeleteAsync(scene.Tenant, claimed[0].ContactId, null, Now, None);

        var erased = await Messages.GetAsync(scene.Tenant, claimed[0].MessageId, None);
        Assert.Equal((MessageState.Failed, 131026, kept), (erased!.State, erased.ErrorCode, erased.ErrorDetail));
        Assert.Equal(detail, (await Messages.GetAsync(scene.Tenant, claimed[1].MessageId, None))?.ErrorDetail);
    }

    [Fact]
    public async Task Forgetting_looks_at_the_messages_of_the_person_only()
    {
        var scene = await Given.QueuedSceneAsync(1);

        await using var connection = await Get<IDatabase>().OpenAsync(None);
        var steps = await connection.QueryAsync(Plan.ExplainSql, new { TenantId = scene.Tenant, ContactId = scene.Contacts[0] });

        var plan = string.Join('\n', steps.Select(step => string.Join(' ', ((IDictionary<string, object>)step).Values)));
        Assert.Contains(Plan.Index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on messages", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN messages", plan, StringComparison.Ordinal);
    }
}

public sealed class SqliteErasureTests() : ErasureTests(DatabaseProvider.Sqlite)
{
    protected override (string ExplainSql, string Index) Plan => ("EXPLAIN QUERY PLAN " + ContactStore.ForgetWordsOnSqlite, "messages_by_contact");
}

public sealed class PostgreSqlErasureTests() : ErasureTests(DatabaseProvider.PostgreSql)
{
    protected override (string ExplainSql, string Index) Plan => ("EXPLAIN " + ContactStore.ForgetWordsOnPostgreSql, "messages_by_contact");
}
