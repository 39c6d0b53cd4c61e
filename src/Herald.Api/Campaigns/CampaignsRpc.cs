using System.Runtime.CompilerServices;
using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Contracts;
using Herald.Contracts.Campaigns.V1;
using Herald.Domain.Campaigns;
using Herald.Storage.Campaigns;
using Herald.Storage.Portfolios;
using Orleans;
using CampaignState = Herald.Domain.Campaigns.CampaignState;
using PauseCause = Herald.Domain.Campaigns.PauseCause;

namespace Herald.Api.Campaigns;

/// <summary>Serves <c>herald.campaigns.v1.CampaignsService</c>: what is written and read. The moves of its life are in the other file.</summary>
internal sealed partial class CampaignsRpc(
    ICampaignStore campaigns, IPortfolioStore portfolios, CampaignReferences references, CampaignWatch watch, IGrainFactory grains, TimeProvider time)
    : CampaignsService.CampaignsServiceBase
{
    private readonly ConditionalWeakTable<CampaignRow, Campaign> _answers = [];
    private static readonly string[] Fields = ["display_name", "template", "sender", "contact_list", "parameters"];

    public override async Task<CreateCampaignResponse> CreateCampaign(CreateCampaignRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var wanted = request.Campaign ?? new Campaign();
        call.TenantName("parent", request.Parent);
        call.Violations.Text("campaign.display_name", wanted.DisplayName, CampaignValidation.NameMax);
        call.Violations.CheckSources("campaign.parameters", wanted.Parameters);
        var template = call.TemplateName("campaign.template", wanted.Template);
        var sender = call.SenderName("campaign.sender", wanted.Sender);
        var list = call.ContactListName("campaign.contact_list", wanted.ContactList);
        call.ThrowIfInvalid();
        await references.CheckAsync(call, wanted, template, sender, list);
        var now = time.StoredNow();
        var row = new CampaignRow
        {
            TenantId = call.Tenant,
            CampaignId = new CampaignId(call.ResourceId),
            DisplayName = wanted.DisplayName,
            TemplateId = template,
            SenderId = sender,
            ListId = list,
            Parameters = wanted.Parameters.ToStored(),
            State = CampaignState.Draft,
            PauseCause = PauseCause.None,
            PauseActor = "",
            StateDetail = "",
            Recipients = 0,
            PrepareCursor = null,
            PrepareDone = false,
            LastRequestId = "",
            ScheduleTime = null,
            LaunchTime = null,
            StartTime = null,
            EndTime = null,
            Version = 1,
            CreateTime = now,
            UpdateTime = now,
        };
        // What it refers to may have gone since it was looked at; the next look says which.
        while (await campaigns.InsertAsync(row, call.Ct) is var inserted && inserted != CampaignInsertResult.Inserted)
        {
            // A repeated request finds the campaign that it made.
            if (inserted == CampaignInsertResult.IdExists)
            {
                row = await campaigns.GetAsync(call.Tenant, row.CampaignId, call.Ct) ?? row;
                break;
            }
            await references.CheckAsync(call, wanted, template, sender, list);
        }
        return new CreateCampaignResponse { Campaign = row.ToProto() };
    }

    public override async Task<GetCampaignResponse> GetCampaign(GetCampaignRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.CampaignName("name", request.Name);
        call.ThrowIfInvalid();
        var row = await campaigns.RecallAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        // Asked for often while it changes seldom; a row that is still the same one needs no second answer. Nobody changes an answer.
        return new GetCampaignResponse { Campaign = _answers.GetValue(row, static row => row.ToProto()) };
    }

    public override async Task<ListCampaignsResponse> ListCampaigns(ListCampaignsRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken, request.State.ToString());
        call.ThrowIfInvalid();
        var rows = await campaigns.ListAsync(
            call.Tenant, request.State.ToStored(), page.After is { } after ? new CampaignId(after) : null, page.ReadSize, call.Ct);
        var (items, next) = page.Cut(rows, row => row.CampaignId.Value);
        return new ListCampaignsResponse { Campaigns = { items.Select(row => row.ToProto()) }, NextPageToken = next };
    }

    public override async Task<UpdateCampaignResponse> UpdateCampaign(UpdateCampaignRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var wanted = request.Campaign ?? new Campaign();
        var id = call.CampaignName("campaign.name", wanted.Name);
        var mask = call.Violations.Mask("update_mask", request.UpdateMask, Fields);
        var seen = Etag.Read(call.Violations, "campaign.etag", wanted.Etag);
        call.ThrowIfInvalid();
        var current = await ReadAsync(call, id);
        var merged = Merge(current.ToProto(), wanted, mask);
        call.Violations.Text("campaign.display_name", merged.DisplayName, CampaignValidation.NameMax);
        call.Violations.CheckSources("campaign.parameters", merged.Parameters);
        var template = call.TemplateName("campaign.template", merged.Template);
        var sender = call.SenderName("campaign.sender", merged.Sender);
        var list = call.ContactListName("campaign.contact_list", merged.ContactList);
        call.ThrowIfInvalid();
        if (current.State != CampaignState.Draft)
            throw NotDraft(wanted.Name, current.State);
        await references.CheckAsync(call, merged, template, sender, list);
        // What was checked together is written together: another change in between is a mismatch even for who sent no etag.
        var row = await Versioned.UpdateAsync(
            wanted.Name, seen ?? current.Version, () => campaigns.GetAsync(call.Tenant, id, call.Ct), row => row.Version,
            row => row with
            {
                DisplayName = merged.DisplayName,
                TemplateId = template,
                SenderId = sender,
                ListId = list,
                Parameters = merged.Parameters.ToStored(),
                UpdateTime = time.StoredNow(),
            },
            row => row.State == CampaignState.Draft ? campaigns.UpdateAsync(row, call.Ct) : throw NotDraft(wanted.Name, row.State));
        return new UpdateCampaignResponse { Campaign = row.ToProto() };
    }

    public override async Task<GetCampaignReportResponse> GetCampaignReport(GetCampaignReportRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var id = call.CampaignName("name", request.Name);
        call.ThrowIfInvalid();
        var report = await campaigns.ReportAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(request.Name);
        return new GetCampaignReportResponse { CampaignReport = report.ToProto(request.Name, time.GetUtcNow()) };
    }

    public override async Task WatchCampaign(
        WatchCampaignRequest request, IServerStreamWriter<WatchCampaignResponse> responseStream, ServerCallContext context)
    {
        const int UpdatesMax = 10;
        var call = Call.Of(context);
        var id = call.CampaignName("name", request.Name);
        if (request.UpdatesPerSecondMax is < 0 or > UpdatesMax)
            call.Violations.Add("updates_per_second_max", Rules.OutOfRange, $"It is 0, for {CampaignWatch.UpdatesDefault}, or 1 to {UpdatesMax}.");
        call.ThrowIfInvalid();
        await watch.RunAsync(call, id, request, responseStream);
    }

    private async Task<CampaignRow> ReadAsync(Call call, CampaignId id) =>
        await campaigns.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(CampaignName.Format(call.Tenant.Value, id.Value));

    private static Campaign Merge(Campaign current, Campaign wanted, IReadOnlyList<string> mask)
    {
        if (mask.Contains("display_name"))
            current.DisplayName = wanted.DisplayName;
        if (mask.Contains("template"))
            current.Template = wanted.Template;
        if (mask.Contains("sender"))
            current.Sender = wanted.Sender;
        if (mask.Contains("contact_list"))
            current.ContactList = wanted.ContactList;
        if (mask.Contains("parameters"))
        {
            current.Parameters.Clear();
            current.Parameters.Add(wanted.Parameters);
        }
        return current;
    }

    private static ApiException NotDraft(string name, CampaignState state) =>
        CampaignErrors.StateNotAllowed(name, state.ToString().ToUpperInvariant(), ["DRAFT"]);
}
