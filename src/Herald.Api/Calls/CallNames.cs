using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Api.Calls;

/// <summary>
/// Reads the resource names of a request. A malformed one is noted as a violation and gives the empty id; one of another tenant fails the
/// call at once, in the same words as one that does not exist.
/// </summary>
internal static class CallNames
{
    private delegate bool Parser(string? text, out Guid tenant, out Guid id);

    public static void TenantName(this Call call, string field, string value) =>
        Read<TenantId>(call, field, value, Contracts.TenantName.Pattern, ParseTenant);

    public static void TenantSettingsName(this Call call, string field, string value) =>
        Read<TenantId>(call, field, value, Contracts.TenantSettingsName.Pattern, ParseSettings);

    public static ApiKeyId ApiKeyName(this Call call, string field, string value) =>
        Read<ApiKeyId>(call, field, value, Contracts.ApiKeyName.Pattern, Contracts.ApiKeyName.TryParse);

    public static SenderId SenderName(this Call call, string field, string value) =>
        Read<SenderId>(call, field, value, Contracts.SenderName.Pattern, Contracts.SenderName.TryParse);

    public static OwnerId OwnerName(this Call call, string field, string value) =>
        Read<OwnerId>(call, field, value, Contracts.OwnerName.Pattern, Contracts.OwnerName.TryParse);

    public static ContactId ContactName(this Call call, string field, string value) =>
        Read<ContactId>(call, field, value, Contracts.ContactName.Pattern, Contracts.ContactName.TryParse);

    public static ContactListId ContactListName(this Call call, string field, string value) =>
        Read<ContactListId>(call, field, value, Contracts.ContactListName.Pattern, Contracts.ContactListName.TryParse);

    public static ContactId ConsentName(this Call call, string field, string value) =>
        Read<ContactId>(call, field, value, Contracts.ConsentName.Pattern, Contracts.ConsentName.TryParse);

    public static TemplateId TemplateName(this Call call, string field, string value) =>
        Read<TemplateId>(call, field, value, Contracts.TemplateName.Pattern, Contracts.TemplateName.TryParse);

    public static CampaignId CampaignName(this Call call, string field, string value) =>
        Read<CampaignId>(call, field, value, Contracts.CampaignName.Pattern, Contracts.CampaignName.TryParse);

    public static MessageId MessageName(this Call call, string field, string value) =>
        Read<MessageId>(call, field, value, Contracts.MessageName.Pattern, Contracts.MessageName.TryParse);

    /// <summary>A name that may be left out.</summary>
    public static TId? Optional<TId>(this Call call, string field, string value, Func<Call, string, string, TId> read)
        where TId : struct, IEntityId<TId> =>
        value.Length == 0 ? null : read(call, field, value);

    private static TId Read<TId>(Call call, string field, string value, string pattern, Parser parse)
        where TId : struct, IEntityId<TId>
    {
        if (parse(value, out var tenant, out var id))
            return tenant == call.Tenant.Value ? TId.FromGuid(id) : throw ApiErrors.NotFound(value);
        if (value.Length == 0)
            call.Violations.Add(field, Rules.Required, $"It is required: {pattern}.");
        else if (value.Length > ResourceName.LengthMax)
            call.Violations.Add(field, Rules.TooLong, $"It is a name of the form {pattern}.");
        else
            call.Violations.Add(field, Rules.Malformed, $"It is a name of the form {pattern}, with UUIDs in lower case.");
        return default;
    }

    private static bool ParseTenant(string? text, out Guid tenant, out Guid id)
    {
        var isValid = Contracts.TenantName.TryParse(text, out tenant);
        id = tenant;
        return isValid;
    }

    private static bool ParseSettings(string? text, out Guid tenant, out Guid id)
    {
        var isValid = Contracts.TenantSettingsName.TryParse(text, out tenant);
        id = tenant;
        return isValid;
    }
}
