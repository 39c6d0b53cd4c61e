using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Campaigns;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Contacts.V1;
using Herald.Domain.Contacts;
using Herald.Storage.Contacts;

namespace Herald.Api.Contacts;

/// <summary>Serves <c>herald.contacts.v1.ContactListsService</c>.</summary>
internal sealed class ContactListsRpc(IContactListStore lists, LiveCampaigns campaigns, TimeProvider time)
    : ContactListsService.ContactListsServiceBase
{
    public override async Task<CreateContactListResponse> CreateContactList(CreateContactListRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var wanted = request.ContactList ?? new ContactList();
        call.TenantName("parent", request.Parent);
        call.Violations.Text("contact_list.display_name", wanted.DisplayName, ContactValidation.NameMax);
        call.ThrowIfInvalid();
        var now = time.StoredNow();
        var row = new ContactListRow
        {
            TenantId = call.Tenant,
            ListId = new ContactListId(call.ResourceId),
            DisplayName = wanted.DisplayName,
            Version = 1,
            CreateTime = now,
            UpdateTime = now,
        };
        // A repeated request finds the list that it made.
        if (!await lists.InsertAsync(row, call.Ct))
            row = await lists.GetAsync(call.Tenant, row.ListId, call.Ct) ?? row;
        return new CreateContactListResponse { ContactList = row.ToProto(withMembers: true) };
    }

    public override async Task<GetContactListResponse> GetContactList(GetContactListRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.ContactListName("name", request.Name);
        call.ThrowIfInvalid();
        var row = await lists.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        return new GetContactListResponse { ContactList = row.ToProto(withMembers: true) };
    }

    public override async Task<ListContactListsResponse> ListContactLists(ListContactListsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken);
        call.ThrowIfInvalid();
        var rows = await lists.ListAsync(call.Tenant, page.After is { } after ? new ContactListId(after) : null, page.ReadSize, call.Ct);
        var (items, next) = page.Cut(rows, row => row.ListId.Value);
        return new ListContactListsResponse { ContactLists = { items.Select(row => row.ToProto(withMembers: false)) }, NextPageToken = next };
    }

    public override async Task<DeleteContactListResponse> DeleteContactList(DeleteContactListRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.ContactListName("name", request.Name);
        var seen = Etag.Read(call.Violations, "etag", request.Etag);
        call.ThrowIfInvalid();
        var row = await lists.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        if (seen is { } version && version != row.Version)
            throw ApiErrors.EtagMismatch(request.Name, Etag.Of(row.Version));
        if (!await lists.DeleteAsync(call.Tenant, id, call.Ct))
            throw await RefusalAsync(call, id, request.Name);
        return new DeleteContactListResponse();
    }

    private async Task<ApiException> RefusalAsync(Call call, ContactListId id, string name) =>
        await campaigns.FindAsync(call.Tenant, campaign => campaign.ListId == id, call.Ct) is { } user
            ? ApiErrors.InUse(name, CampaignName.Format(user.TenantId.Value, user.CampaignId.Value))
            : ApiErrors.NotFound(name);
}
