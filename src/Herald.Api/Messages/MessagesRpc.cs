using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Api.Messages.Sending;
using Herald.Api.Messages.Story;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Messages;
using Herald.Storage.Campaigns;
using Herald.Storage.Messages;

namespace Herald.Api.Messages;

/// <summary>Serves <c>herald.messages.v1.MessagesService</c>.</summary>
internal sealed partial class MessagesRpc(
    IMessageStore messages, ICampaignStore campaigns, IStoryStore stories, MessageSender sender, TimeProvider time) : MessagesService.MessagesServiceBase
{
    public override async Task<GetMessageResponse> GetMessage(GetMessageRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.MessageName("name", request.Name);
        call.ThrowIfInvalid();
        var row = await messages.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        return new GetMessageResponse { Message = row.ToProto() };
    }

    public override async Task<ListMessagesResponse> ListMessages(ListMessagesRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        var page = PageRequest.Read(
            call, request.PageSize, request.PageToken, request.Campaign, request.Contact, request.State.ToString(), $"{request.ErrorCode}",
            request.SuppressionReason.ToString(), $"{request.CreateTimeStart}", $"{request.CreateTimeEnd}");
        var campaign = call.Optional("campaign", request.Campaign, CallNames.CampaignName);
        var contact = call.Optional("contact", request.Contact, CallNames.ContactName);
        if (request.ErrorCode < 0)
            call.Violations.Add("error_code", Rules.OutOfRange, "It is one of Meta's codes, or 0 for all.");
        var (start, end) = (request.CreateTimeStart?.ToStored(), request.CreateTimeEnd?.ToStored());
        if (end <= start)
            call.Violations.Add("create_time_end", Rules.OutOfRange, "It is after create_time_start.");
        call.ThrowIfInvalid();
        // A contact may have been deleted since, and its messages stay.
        if (campaign is { } known && await campaigns.GetAsync(call.Tenant, known, call.Ct) is null)
            throw ApiErrors.NotFound(request.Campaign);
        var filter = new MessageFilter
        {
            Campaign = campaign,
            Contact = contact,
            State = request.State.ToStored(),
            ErrorCode = request.ErrorCode,
            SuppressionReason = request.SuppressionReason.ToStored(),
            CreatedFrom = start,
            CreatedBefore = end,
        };
        var rows = await messages.ListAsync(call.Tenant, filter, page.After is { } after ? new MessageId(after) : null, page.ReadSize, call.Ct);
        var (items, next) = page.Cut(rows, row => row.MessageId.Value);
        return new ListMessagesResponse { Messages = { items.Select(row => row.ToProto()) }, NextPageToken = next };
    }

    public override async Task<ListMessageEventsResponse> ListMessageEvents(ListMessageEventsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.MessageName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken, request.Parent);
        call.ThrowIfInvalid();
        var story = await stories.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Parent);
        var told = StoryTeller.Tell(story).Where(step => page.After is not { } after || step.CompareTo(after) > 0).Take(page.ReadSize).ToList();
        var (items, next) = page.Cut(told, step => step.Key);
        return new ListMessageEventsResponse { MessageEvents = { items.Select(step => step.Event) }, NextPageToken = next };
    }
}
