using Dapper;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Storage;

/// <summary>Teaches Dapper, once a process, how ids, times and JSON columns are stored, so that rows map without a copy.</summary>
internal static class DapperMapping
{
    private static readonly Lazy<bool> Registered = new(Register);

    public static void EnsureRegistered() => _ = Registered.Value;

    private static bool Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(typeof(Guid), new GuidHandler());
        SqlMapper.AddTypeHandler(typeof(TenantId), new EntityIdHandler<TenantId>());
        SqlMapper.AddTypeHandler(typeof(ApiKeyId), new EntityIdHandler<ApiKeyId>());
        SqlMapper.AddTypeHandler(typeof(OwnerId), new EntityIdHandler<OwnerId>());
        SqlMapper.AddTypeHandler(typeof(SenderId), new EntityIdHandler<SenderId>());
        SqlMapper.AddTypeHandler(typeof(ContactId), new EntityIdHandler<ContactId>());
        SqlMapper.AddTypeHandler(typeof(ContactListId), new EntityIdHandler<ContactListId>());
        SqlMapper.AddTypeHandler(typeof(ConsentEventId), new EntityIdHandler<ConsentEventId>());
        SqlMapper.AddTypeHandler(typeof(TemplateId), new EntityIdHandler<TemplateId>());
        SqlMapper.AddTypeHandler(typeof(CampaignId), new EntityIdHandler<CampaignId>());
        SqlMapper.AddTypeHandler(typeof(MessageId), new EntityIdHandler<MessageId>());
        // Without its built-in mapping the handler decides for parameters too.
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new TimeHandler());
        SqlMapper.AddTypeHandler(typeof(ClosedCountries), new ClosedCountriesHandler());
        SqlMapper.AddTypeHandler(typeof(IReadOnlyDictionary<string, string>), new AttributesHandler());
        return true;
    }
}
