using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Errors.V1;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Api.Messages.Sending;

/// <summary>The errors of single messages.</summary>
internal static class SendErrors
{
    public static ApiException WindowClosed(TenantId tenant, ContactId? contact, DateTimeOffset? closeTime)
    {
        const string Text = "The contact did not write within 24 hours before the message would go, so only a template can be sent.";
        return closeTime is { } time
            ? new(Reason.WindowClosed, Text, ("resource", NameOf(tenant, contact)), ("close_time", $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}"))
            : new(Reason.WindowClosed, Text, ("resource", NameOf(tenant, contact)));
    }

    public static ApiException Suppressed(TenantId tenant, ContactId? contact, SuppressionReason reason)
    {
        var resource = NameOf(tenant, contact);
        return reason switch
        {
            SuppressionReason.NoOptIn => new(Reason.NoOptIn, "Marketing needs a recorded opt-in of the contact, and there is none.", ("resource", resource)),
            SuppressionReason.OptedOut => new(Reason.OptedOut, "The contact refused such messages.", ("resource", resource), ("scope", "TENANT")),
            SuppressionReason.SenderPreference => new(
                Reason.OptedOut, "The contact stopped marketing from this sender.", ("resource", resource), ("scope", "SENDER")),
            _ => new(
                Reason.ContactNotReachable, "The contact cannot be written to.", ("resource", resource), ("suppression_reason", WordOf(reason))),
        };
    }

    private static string NameOf(TenantId tenant, ContactId? contact) => contact is { } id ? ContactName.Format(tenant.Value, id.Value) : "";

    private static string WordOf(SuppressionReason reason) => reason switch
    {
        SuppressionReason.NoAddress => "NO_ADDRESS",
        SuppressionReason.Restricted => "RESTRICTED",
        SuppressionReason.Erased => "ERASED",
        SuppressionReason.Unreachable => "UNREACHABLE",
        _ => throw new InvalidOperationException($"{reason} keeps no single message from being sent."),
    };
}
