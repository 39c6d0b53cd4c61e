using System.Text.Json;
using Herald.WhatsApp.Accounts;

namespace Herald.WhatsApp.Client;

internal sealed partial class WhatsAppClient
{
    private const string PhoneNumberFields =
        "id,display_phone_number,verified_name,status,quality_rating,throughput,whatsapp_business_manager_messaging_limit,"
        + "code_verification_status,name_status,platform_type,is_on_biz_app";

    private const int PhoneNumbersPerPage = 100;
    private const int PinDigits = 6;

    public async Task<CallResult<Page<PhoneNumberInfo>>> ListPhoneNumbersAsync(
        string wabaId, AccessToken token, string? after, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(wabaId, nameof(wabaId));
        var path = $"{wabaId}/phone_numbers?fields={PhoneNumberFields}&limit={PhoneNumbersPerPage}{Query("after", after)}";
        var result = await ManageAsync(
            "ListPhoneNumbers", wabaId, HttpMethod.Get, path, token, null, AccountReader.ReadPhoneNumbers, cancellationToken);
        if (result.Value?.Items.Any(static number => number.Status is "CONNECTED" or "FLAGGED" or "RESTRICTED") == true)
            budget.MarkRegistered(wabaId);
        return result;
    }

    public Task<CallResult<BusinessAccountInfo>> GetBusinessAccountAsync(string wabaId, AccessToken token, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(wabaId, nameof(wabaId));
        var path = $"{wabaId}?fields=id,owner_business_info";
        return ManageAsync("GetBusinessAccount", wabaId, HttpMethod.Get, path, token, null, AccountReader.ReadBusinessAccount, cancellationToken);
    }

    public Task<CallResult<PhoneNumberInfo>> GetPhoneNumberAsync(string phoneNumberId, AccessToken token, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(phoneNumberId, nameof(phoneNumberId));
        var path = $"{phoneNumberId}?fields={PhoneNumberFields}";
        return ManageAsync("GetPhoneNumber", phoneNumberId, HttpMethod.Get, path, token, null, AccountReader.ReadPhoneNumber, cancellationToken);
    }

    public Task<CallResult<Acknowledgement>> RegisterAsync(
        string phoneNumberId, AccessToken token, string pin, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(phoneNumberId, nameof(phoneNumberId));
        ArgumentNullException.ThrowIfNull(pin);
        if (pin.Length != PinDigits || pin.AsSpan().ContainsAnyExceptInRange('0', '9'))
            throw new ArgumentException("A two-step PIN has six digits.", nameof(pin));

        var body = Body(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("messaging_product"u8, "whatsapp"u8);
            writer.WriteString("pin"u8, pin);
            writer.WriteEndObject();
        });
        return ManageAsync(
            "Register", phoneNumberId, HttpMethod.Post, phoneNumberId + "/register", token, body, AccountReader.ReadSuccess, cancellationToken);
    }

    public Task<CallResult<Acknowledgement>> SubscribeAppAsync(string wabaId, AccessToken token, CancellationToken cancellationToken)
    {
        GraphId.ThrowIfInvalid(wabaId, nameof(wabaId));
        return ManageAsync(
            "SubscribeApp", wabaId, HttpMethod.Post, wabaId + "/subscribed_apps", token, EmptyObject(), AccountReader.ReadSuccess, cancellationToken);
    }

    public Task<CallResult<TokenInfo>> DebugTokenAsync(AccessToken token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (_options is not { AppId: { } appId, AppSecret: { } appSecret })
            throw new InvalidOperationException("WhatsApp:AppId and WhatsApp:AppSecret must be set to ask about a token.");

        var appToken = new AccessToken($"{appId}|{appSecret}");
        var path = "debug_token?input_token=" + Uri.EscapeDataString(token.Reveal());
        return ManageAsync("DebugToken", appId, HttpMethod.Get, path, appToken, null, AccountReader.ReadToken, cancellationToken);
    }

    /// <summary>Makes one management call. The reader says null for an answer that lacks what it should have.</summary>
    private async Task<CallResult<T>> ManageAsync<T>(
        string call,
        string nodeId,
        HttpMethod method,
        string path,
        AccessToken token,
        RequestBody? body,
        Func<JsonElement, T?> read,
        CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(token);
        // Marking as read goes the way of messages, and a token belongs to no account: neither counts.
        var isCounted = call is not ("MarkRead" or "DebugToken");
        using var answer = isCounted && !budget.TryTake(nodeId)
            ? GraphAnswer.Never(NotSentKind.OverBudget)
            : await CallAsync(nodeId, method, path, token, body, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();

        if (answer.NotSent is { } never)
        {
            WhatsAppLog.NotSent(logger, call, nodeId, never);
            return new CallResult<T>(CallFailure.NeverSent(never));
        }

        if (answer.Unknown is null && ReadFailure(answer) is { } refusal)
        {
            LogRefused(call, nodeId, refusal);
            return new CallResult<T>(CallFailure.Refused(refusal));
        }

        if (answer is { Unknown: null, IsSuccess: true, Document: { } document } && read(document.RootElement) is { } value)
        {
            WhatsAppLog.Answered(logger, call, nodeId, answer.HttpStatus ?? 0);
            return new CallResult<T>(value);
        }

        var kind = answer.Unknown ?? (answer.IsSuccess ? UnknownKind.UnreadableAnswer : UnknownKind.ServerError);
        WhatsAppLog.OutcomeUnknown(logger, call, nodeId, kind, answer.HttpStatus);
        return new CallResult<T>(CallFailure.OutcomeUnknown(kind));
    }

    private static RequestBody EmptyObject() => Body(static writer =>
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    });

    private static string Query(string name, string? value) =>
        value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
