using Herald.Api.Calls;
using Herald.Contracts;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Messages;
using Herald.Storage.Messages;
using Herald.WhatsApp.Errors;
using MessageClass = Herald.Domain.Messages.MessageClass;
using MessageState = Herald.Domain.Messages.MessageState;
using SuppressionReason = Herald.Domain.Consents.SuppressionReason;

namespace Herald.Api.Messages;

/// <summary>Messages between storage and contract.</summary>
internal static class MessageMapping
{
    private const string NoCode = "without a code of WhatsApp's";

    public static Message ToProto(this MessageRow row) => new()
    {
        Name = MessageName.Format(row.TenantId.Value, row.MessageId.Value),
        Campaign = row.CampaignId is { } campaign ? CampaignName.Format(row.TenantId.Value, campaign.Value) : "",
        Contact = ContactName.Format(row.TenantId.Value, row.ContactId.Value),
        Sender = SenderName.Format(row.TenantId.Value, row.SenderId.Value),
        MessageClass = row.Class switch
        {
            MessageClass.Authentication => Contracts.Messages.V1.MessageClass.Authentication,
            MessageClass.Reply => Contracts.Messages.V1.MessageClass.Reply,
            MessageClass.Utility => Contracts.Messages.V1.MessageClass.Utility,
            MessageClass.Marketing => Contracts.Messages.V1.MessageClass.Marketing,
            _ => throw new InvalidOperationException($"Unknown message class {row.Class}."),
        },
        State = row.State.ToProto(),
        SuppressionReason = row.SuppressionReason.ToProto(),
        Error = ToError(row.ErrorCode, row.ErrorDetail),
        WhatsappMessageId = row.Wamid ?? "",
        AttemptCount = row.Attempts,
        CreateTime = row.CreateTime.ToProto(),
        DueTime = row.DueTime.ToProto(),
        ClaimTime = row.ClaimTime.ToProto(),
        AcceptTime = row.AcceptTime.ToProto(),
        SentTime = row.SentTime.ToProto(),
        DeliveredTime = row.DeliveredTime.ToProto(),
        ReadTime = row.ReadTime.ToProto(),
        EndTime = row.EndTime.ToProto(),
        Template = row.TemplateId is { } template ? TemplateName.Format(row.TenantId.Value, template.Value) : "",
        Actor = row.ApiKeyId is { } key ? ApiKeyName.Format(row.TenantId.Value, key.Value) : "",
        ExpireTime = row.ExpireTime.ToProto(),
        Pricing = row.Price is { } price ? MessagePrice.FromValue(price).ToProto() : null,
    };

    /// <summary>What a code of Meta's is called, or the HTTP status of an answer that had none.</summary>
    public static string TitleOf(int code) => code switch
    {
        0 => NoCode,
        _ when MetaErrors.Find(code, null) is { } row => row.Meaning,
        >= 400 and < 600 => $"HTTP {code}, {NoCode}",
        _ => "a code that Herald does not know",
    };

    public static Contracts.Messages.V1.SuppressionReason ToProto(this SuppressionReason reason) => reason switch
    {
        SuppressionReason.None => Contracts.Messages.V1.SuppressionReason.Unspecified,
        SuppressionReason.NoOptIn => Contracts.Messages.V1.SuppressionReason.NoOptIn,
        SuppressionReason.OptedOut => Contracts.Messages.V1.SuppressionReason.OptedOut,
        SuppressionReason.SenderPreference => Contracts.Messages.V1.SuppressionReason.SenderPreference,
        SuppressionReason.NoAddress => Contracts.Messages.V1.SuppressionReason.NoAddress,
        SuppressionReason.Restricted => Contracts.Messages.V1.SuppressionReason.Restricted,
        SuppressionReason.Erased => Contracts.Messages.V1.SuppressionReason.Erased,
        SuppressionReason.Duplicate => Contracts.Messages.V1.SuppressionReason.Duplicate,
        SuppressionReason.WindowClosed => Contracts.Messages.V1.SuppressionReason.WindowClosed,
        SuppressionReason.Unreachable => Contracts.Messages.V1.SuppressionReason.Unreachable,
        _ => throw new InvalidOperationException($"Unknown suppression reason {reason}."),
    };

    public static Contracts.Messages.V1.MessageState ToProto(this MessageState state) =>
        System.Enum.Parse<Contracts.Messages.V1.MessageState>(state.ToString());

    /// <summary>The state that a filter asks for; null for all.</summary>
    public static MessageState? ToStored(this Contracts.Messages.V1.MessageState state) =>
        state == Contracts.Messages.V1.MessageState.Unspecified ? null : System.Enum.Parse<MessageState>(state.ToString());

    /// <summary>The reason that a filter asks for; null for all.</summary>
    public static SuppressionReason? ToStored(this Contracts.Messages.V1.SuppressionReason reason) =>
        reason == Contracts.Messages.V1.SuppressionReason.Unspecified ? null : System.Enum.Parse<SuppressionReason>(reason.ToString());

    /// <summary>
    /// What a code and the text stored with it say; null when there are none. The stored sentence was chosen with all that was known of the error, its
    /// subcode and its HTTP status included; the table stands in where only the code was kept.
    /// </summary>
    public static MessageError? ToError(int code, string stored)
    {
        if (code == 0 && stored.Length == 0)
            return null;
        var text = FailureText.Read(stored);
        return new MessageError
        {
            Code = code,
            Title = TitleOf(code),
            Explanation = text.Explanation.Length > 0 ? text.Explanation : MetaErrors.Find(code, null)?.CustomerText ?? "",
            Detail = text.Detail,
        };
    }

    /// <summary>A price in the contract's words.</summary>
    public static MessagePricing ToProto(this MessagePrice price) => new()
    {
        Category = System.Enum.Parse<PricingCategory>(price.Category.ToString()),
        Type = System.Enum.Parse<PricingType>(price.Type.ToString()),
        Billable = price.IsCharged,
    };
}
