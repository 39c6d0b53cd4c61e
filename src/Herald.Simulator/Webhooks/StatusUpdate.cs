using System.Globalization;

namespace Herald.Simulator;

/// <summary>A status of a message: <c>sent</c>, <c>delivered</c>, <c>read</c> or <c>failed</c>.</summary>
internal sealed class StatusUpdate(AcceptedMessage message, string status, DateTimeOffset time, int? errorCode) : NumberUpdate(message.Number, message.Person)
{
    private const string ErrorDocs = "https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes/";

    public override string Field => "messages";

    public override string ItemsName => "statuses";

    public override bool HasContact => errorCode is null;

    public override void WriteItem(MetaJson json, bool userIds)
    {
        json.Open('{')
            .Member("id", message.Wamid)
            .Member("status", status)
            .Member("timestamp", time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))
            .Member("recipient_id", Person.Phone);
        if (userIds && errorCode is null)
        {
            json.Member("recipient_user_id", Person.UserId);
        }

        if (message.CallbackData is { } data)
        {
            json.Member("biz_opaque_callback_data", data);
        }

        if (errorCode is { } code)
        {
            WriteError(json, code);
        }
        else if (status is "sent" or "delivered")
        {
            Pricing.Write(json, message, time);
        }

        json.Close('}');
    }

    private static void WriteError(MetaJson json, int code)
    {
        var title = MessageErrors.TitleOf(code);
        json.Name("errors").Open('[').Open('{')
            .Member("code", code)
            .Member("title", title)
            .Member("message", title)
            .Name("error_data").Open('{').Member("details", MessageErrors.DetailsOf(code)).Close('}')
            .Member("href", ErrorDocs)
            .Close('}').Close(']');
    }
}
