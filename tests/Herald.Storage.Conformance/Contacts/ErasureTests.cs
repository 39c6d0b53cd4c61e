using Dapper;
using Herald.Domain.Messages;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;

namespace Herald.Storage.Conformance.Contacts;

/// <summary>What is forgotten of the messages of somebody who is erased.</summary>
public abstract class ErasureTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    protected const string Sentence = "This contact cannot be reached on WhatsApp.";

    private protected IMessageStore Messages => Get<IMessageStore>();

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
        await Messages.SettleAsync([.. claimed.Select(message => Refused(scene, message, detail))], None);

        await Get<IContactStore>().DeleteAsync(scene.Tenant, claimed[0].ContactId, null, Now, None);

        var erased = await Messages.GetAsync(scene.Tenant, claimed[0].MessageId, None);
        Assert.Equal((MessageState.Failed, 131026, kept), (erased!.State, erased.ErrorCode, erased.ErrorDetail));
        Assert.Equal(detail, (await Messages.GetAsync(scene.Tenant, claimed[1].MessageId, None))?.ErrorDetail);
    }

    [Fact]
    public async Task What_is_told_of_a_person_who_was_erased_meanwhile_keeps_the_sentence_only()
    {
        var scene = await Given.QueuedSceneAsync(2);
        var claimed = (await Messages.ClaimAsync(Given.Claim(scene, 2), None)).Messages;
        await Get<IContactStore>().DeleteAsync(scene.Tenant, claimed[0].ContactId, null, Now, None);

        await Messages.SettleAsync([.. claimed.Select(message => Refused(scene, message, Sentence + "\nAna García is not"))], None);

        Assert.Equal(Sentence, (await Messages.GetAsync(scene.Tenant, claimed[0].MessageId, None))?.ErrorDetail);
        Assert.Equal(Sentence + "\nAna García is not", (await Messages.GetAsync(scene.Tenant, claimed[1].MessageId, None))?.ErrorDetail);
    }

    [Fact]
    public async Task Whichever_comes_first_of_an_erasure_and_a_refusal_the_words_of_Meta_are_gone_in_the_end()
    {
        var scene = await Given.QueuedSceneAsync(20);
        var claimed = (await Messages.ClaimAsync(Given.Claim(scene, 20), None)).Messages;

        var refusals = Task.Run(async () =>
        {
            foreach (var message in claimed)
                await Messages.SettleAsync([Refused(scene, message, Sentence + "\nAna García is not")], None);
        });
        var erasures = Task.Run(async () =>
        {
            foreach (var message in claimed)
                await Get<IContactStore>().DeleteAsync(scene.Tenant, message.ContactId, null, Now, None);
        });
        await Task.WhenAll(refusals, erasures).WaitAsync(Limit);

        foreach (var message in claimed)
            Assert.Equal(Sentence, (await Messages.GetAsync(scene.Tenant, message.MessageId, None))?.ErrorDetail);
    }

    protected Settlement Refused(Scene scene, ClaimedMessage message, string detail) => Given.Accepted(scene, message) with
    {
        Outcome = AttemptOutcome.Refused,
        NextState = MessageState.Failed,
        Wamid = null,
        ErrorCode = 131026,
        ErrorDetail = detail,
    };

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

    [Fact]
    public async Task A_message_that_is_held_while_its_person_is_erased_is_waited_for()
    {
        var scene = await Given.QueuedSceneAsync(1);
        var claimed = Assert.Single((await Messages.ClaimAsync(Given.Claim(scene, 1), None)).Messages);
        await Messages.SettleAsync([Refused(scene, claimed, Sentence + "\nAna García is not")], None);
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        await using var holding = await connection.BeginTransactionAsync(None);
        await connection.ExecuteAsync("SELECT 1 FROM messages FOR UPDATE", null, holding);

        var erasure = Get<IContactStore>().DeleteAsync(scene.Tenant, claimed.ContactId, null, Now, None);
        while (await Get<IContactStore>().GetAsync(scene.Tenant, claimed.ContactId, None) is not null)
            await Task.Yield();
        await holding.CommitAsync(None);
        await erasure.WaitAsync(Limit);

        Assert.Equal(Sentence, (await Messages.GetAsync(scene.Tenant, claimed.MessageId, None))?.ErrorDetail);
    }
}
