using Herald.Api.Calls;
using Herald.Contracts;
using Herald.Contracts.Contacts.V1;
using Herald.Storage.Contacts;

namespace Herald.Api.Contacts;

/// <summary>Contacts and lists between storage and contract.</summary>
internal static class ContactMapping
{
    public static Contact ToProto(this ContactRow row) => new()
    {
        Name = ContactName.Format(row.TenantId.Value, row.ContactId.Value),
        PhoneNumber = row.Phone is null ? "" : "+" + row.Phone,
        WhatsappUserId = row.UserId ?? "",
        Username = row.Username ?? "",
        DisplayName = row.DisplayName,
        Language = row.Language,
        TimeZone = row.TimeZone,
        Attributes = { row.Attributes.ToDictionary() },
        Etag = Etag.Of(row.Version),
        CreateTime = row.CreateTime.ToProto(),
        UpdateTime = row.UpdateTime.ToProto(),
        UnreachableCode = row.UnreachableCode,
        UnreachableTime = row.UnreachableCode == 0 ? null : row.UnreachableTime.ToProto(),
        MarketingHoldTime = row.HoldUntil.ToProto(),
        RestrictTime = row.RestrictTime.ToProto(),
    };

    public static ContactList ToProto(this ContactListRow row, bool withMembers)
    {
        var list = new ContactList
        {
            Name = ContactListName.Format(row.TenantId.Value, row.ListId.Value),
            DisplayName = row.DisplayName,
            Etag = Etag.Of(row.Version),
            CreateTime = row.CreateTime.ToProto(),
            UpdateTime = row.UpdateTime.ToProto(),
        };
        if (withMembers)
            list.MemberCount = row.Members;
        return list;
    }
}
