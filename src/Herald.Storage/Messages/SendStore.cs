using System.Data.Common;
using System.Text.Json;
using Herald.Domain;
using Herald.Domain.Messages;
using Herald.Domain.Tenants;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;

namespace Herald.Storage.Messages;

internal sealed class SendStore(IDatabase database, Suppressions suppressions, IDialect dialect) : ISendStore
{
    private const int BatchMax = 1_000;

    private const string ListSql = $"SELECT {MessageSql.Columns} FROM messages m WHERE m.tenant_id = @TenantId AND m.message_id ";

    private const string ListOnPostgreSql = ListSql + SqlText.InIdsPostgreSql + " ORDER BY m.message_id";

    private const string ListOnSqlite = ListSql + SqlText.InIdsSqlite + " ORDER BY m.message_id";

    private readonly string _standingsSql = dialect.Pick(SendSql.StandingsOnPostgreSql, SendSql.StandingsOnSqlite);

    private readonly string _addIdentitiesSql = dialect.Pick(SendSql.AddIdentitiesOnPostgreSql, SendSql.AddIdentitiesOnSqlite);

    private readonly string _addContactsSql = dialect.Pick(SendSql.AddContactsOnPostgreSql, SendSql.AddContactsOnSqlite);

    private readonly string _queueSql = dialect.Pick(SendSql.QueueOnPostgreSql, SendSql.QueueOnSqlite);

    private readonly string _listSql = dialect.Pick(ListOnPostgreSql, ListOnSqlite);

    public Task<IReadOnlyList<SendStanding>> StandingsAsync(TenantId tenant, IReadOnlyList<SendRecipient> recipients, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(recipients);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(recipients.Count, BatchMax);
        var items = Json(recipients.Select((recipient, n) => new Dictionary<string, object?>
        {
            ["n"] = n,
            ["contact_id"] = Stored(recipient.ContactId?.Value),
            ["sender_id"] = Stored(recipient.SenderId.Value),
            ["phone"] = recipient.Phone,
            ["phone_variant"] = recipient.PhoneVariant,
            ["user_id"] = recipient.UserId,
        }));
        return database.ListAsync<SendStanding>(_standingsSql, new { TenantId = tenant, Items = items }, ct);
    }

    public async Task<bool> QueueAsync(TenantId tenant, ApiKeyId key, IReadOnlyList<NewSend> sends, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(sends);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sends.Count, BatchMax);
        if (sends.Count == 0)
            return true;
        var hasher = await suppressions.HasherAsync(ct);
        try
        {
            return await database.WriteAsync(async (_, transaction) =>
            {
                var created = await CreateContactsAsync(transaction, tenant, sends, now, ct);
                await transaction.ExecuteAsync(_queueSql, new { TenantId = tenant, KeyId = key, Items = ToJson(sends) }, ct);
                // Who was erased and comes back refuses what they refused: what was just queued for them is suppressed at once.
                if (created.Count > 0)
                    await suppressions.RestoreAsync(transaction, hasher, tenant, created.SelectMany(IdentitiesOf), now, ct);
                foreach (var sender in sends.Select(send => send.Recipient.SenderId).Distinct())
                    await database.NotifyAsync(transaction, SignalChannels.QueueChannel, SignalChannels.Queue(tenant, sender), ct);
                return true;
            }, ct);
        }
        catch (IdentityTakenException)
        {
            return false;
        }
    }

    public Task<IReadOnlyList<MessageRow>> ListAsync(TenantId tenant, IReadOnlyList<MessageId> messages, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return database.ListAsync<MessageRow>(_listSql, new { TenantId = tenant, Ids = IdSet.Of(messages) }, ct);
    }

    /// <summary>The sends that brought a new contact, one for each.</summary>
    private async Task<IReadOnlyList<NewSend>> CreateContactsAsync(
        DbTransaction transaction, TenantId tenant, IReadOnlyList<NewSend> sends, DateTimeOffset now, CancellationToken ct)
    {
        var created = sends.Where(send => send.CreatesContact).DistinctBy(send => send.ContactId).ToList();
        if (created.Count == 0)
            return created;
        var identities = created.SelectMany(IdentitiesOf).Select(identity => new Dictionary<string, object?>
        {
            ["kind"] = (int)identity.Kind,
            ["value"] = identity.Value,
            ["contact_id"] = Stored(identity.ContactId.Value),
        }).ToList();
        var added = await transaction.ExecuteAsync(_addIdentitiesSql, new { TenantId = tenant, Items = Json(identities) }, ct);
        if (added < identities.Count)
            throw new IdentityTakenException();
        var contacts = Json(created.Select(send => new Dictionary<string, object?>
        {
            ["contact_id"] = Stored(send.ContactId.Value),
            ["phone"] = send.Recipient.Phone,
            ["user_id"] = send.Recipient.UserId,
        }));
        await transaction.ExecuteAsync(_addContactsSql, new { TenantId = tenant, Now = now, Items = contacts }, ct);
        return created;
    }

    private static IEnumerable<KnownIdentity> IdentitiesOf(NewSend send)
    {
        (IdentityKind Kind, string? Value)[] all =
        [
            (IdentityKind.Phone, send.Recipient.Phone), (IdentityKind.Phone, send.Recipient.PhoneVariant), (IdentityKind.UserId, send.Recipient.UserId),
        ];
        return from identity in all where identity.Value is not null select new KnownIdentity(send.ContactId, identity.Kind, identity.Value);
    }

    private static string ToJson(IReadOnlyList<NewSend> sends) => Json(sends.Select(send => new Dictionary<string, object?>
    {
        ["message_id"] = Stored(send.MessageId.Value),
        ["contact_id"] = Stored(send.ContactId.Value),
        ["sender_id"] = Stored(send.Recipient.SenderId.Value),
        ["class"] = (int)send.Class,
        ["template_id"] = Stored(send.TemplateId?.Value),
        ["content"] = send.Content,
        ["due_time"] = Micros.FromTime(send.DueTime),
        ["create_time"] = Micros.FromTime(send.CreateTime),
        ["expire_time"] = send.ExpireTime is { } time ? Micros.FromTime(time) : null,
    }));

    /// <summary>Upper case, as SQLite stores ids; PostgreSQL reads both.</summary>
    private static string? Stored(Guid? id) => id?.ToString("D").ToUpperInvariant();

    private static string Json(IEnumerable<Dictionary<string, object?>> items) => JsonSerializer.Serialize(items);

    /// <summary>Rolls the write back; never leaves this class.</summary>
    private sealed class IdentityTakenException : Exception;
}
