using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Errors.V1;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Accounts;

namespace Herald.Api.Tenants;

/// <summary>The errors of senders.</summary>
internal static class SenderErrors
{
    /// <summary>Some tenant has the number; whose is not said.</summary>
    public static ApiException NumberTaken() => ApiErrors.AlreadyExists("sender", "phone_number_id", null);

    public static ApiException TokenRefused(TokenInfo token) => token.ErrorCode is { } code
        ? new(Reason.MetaRefused, "WhatsApp does not accept the access token.", ("meta_code", $"{code}"))
        : new(Reason.MetaRefused, "WhatsApp does not accept the access token.");

    public static ApiException TokenScopeMissing(string scope) =>
        Violations.Single("access_token", "permission_missing", $"The token needs WhatsApp's permission {scope}.");

    public static ApiException NumberNotInAccount() =>
        Violations.Single("phone_number_id", "not_in_account", "The number belongs to the WhatsApp Business Account that is named.");

    public static ApiException NotActive(SenderRow sender)
    {
        var (name, state) = (SenderName.Format(sender.TenantId.Value, sender.SenderId.Value), sender.State.ToString().ToUpperInvariant());
        return new(Reason.SenderNotActive, $"The sender '{name}' is {state}.", ("resource", name), ("state", state));
    }

    public static ApiException NoSenderOf(string resource) => new(
        Reason.SenderNotActive, $"No sender of the WhatsApp Business Account of '{resource}' is connected.",
        ("resource", resource), ("state", "DISCONNECTED"));

    public static ApiException NoControlNumber() =>
        new(Reason.ControlNumberMissing, "No control number is connected, so there is nowhere for an owner to write to.");
}
