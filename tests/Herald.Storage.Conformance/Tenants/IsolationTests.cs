using System.Reflection;
using System.Text.Json;
using Dapper;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Audit;
using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance.Tenants;

/// <summary>
/// Calls every method of every store that takes a tenant with another tenant and the first one's ids. A new method is covered without being
/// named; a parameter of a new type makes the test fail until it is told a value.
/// </summary>
public abstract class IsolationTests(DatabaseProvider provider) : ConformanceTest(provider)
{
    private const string SqliteTablesSql =
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'tenant_id' WHERE m.type = 'table' ORDER BY m.name";

    private const string PostgreSqlTablesSql =
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY table_name";

    [Fact]
    public async Task Nothing_of_one_tenant_is_seen_or_changed_through_another()
    {
        var scene = await Given.QueuedSceneAsync(3);
        var other = await Given.StoredTenantAsync();
        var claimed = (await Get<IMessageStore>().ClaimAsync(Given.Claim(scene, 1), None)).Messages[0];
        await Get<IMessageStore>().SettleAsync([Given.Accepted(scene, claimed)], None);
        await Get<IAuditStore>().AppendAsync(Audit(scene.Tenant), None);
        var values = await ValuesAsync(scene, other, claimed);
        var before = await DumpAsync(scene.Tenant);

        var calls = 0;
        foreach (var method in Stores().SelectMany(store => store.GetMethods()).Where(TakesATenant))
        {
            object?[] arguments = [.. method.GetParameters().Select(parameter => Value(values, parameter))];
            var task = (Task)method.Invoke(Database.Services.GetRequiredService(method.DeclaringType!), arguments)!;
            await task;
            var result = task.GetType().GetProperty("Result")?.GetValue(task);
            var seen = JsonSerializer.Serialize(result);

            Assert.False(seen.Contains(scene.Tenant.ToString(), StringComparison.OrdinalIgnoreCase), $"{method.DeclaringType!.Name}.{method.Name} shows {seen}");
            var after = await DumpAsync(scene.Tenant);
            Assert.True(before == after, $"{method.DeclaringType!.Name}.{method.Name} changed rows of another tenant.");
            calls++;
        }

        Assert.True(calls > 40, $"Only {calls} methods were called.");
    }

    private static IEnumerable<Type> Stores() => typeof(IMessageStore).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface && type.Name.EndsWith("Store", StringComparison.Ordinal));

    private static bool TakesATenant(MethodInfo method) => method.GetParameters().Any(parameter =>
        parameter.ParameterType == typeof(TenantId) || Element(parameter.ParameterType).GetProperty("TenantId") is not null);

    private static Type Element(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
        ? type.GetGenericArguments()[0]
        : type;

    private static object? Value(Dictionary<Type, object?> values, ParameterInfo parameter)
    {
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        if (values.TryGetValue(type, out var value))
            return value;
        throw new InvalidOperationException($"This test needs a value for {parameter.Name} of type {type} in {parameter.Member.DeclaringType}.{parameter.Member.Name}.");
    }

    private async Task<Dictionary<Type, object?>> ValuesAsync(Scene scene, TenantId other, ClaimedMessage claimed)
    {
        var contact = Assert.IsType<ContactRow>(await Get<IContactStore>().GetAsync(scene.Tenant, scene.Contacts[0], None));
        var sender = Assert.IsType<SenderRow>(await Get<ISenderStore>().GetAsync(scene.Tenant, scene.Sender, None));
        var template = Assert.IsType<TemplateRow>(await Get<ITemplateStore>().GetAsync(scene.Tenant, scene.Template, None));
        var campaign = Assert.IsType<CampaignRow>(await Get<ICampaignStore>().GetAsync(scene.Tenant, scene.Campaign, None));
        var list = Assert.IsType<ContactListRow>(await Get<IContactListStore>().GetAsync(scene.Tenant, scene.List, None));
        var tenant = Assert.IsType<TenantRow>(await Get<ITenantStore>().GetAsync(other, None));
        return new Dictionary<Type, object?>
        {
            [typeof(TenantId)] = other,
            [typeof(ContactId)] = scene.Contacts[0],
            [typeof(ContactListId)] = scene.List,
            [typeof(CampaignId)] = scene.Campaign,
            [typeof(TemplateId)] = scene.Template,
            [typeof(MessageId)] = claimed.MessageId,
            [typeof(Domain.Senders.SenderId)] = scene.Sender,
            [typeof(OwnerId)] = Ids.New<OwnerId>(),
            [typeof(ConsentEventId)] = ConsentEventId.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff"),
            [typeof(Guid)] = Guid.AllBitsSet,
            [typeof(CampaignState)] = CampaignState.Running,
            [typeof(TemplateState)] = TemplateState.Approved,
            [typeof(MessageState)] = MessageState.Queued,
            [typeof(MessageClass)] = MessageClass.Marketing,
            [typeof(OwnerRole)] = OwnerRole.Owner,
            [typeof(string)] = $"wamid.{claimed.MessageId}",
            [typeof(TimeSpan)] = TimeSpan.Zero,
            [typeof(bool)] = true,
            [typeof(byte[])] = new byte[] { 1 },
            [typeof(int)] = 100,
            [typeof(long)] = 1L,
            [typeof(DateTimeOffset)] = Now,
            [typeof(CancellationToken)] = None,
            [typeof(Func<MessageId>)] = new Func<MessageId>(Ids.New<MessageId>),
            [typeof(IReadOnlyList<string>)] = new[] { contact.Phone! },
            [typeof(IReadOnlyList<ContactId>)] = scene.Contacts,
            [typeof(IReadOnlyCollection<ContactId>)] = scene.Contacts,
            [typeof(IReadOnlyList<MessageId>)] = new[] { claimed.MessageId },
            [typeof(IReadOnlyList<ClaimKey>)] = new[] { new ClaimKey(claimed.MessageId, claimed.Attempt) },
            [typeof(IReadOnlyList<TemplateId>)] = new[] { scene.Template },
            [typeof(MessageFilter)] = new MessageFilter { Contact = scene.Contacts[0] },
            [typeof(ApiKeyId)] = Ids.New<ApiKeyId>(),
            [typeof(IReadOnlyList<SendRecipient>)] = new[] { Recipient(scene), new SendRecipient { SenderId = scene.Sender, Phone = contact.Phone } },
            [typeof(IReadOnlyList<NewSend>)] = new[] { Send(scene, claimed.MessageId) },
            [typeof(TenantRow)] = tenant,
            [typeof(SenderRow)] = sender with { TenantId = other },
            [typeof(ContactRow)] = contact with { TenantId = other },
            [typeof(ContactListRow)] = list with { TenantId = other },
            [typeof(TemplateRow)] = template with { TenantId = other },
            [typeof(CampaignRow)] = campaign with { TenantId = other, State = CampaignState.Paused },
            [typeof(AuditRow)] = Audit(other),
            [typeof(ApiKeyRow)] = ApiKey(other),
            [typeof(ConsentEventRow)] = Given.Event(other, scene.Contacts[1], ConsentAction.Revoke),
            [typeof(IReadOnlyList<NewMessage>)] = new[] { Given.Reply(other, scene.Contacts[0], scene.Sender) },
            [typeof(ClaimRequest)] = Given.Claim(scene, 10) with { TenantId = other },
            [typeof(IReadOnlyList<Settlement>)] = new[] { Given.Accepted(scene, claimed) with { TenantId = other, Outcome = AttemptOutcome.Unknown } },
            [typeof(IReadOnlyList<StatusUpdate>)] = new[]
            {
                Given.Status(scene, claimed.MessageId, MessageState.Read) with { TenantId = other },
                Given.Status(scene, claimed.MessageId, MessageState.Read) with { TenantId = other, MessageId = null },
            },
            [typeof(IReadOnlyList<GraceEnd>)] = new[] { new GraceEnd(other, claimed.MessageId, GoesOnceMore: true) },
            [typeof(Domain.IRandomSource)] = new Domain.SeededRandomSource(1),
            [typeof(InboundIdentity)] = Somebody(contact),
            [typeof(ContactImportBatch)] = Import(scene, contact),
        };
    }

    private static SendRecipient Recipient(Scene scene) => new() { SenderId = scene.Sender, ContactId = scene.Contacts[0] };

    private NewSend Send(Scene scene, MessageId message) => new()
    {
        MessageId = message,
        ContactId = scene.Contacts[0],
        Recipient = Recipient(scene),
        CreatesContact = false,
        Class = MessageClass.Reply,
        TemplateId = null,
        Content = "{}",
        CreateTime = Now,
        DueTime = Now,
        ExpireTime = null,
    };

    private ApiKeyRow ApiKey(TenantId tenant) => new()
    {
        TenantId = tenant,
        KeyId = "k",
        SecretHash = [],
        DisplayName = "",
        Scopes = ApiScopes.Tenant,
        CreateTime = Now,
        RevokeTime = null,
    };

    private static InboundIdentity Somebody(ContactRow contact) => new()
    {
        Phone = contact.Phone,
        PhoneVariants = [],
        UserId = null,
        ParentUserId = null,
        Username = null,
        ProfileName = "Somebody else",
    };

    private ContactImportBatch Import(Scene scene, ContactRow contact) => new()
    {
        ListId = scene.List,
        Now = Now,
        Rows =
        [
            new ContactImportRow
            {
                NewContactId = Ids.New<ContactId>(),
                Phone = contact.Phone!,
                PhoneVariants = [],
                DisplayName = "Somebody else",
                Language = "",
                TimeZone = "",
                Attributes = new Dictionary<string, string>(),
                Consent = null,
            },
        ],
    };

    private AuditRow Audit(TenantId tenant) => new()
    {
        TenantId = tenant,
        AuditId = Ids.NewId(),
        Time = Now,
        Actor = "",
        Action = "",
        Resource = "",
        Outcome = "",
        Peer = "",
        Detail = "",
    };

    private async Task<string> DumpAsync(TenantId tenant)
    {
        await using var connection = await Get<IDatabase>().OpenAsync(None);
        var tables = await connection.QueryAsync<string>(Provider == DatabaseProvider.Sqlite ? SqliteTablesSql : PostgreSqlTablesSql);
        List<string> lines = [];
        foreach (var table in tables)
        {
            var rows = await connection.QueryAsync($"SELECT * FROM {table} WHERE tenant_id = @tenant", new { tenant });
            lines.AddRange(rows.Select(row => $"{table}: {string.Join('|', ((IDictionary<string, object?>)row).Values.Select(Text))}").Order(StringComparer.Ordinal));
        }
        return string.Join('\n', lines);
    }

    private static string Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : $"{value}";
}

public sealed class SqliteIsolationTests() : IsolationTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlIsolationTests() : IsolationTests(DatabaseProvider.PostgreSql);
