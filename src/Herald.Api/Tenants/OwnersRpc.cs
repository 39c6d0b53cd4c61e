using System.Globalization;
using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts.Tenants.V1;
using Herald.Domain;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains.Control;
using Herald.Storage.Tenants;
using OwnerRole = Herald.Domain.Tenants.OwnerRole;
using SenderKind = Herald.Domain.Senders.SenderKind;

namespace Herald.Api.Tenants;

/// <summary>Serves <c>herald.tenants.v1.OwnersService</c>.</summary>
internal sealed class OwnersRpc(IOwnerStore owners, ITenantStore tenants, ISenderStore senders, IRandomSource random, TimeProvider time)
    : OwnersService.OwnersServiceBase
{
    private const int CodesMax = 1_000_000;
    private const int AttemptsMax = 20;
    private const int SendersPageSize = 100;
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(15);

    public override async Task<CreateOwnerLinkCodeResponse> CreateOwnerLinkCode(CreateOwnerLinkCodeRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        call.Violations.Required("role", request.Role);
        call.Violations.Language("language", request.Language);
        call.ThrowIfInvalid();
        var number = await FindControlNumberAsync(call.Ct) ?? throw SenderErrors.NoControlNumber();
        var tenant = await tenants.GetAsync(call.Tenant, call.Ct) ?? throw ApiErrors.NotFound(request.Parent);
        var language = request.Language.Length == 0 ? tenant.Language : request.Language;
        var (code, expireTime) = await CreateCodeAsync(call, request.Role.ToStored(), language);
        return new CreateOwnerLinkCodeResponse
        {
            OwnerLinkCode = new OwnerLinkCode
            {
                Code = $"LINK {code}",
                LinkUri = $"https://wa.me/{Digits(number.DisplayPhoneNumber)}?text=LINK%20{code}",
                Role = request.Role,
                ExpireTime = expireTime.ToProto(),
            },
        };
    }

    public override async Task<GetOwnerResponse> GetOwner(GetOwnerRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.OwnerName("name", request.Name);
        call.ThrowIfInvalid();
        return new GetOwnerResponse { Owner = (await FindAsync(call, id, request.Name)).ToProto() };
    }

    public override async Task<ListOwnersResponse> ListOwners(ListOwnersRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken);
        call.ThrowIfInvalid();
        // The store gives them by id, and a tenant has few.
        var rows = (await owners.ListAsync(call.Tenant, call.Ct))
            .SkipWhile(row => page.After is { } after && string.CompareOrdinal(row.OwnerId.ToString(), after.ToString("D")) <= 0)
            .Take(page.ReadSize)
            .ToList();
        var (items, next) = page.Cut(rows, row => row.OwnerId.Value);
        return new ListOwnersResponse { Owners = { items.Select(row => row.ToProto()) }, NextPageToken = next };
    }

    public override async Task<RemoveOwnerResponse> RemoveOwner(RemoveOwnerRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.OwnerName("name", request.Name);
        call.ThrowIfInvalid();
        var row = await FindAsync(call, id, request.Name);
        await owners.RemoveAsync(call.Tenant, id, time.StoredNow(), call.Ct);
        return new RemoveOwnerResponse { Owner = row.ToProto() };
    }

    private async Task<OwnerRow> FindAsync(Call call, OwnerId id, string name) =>
        await owners.GetAsync(call.Tenant, id, call.Ct) is { RemoveTime: null } row ? row : throw ApiErrors.NotFound(name);

    private async Task<(string Code, DateTimeOffset ExpireTime)> CreateCodeAsync(Call call, OwnerRole role, string language)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var code = random.Next(CodesMax).ToString("D6", CultureInfo.InvariantCulture);
            var now = time.StoredNow();
            if (await owners.CreateLinkCodeAsync(call.Tenant, OwnerLinkCodes.Hash(code), role, language, now, now + CodeLife, call.Ct))
                return (code, now + CodeLife);
        }
        throw new InvalidOperationException($"{AttemptsMax} random link codes in a row were taken.");
    }

    private async Task<SenderRow?> FindControlNumberAsync(CancellationToken ct)
    {
        if (await tenants.GetSystemTenantAsync(ct) is not { } system)
            return null;
        var all = await senders.ListAsync(system.TenantId, null, SendersPageSize, ct);
        return all.FirstOrDefault(sender => sender.Kind == SenderKind.Control && SenderLifecycle.MaySend(sender.State));
    }

    private static string Digits(string phone) => string.Concat(phone.Where(char.IsAsciiDigit));
}
