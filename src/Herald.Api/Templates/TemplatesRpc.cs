using Grpc.Core;
using Herald.Api.Calls;
using Herald.Api.Campaigns;
using Herald.Api.Errors;
using Herald.Api.Tenants;
using Herald.Contracts;
using Herald.Contracts.Templates.V1;
using Herald.Domain.Templates;
using Herald.Storage.Templates;
using Herald.WhatsApp;
using TemplateState = Herald.Domain.Templates.TemplateState;

namespace Herald.Api.Templates;

/// <summary>Serves <c>herald.templates.v1.TemplatesService</c>.</summary>
internal sealed class TemplatesRpc(
    ITemplateStore templates, WabaTokens tokens, TemplateSubmission submission, TemplateSync sync, LiveCampaigns campaigns,
    IWhatsAppClient client, TimeProvider time) : TemplatesService.TemplatesServiceBase
{
    private static readonly TemplateState[] Deletable =
        [.. Enum.GetValues<TemplateState>().Where(state => state != TemplateState.Disabled)];

    public override async Task<CreateTemplateResponse> CreateTemplate(CreateTemplateRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var wanted = request.Template ?? new Template();
        call.TenantName("parent", request.Parent);
        var definition = call.Violations.Check("template", wanted);
        call.ThrowIfInvalid();
        if (await tokens.FindAsync(call.Tenant, wanted.WabaId, call.Ct) is null)
            throw TemplateErrors.NoSender();
        var now = time.StoredNow();
        var row = new TemplateRow
        {
            TenantId = call.Tenant,
            TemplateId = new TemplateId(call.ResourceId),
            WabaId = wanted.WabaId,
            MetaTemplateId = null,
            Name = wanted.TemplateName,
            Language = wanted.Language,
            Category = wanted.Category.ToStored(),
            State = TemplateState.Draft,
            RejectedReason = "",
            Quality = "",
            Definition = definition.ToJson(),
            Version = 1,
            CreateTime = now,
            UpdateTime = now,
        };
        var result = await templates.InsertAsync(row, call.Ct);
        if (result != TemplateInsertResult.Inserted)
            row = await FindExistingAsync(call, row);
        return new CreateTemplateResponse { Template = row.ToProto() };
    }

    public override async Task<SubmitTemplateResponse> SubmitTemplate(SubmitTemplateRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var row = await ReadAsync(call, request.Name, request.Etag);
        if (row.State != TemplateState.Draft)
            throw TemplateErrors.StateNotAllowed(request.Name, row.State, TemplateState.Draft);
        var token = await tokens.FindAsync(call.Tenant, row.WabaId, call.Ct) ?? throw SenderErrors.NoSenderOf(request.Name);
        return new SubmitTemplateResponse { Template = (await submission.SubmitAsync(row, token, call.Ct)).ToProto() };
    }

    public override async Task<GetTemplateResponse> GetTemplate(GetTemplateRequest request, ServerCallContext context) =>
        new() { Template = (await ReadAsync(Call.Of(context), request.Name, "")).ToProto() };

    public override async Task<ListTemplatesResponse> ListTemplates(ListTemplatesRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        var page = PageRequest.Read(call, request.PageSize, request.PageToken, request.State.ToString());
        call.ThrowIfInvalid();
        var rows = await templates.ListAsync(
            call.Tenant, request.State.ToStored(), page.After is { } after ? new TemplateId(after) : null, page.ReadSize, call.Ct);
        var (items, next) = page.Cut(rows, row => row.TemplateId.Value);
        return new ListTemplatesResponse { Templates = { items.Select(row => row.ToProto()) }, NextPageToken = next };
    }

    public override async Task<DeleteTemplateResponse> DeleteTemplate(DeleteTemplateRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        var row = await ReadAsync(call, request.Name, request.Etag);
        if (row.State == TemplateState.Disabled)
            throw TemplateErrors.StateNotAllowed(request.Name, row.State, Deletable);
        if (await campaigns.FindAsync(call.Tenant, campaign => campaign.TemplateId == row.TemplateId, call.Ct) is { } user)
            throw ApiErrors.InUse(request.Name, CampaignName.Format(user.TenantId.Value, user.CampaignId.Value));
        if (row is { MetaTemplateId: { } metaId, State: not TemplateState.Deleted })
        {
            var token = await tokens.FindAsync(call.Tenant, row.WabaId, call.Ct) ?? throw SenderErrors.NoSenderOf(request.Name);
            var deleted = await client.DeleteTemplateAsync(row.WabaId, token, row.Name, metaId, call.Ct);
            deleted.ValueOrThrow(request.Name, isChange: true);
        }
        await DeleteRowAsync(row, request.Name);
        return new DeleteTemplateResponse();
    }

    public override async Task<SyncTemplatesResponse> SyncTemplates(SyncTemplatesRequest request, ServerCallContext context)
    {
        var call = Call.Of(context);
        call.TenantName("parent", request.Parent);
        call.ThrowIfInvalid();
        return await sync.SyncAsync(call.Tenant, call.Ct);
    }

    private async Task<TemplateRow> ReadAsync(Call call, string name, string etag)
    {
        var id = call.TemplateName("name", name);
        var seen = Etag.Read(call.Violations, "etag", etag);
        call.ThrowIfInvalid();
        var row = await templates.GetAsync(call.Tenant, id, call.Ct) ?? throw ApiErrors.NotFound(name);
        return seen is { } version && version != row.Version ? throw ApiErrors.EtagMismatch(name, Etag.Of(row.Version)) : row;
    }

    /// <summary>The template that a repeated request made; else the name is taken by another.</summary>
    private async Task<TemplateRow> FindExistingAsync(Call call, TemplateRow row)
    {
        if (await templates.GetAsync(call.Tenant, row.TemplateId, call.Ct) is { } own)
            return own;
        var others = await templates.FindByNameAsync(row.WabaId, row.Name, row.Language, call.Ct);
        var other = others.FirstOrDefault(template => template.TenantId == call.Tenant);
        throw ApiErrors.AlreadyExists(
            "template", "template_name", other is null ? null : TemplateName.Format(call.Tenant.Value, other.TemplateId.Value));
    }

    /// <summary>Removes the row whatever its version: at WhatsApp the template is gone, and its webhooks may change the row at this moment.</summary>
    private async Task DeleteRowAsync(TemplateRow row, string name)
    {
        for (TemplateRow? current = row; current is not null;)
        {
            if (await templates.DeleteAsync(row.TenantId, row.TemplateId, current.Version, CancellationToken.None))
                return;
            // A campaign may have been made with it since it was looked at: the template stays, as Meta shows it at the next sync.
            if (await campaigns.FindAsync(row.TenantId, campaign => campaign.TemplateId == row.TemplateId, CancellationToken.None) is { } user)
                throw ApiErrors.InUse(name, CampaignName.Format(user.TenantId.Value, user.CampaignId.Value));
            current = await templates.GetAsync(row.TenantId, row.TemplateId, CancellationToken.None);
        }
    }
}
