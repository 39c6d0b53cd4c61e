using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Consents.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Messages.V1;
using Herald.Contracts.Templates.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Simulator;
using Herald.Testing;

namespace Herald.Chaos;

/// <summary>The partner system of a run: everything it does goes over gRPC, to one host.</summary>
internal sealed class Partner(Uri address, TestIds ids) : IDisposable
{
    private const int ChunkBytes = 32 * 1024;
    private const int PageSize = 500;
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);
    private string _tenant = "";

    /// <summary>The key of every call.</summary>
    public string Key { get; private set; } = "";

    /// <summary><c>tenants/{tenant}</c>.</summary>
    public string Tenant => _tenant;

    public void Dispose() => _channel.Dispose();

    /// <summary>The same partner, talking to another host from now on.</summary>
    public Partner At(Uri other) => new(other, ids) { _tenant = _tenant, Key = Key };

    public async Task CreateTenantAsync(string adminKey, CancellationToken ct)
    {
        Key = adminKey;
        var tenant = await new TenantsService.TenantsServiceClient(_channel).CreateTenantAsync(new CreateTenantRequest
        {
            Tenant = new Tenant { DisplayName = "Luna Bakery", TimeZone = "Europe/Madrid", DefaultRegion = "ES", Language = "en" },
            RequestId = NewRequestId(),
        }, Options(ct));
        _tenant = tenant.Tenant.Name;
        var key = await new ApiKeysService.ApiKeysServiceClient(_channel).CreateApiKeyAsync(new CreateApiKeyRequest
        {
            Parent = _tenant,
            ApiKey = new ApiKey { DisplayName = "Shop system", Scopes = { ApiKeyScope.Admin } },
            RequestId = NewRequestId(),
        }, Options(ct));
        Key = key.Secret;
    }

    /// <summary>The sender's name; null if WhatsApp did not answer in time.</summary>
    public async Task<string?> TryConnectAsync(SimulatedBusiness business, SimulatedNumber number, CancellationToken ct)
    {
        try
        {
            var answer = await new SendersService.SendersServiceClient(_channel).ConnectSenderAsync(new ConnectSenderRequest
            {
                Parent = _tenant,
                WabaId = business.WabaId,
                PhoneNumberId = number.PhoneNumberId,
                AccessToken = business.Token,
                Pin = "482915",
                Kind = SenderKind.Business,
                RequestId = NewRequestId(),
            }, Options(ct));
            return answer.Sender.Name;
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
        {
            return null;
        }
    }

    public async Task<string> SubmitTemplateAsync(string wabaId, CancellationToken ct)
    {
        var client = new TemplatesService.TemplatesServiceClient(_channel);
        var draft = await client.CreateTemplateAsync(new CreateTemplateRequest
        {
            Parent = _tenant,
            Template = new Template
            {
                WabaId = wabaId,
                TemplateName = "autumn_offer",
                Language = "en_US",
                Category = TemplateCategory.Marketing,
                ParameterFormat = ParameterFormat.Positional,
                Body = new TemplateBody
                {
                    Text = "Hello {{1}}, this week all of our autumn bread and cakes are cheaper. Come by and taste!",
                    Examples = { ["1"] = "Ana" },
                },
                Footer = new TemplateFooter { Text = "Luna Bakery" },
                Buttons = { new TemplateButton { QuickReply = new QuickReplyButton { Text = "Stop promotions" } } },
            },
            RequestId = NewRequestId(),
        }, Options(ct));
        await client.SubmitTemplateAsync(new SubmitTemplateRequest { Name = draft.Template.Name, RequestId = NewRequestId() }, Options(ct));
        return draft.Template.Name;
    }

    public async Task<bool> IsApprovedAsync(string template, CancellationToken ct) =>
        (await new TemplatesService.TemplatesServiceClient(_channel).GetTemplateAsync(new GetTemplateRequest { Name = template }, Options(ct)))
            .Template.State == TemplateState.Approved;

    public async Task<string> ImportAsync(string csv, CancellationToken ct)
    {
        var list = await new ContactListsService.ContactListsServiceClient(_channel).CreateContactListAsync(new CreateContactListRequest
        {
            Parent = _tenant,
            ContactList = new ContactList { DisplayName = "Newsletter" },
            RequestId = NewRequestId(),
        }, Options(ct));
        using var call = new ContactsService.ContactsServiceClient(_channel).ImportContacts(Options(ct));
        await call.RequestStream.WriteAsync(new ImportContactsRequest
        {
            Header = new ImportContactsHeader
            {
                Parent = _tenant,
                ContactList = list.ContactList.Name,
                ConsentPurpose = ConsentPurpose.Marketing,
                ConsentSource = "Form at the counter",
                RequestId = NewRequestId(),
            },
        }, ct);
        var bytes = Encoding.UTF8.GetBytes(csv);
        for (var at = 0; at < bytes.Length; at += ChunkBytes)
        {
            var chunk = ByteString.CopyFrom(bytes, at, Math.Min(ChunkBytes, bytes.Length - at));
            await call.RequestStream.WriteAsync(new ImportContactsRequest { Chunk = chunk }, ct);
        }
        await call.RequestStream.CompleteAsync();
        await call.ResponseAsync;
        return list.ContactList.Name;
    }

    public async Task<string> CreateCampaignAsync(string sender, string template, string list, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(_channel).CreateCampaignAsync(new CreateCampaignRequest
        {
            Parent = _tenant,
            Campaign = new Campaign
            {
                DisplayName = "Autumn",
                Template = template,
                Sender = sender,
                ContactList = list,
                Parameters = { ["body.1"] = new ParameterSource { Attribute = "display_name", Fallback = "friend" } },
            },
            RequestId = NewRequestId(),
        }, Options(ct))).Campaign.Name;

    public async Task LaunchAsync(string campaign, CancellationToken ct) =>
        await new CampaignsService.CampaignsServiceClient(_channel).LaunchCampaignAsync(
            new LaunchCampaignRequest { Name = campaign, RequestId = NewRequestId() }, Options(ct));

    public async Task<Campaign> GetCampaignAsync(string campaign, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(_channel).GetCampaignAsync(new GetCampaignRequest { Name = campaign }, Options(ct))).Campaign;

    public async Task<CampaignReport> GetReportAsync(string campaign, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(_channel).GetCampaignReportAsync(
            new GetCampaignReportRequest { Name = campaign }, Options(ct))).CampaignReport;

    /// <summary>All messages of the tenant in a state, page by page.</summary>
    public async Task<IReadOnlyList<Message>> ListMessagesAsync(MessageState state, CancellationToken ct)
    {
        var client = new MessagesService.MessagesServiceClient(_channel);
        var messages = new List<Message>();
        var page = "";
        do
        {
            var answer = await client.ListMessagesAsync(
                new ListMessagesRequest { Parent = _tenant, State = state, PageSize = PageSize, PageToken = page }, Options(ct));
            messages.AddRange(answer.Messages);
            page = answer.NextPageToken;
        }
        while (page.Length > 0);
        return messages;
    }

    private string NewRequestId() => ids.NewId().ToString();

    private CallOptions Options(CancellationToken ct) => new(new Metadata { { "authorization", $"Bearer {Key}" } }, cancellationToken: ct);
}
