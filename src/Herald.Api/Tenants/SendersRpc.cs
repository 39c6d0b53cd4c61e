using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Senders;
using Herald.Grains.Portfolios;
using Herald.Grains.Secrets;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using SenderKind = Herald.Domain.Senders.SenderKind;
using SenderState = Herald.Domain.Senders.SenderState;

namespace Herald.Api.Tenants;

/// <summary>Serves <c>herald.tenants.v1.SendersService</c>.</summary>
internal sealed class SendersRpc(
    ISenderStore senders, SenderConnector connector, PortfolioKeeper portfolios, ISecretProtector protector, TimeProvider time)
    : SendersService.SendersServiceBase
{
    public override async Task<ConnectSenderResponse> ConnectSender(ConnectSenderRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        Check(call, request);
        var known = await senders.FindByPhoneNumberIdAsync(request.PhoneNumberId, call.Ct);
        if (known is not null && known.TenantId != call.Tenant)
            throw SenderErrors.NumberTaken();
        var resource = SenderName.Format(call.Tenant.Value, known?.SenderId.Value ?? call.ResourceId);
        var token = new AccessToken(request.AccessToken);
        var number = await connector.ConnectAsync(resource, request.WabaId, request.PhoneNumberId, token, request.Pin, call.Ct);
        var portfolio = await portfolios.KeepAsync(request.WabaId, token, number.MessagingLimit, call.Ct);
        var row = known is null
            ? await InsertAsync(call, request, number, portfolio)
            : await Versioned.UpdateAsync(
                resource, null, () => senders.GetAsync(call.Tenant, known.SenderId, call.Ct), row => row.Version,
                row => Connect(row, request, number, portfolio), row => senders.UpdateAsync(row, call.Ct));
        return new ConnectSenderResponse { Sender = row.ToProto() };
    }

    public override async Task<GetSenderResponse> GetSender(GetSenderRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.SenderName("name", request.Name);
        call.ThrowIfInvalid();
        var row = await senders.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        return new GetSenderResponse { Sender = row.ToProto() };
    }

    public override async Task<ListSendersResponse> ListSenders(ListSendersRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken);
        call.ThrowIfInvalid();
        var rows = await senders.ListAsync(call.Tenant, page.After is { } after ? new SenderId(after) : null, page.ReadSize, call.Ct);
        var (items, next) = page.Cut(rows, row => row.SenderId.Value);
        return new ListSendersResponse { Senders = { items.Select(row => row.ToProto()) }, NextPageToken = next };
    }

    public override async Task<DisconnectSenderResponse> DisconnectSender(DisconnectSenderRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.SenderName("name", request.Name);
        var seen = Etag.Read(call.Violations, "etag", request.Etag);
        call.ThrowIfInvalid();
        var current = await senders.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        if (seen is null && current.State == SenderState.Disconnected)
            return new DisconnectSenderResponse { Sender = current.ToProto() };
        var row = await Versioned.UpdateAsync(
            request.Name, seen, () => senders.GetAsync(call.Tenant, id, call.Ct), row => row.Version,
            row => row with
            {
                State = SenderLifecycle.Decide(row.State, SenderTrigger.Disconnect).Change,
                StateReason = "Disconnected over the API.",
                TokenCipher = null,
                UpdateTime = time.StoredNow(),
            },
            async row =>
            {
                var retired = await senders.RetireAsync(row, call.Ct);
                return retired.UsedBy is { } user
                    ? throw ApiErrors.InUse(request.Name, CampaignName.Format(call.Tenant.Value, user.Value))
                    : retired.Row;
            });
        return new DisconnectSenderResponse { Sender = row.ToProto() };
    }

    private async Task<SenderRow> InsertAsync(Call call, ConnectSenderRequest request, PhoneNumberInfo number, string? portfolio)
    {
        var now = time.StoredNow();
        var row = Connect(
            new SenderRow
            {
                TenantId = call.Tenant,
                SenderId = new SenderId(call.ResourceId),
                Kind = request.Kind == Contracts.Tenants.V1.SenderKind.Control ? SenderKind.Control : SenderKind.Business,
                State = SenderState.Pending,
                StateReason = "",
                WabaId = request.WabaId,
                PhoneNumberId = request.PhoneNumberId,
                DisplayPhoneNumber = "",
                VerifiedName = "",
                QualityRating = "",
                MessagesPerSecond = 0,
                TokenCipher = null,
                Version = 1,
                StateTime = now,
                CreateTime = now,
                UpdateTime = now,
            },
            request, number, portfolio);
        return await senders.InsertAsync(row, call.Ct) == SenderInsertResult.Inserted ? row : throw SenderErrors.NumberTaken();
    }

    private SenderRow Connect(SenderRow row, ConnectSenderRequest request, PhoneNumberInfo number, string? portfolio) => row with
    {
        State = SenderConnector.Connected(row.State),
        StateReason = row.State is SenderState.Throttled or SenderState.Restricted ? row.StateReason : "",
        WabaId = request.WabaId,
        DisplayPhoneNumber = number.DisplayPhoneNumber ?? row.DisplayPhoneNumber,
        VerifiedName = number.VerifiedName ?? row.VerifiedName,
        QualityRating = number.QualityRating ?? row.QualityRating,
        MessagesPerSecond = SenderMapping.MessagesPerSecond(number),
        // Of an account that it is no longer in it is not kept.
        PortfolioId = portfolio ?? (row.WabaId == request.WabaId ? row.PortfolioId : null),
        TokenCipher = protector.Protect(request.AccessToken),
        // Somebody did something about it: whether it can send is looked at now, and not when it would be due.
        CheckTime = row.State == SenderState.Restricted ? time.StoredNow() : row.CheckTime,
        UpdateTime = time.StoredNow(),
    };

    private static void Check(Call call, ConnectSenderRequest request)
    {
        const int TokenMax = 1_000;
        const int PinLength = 6;
        call.TenantName("parent", request.Parent);
        call.Violations.GraphId("waba_id", request.WabaId);
        call.Violations.GraphId("phone_number_id", request.PhoneNumberId);
        if (request.AccessToken.Length == 0)
            call.Violations.Add("access_token", Rules.Required, "It is required: a token of WhatsApp's.");
        else if (request.AccessToken.Length > TokenMax)
            call.Violations.Add("access_token", Rules.TooLong, $"It may have at most {TokenMax} characters.");
        else if (!AccessToken.IsValid(request.AccessToken))
            call.Violations.Add("access_token", Rules.Malformed, "It consists of printable ASCII characters without spaces.");
        if (request.Pin.Length > 0 && (request.Pin.Length != PinLength || !request.Pin.All(char.IsAsciiDigit)))
            call.Violations.Add("pin", Rules.Malformed, $"It has exactly {PinLength} digits.");
        if (request.Kind == Contracts.Tenants.V1.SenderKind.Control && !call.Caller.IsSystem)
            call.Violations.Add("kind", Rules.NotAllowed, "CONTROL is for the system tenant only.");
        call.ThrowIfInvalid();
    }
}
