using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Campaigns.V1;
using Herald.Domain.Campaigns;
using Herald.Grains;
using Herald.Grains.Campaigns;
using CampaignState = Herald.Domain.Campaigns.CampaignState;
using PauseCause = Herald.Domain.Campaigns.PauseCause;

namespace Herald.Api.Campaigns;

// Launch, pause, resume and cancel: the campaign's grain decides, here its answer becomes one of the contract.
internal sealed partial class CampaignsRpc
{
    private static readonly TimeSpan ScheduleMax = TimeSpan.FromDays(365);

    public override async Task<LaunchCampaignResponse> LaunchCampaign(LaunchCampaignRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.CampaignName("name", request.Name);
        var seen = Etag.Read(call.Violations, "etag", request.Etag);
        var now = time.GetUtcNow();
        var scheduleTime = request.ScheduleTime?.ToStored();
        if (scheduleTime > now + ScheduleMax)
            call.Violations.Add("schedule_time", Rules.OutOfRange, "It is at most 365 days ahead.");
        call.ThrowIfInvalid();
        var row = await ReadAsync(call, id);
        if (row.State is CampaignState.Draft or CampaignState.Scheduled && await references.IsEmptyAsync(call, row.ListId))
            throw CampaignErrors.ListEmpty(ContactListName.Format(call.Tenant.Value, row.ListId.Value));
        // Delivery holds the limit whatever is found here; this only asks before it takes days. A repeated request gets the first answer again.
        if (!request.AcceptSpread && (call.RequestId.Length == 0 || row.LastRequestId != call.RequestId) && row.State is (CampaignState.Draft or CampaignState.Scheduled)
            && await portfolios.ForecastAsync(call.Tenant, id, scheduleTime > now ? scheduleTime.Value : now, call.Ct) is { IsOver: true } forecast)
        {
            throw CampaignErrors.OverLimit(forecast);
        }
        var command = new LaunchCampaign
        {
            Actor = call.Caller.Actor,
            RequestId = call.RequestId,
            Version = seen,
            ScheduleTime = scheduleTime > now ? scheduleTime : null,
        };
        return new LaunchCampaignResponse { Campaign = await MoveAsync(call, id, grain => grain.Launch(command)) };
    }

    public override async Task<PauseCampaignResponse> PauseCampaign(PauseCampaignRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.CampaignName("name", request.Name);
        var seen = Etag.Read(call.Violations, "etag", request.Etag);
        call.Violations.OptionalText("detail", request.Detail, CampaignValidation.DetailMax);
        call.ThrowIfInvalid();
        var command = new PauseCampaign
        {
            Actor = call.Caller.Actor,
            RequestId = call.RequestId,
            Version = seen,
            Detail = request.Detail,
            Cause = (int)PauseCause.Partner,
        };
        return new PauseCampaignResponse { Campaign = await MoveAsync(call, id, grain => grain.Pause(command)) };
    }

    public override async Task<ResumeCampaignResponse> ResumeCampaign(ResumeCampaignRequest request, ServerCallContext context)
    {
        var (call, id, command) = ReadCommand(context, request.Name, request.Etag);
        return new ResumeCampaignResponse { Campaign = await MoveAsync(call, id, grain => grain.Resume(command)) };
    }

    public override async Task<CancelCampaignResponse> CancelCampaign(CancelCampaignRequest request, ServerCallContext context)
    {
        var (call, id, command) = ReadCommand(context, request.Name, request.Etag);
        return new CancelCampaignResponse { Campaign = await MoveAsync(call, id, grain => grain.Cancel(command)) };
    }

    private static (Call Call, CampaignId Id, CampaignCommand Command) ReadCommand(ServerCallContext context, string name, string etag)
    {
        var call = Call.Of(context);
        var id = call.CampaignName("name", name);
        var seen = Etag.Read(call.Violations, "etag", etag);
        call.ThrowIfInvalid();
        return (call, id, new CampaignCommand { Actor = call.Caller.Actor, RequestId = call.RequestId, Version = seen });
    }

    private async Task<Campaign> MoveAsync(Call call, CampaignId id, Func<ICampaignGrain, Task<ChangeResult>> move)
    {
        var row = await ReadAsync(call, id);
        var result = await move(grains.GetGrain<ICampaignGrain>(GrainKeys.Campaign(call.Tenant, id)));
        if (result.IsAccepted)
            return (await ReadAsync(call, id)).ToProto();
        var (templateState, senderState) = await references.StatesAsync(call, row.TemplateId, row.SenderId);
        throw CampaignErrors.Of(result, row, templateState, senderState);
    }
}
