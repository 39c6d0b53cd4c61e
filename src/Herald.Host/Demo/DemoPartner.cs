using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Consents.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Templates.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Domain;
using Herald.Simulator;

namespace Herald.Host.Demo;

/// <summary>A partner system: everything it does goes over gRPC with an API key, like any other client's calls.</summary>
internal sealed class DemoPartner(Uri address, IIdSource ids) : IDisposable
{
    private const int ChunkBytes = 32 * 1024;
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address);

    public void Dispose() => _channel.Dispose();

    public async Task<Tenant> CreateTenantAsync(string adminKey, CancellationToken ct) =>
        (await new TenantsService.TenantsServiceClient(_channel).CreateTenantAsync(new CreateTenantRequest
        {
            Tenant = new Tenant { DisplayName = "Luna Bakery", TimeZone = "Europe/Madrid", DefaultRegion = "ES", Language = "en" },
            RequestId = NewRequestId(),
        }, With(adminKey, ct))).Tenant;

    public async Task<string> CreateKeyAsync(string adminKey, string tenant, CancellationToken ct) =>
        (await new ApiKeysService.ApiKeysServiceClient(_channel).CreateApiKeyAsync(new CreateApiKeyRequest
        {
            Parent = tenant,
            ApiKey = new ApiKey
            {
                DisplayName = "Bakery's shop system",
                Scopes = { ApiKeyScope.Admin },
            },
            RequestId = NewRequestId(),
        }, With(adminKey, ct))).Secret;

    public async Task<Sender> ConnectAsync(string key, string tenant, SimulatedBusiness business, SenderKind kind, CancellationToken ct) =>
        (await new SendersService.SendersServiceClient(_channel).ConnectSenderAsync(new ConnectSenderRequest
        {
            Parent = tenant,
            WabaId = business.WabaId,
            PhoneNumberId = business.Numbers[0].PhoneNumberId,
            AccessToken = business.Token,
            Pin = "482915",
            Kind = kind,
            RequestId = NewRequestId(),
        }, With(key, ct))).Sender;

    public async Task<Template> CreateTemplateAsync(string key, string tenant, string wabaId, CancellationToken ct)
    {
        var client = new TemplatesService.TemplatesServiceClient(_channel);
        var draft = await client.CreateTemplateAsync(new CreateTemplateRequest
        {
            Parent = tenant,
            Template = new Template
            {
                WabaId = wabaId,
                TemplateName = "autumn_offer",
                Language = "en_US",
                Category = TemplateCategory.Marketing,
                ParameterFormat = ParameterFormat.Positional,
                Body = new TemplateBody
                {
                    Text = "Hello {{1}}, this week all of our autumn bread and cakes are {{2}} off for you. Come by and taste!",
                    Examples = { ["1"] = "Ana", ["2"] = "10%" },
                },
                Footer = new TemplateFooter { Text = "Luna Bakery" },
                Buttons = { new TemplateButton { QuickReply = new QuickReplyButton { Text = "Stop promotions" } } },
            },
            RequestId = NewRequestId(),
        }, With(key, ct));
        return (await client.SubmitTemplateAsync(new SubmitTemplateRequest { Name = draft.Template.Name, RequestId = NewRequestId() }, With(key, ct))).Template;
    }

    public async Task<Template> GetTemplateAsync(string key, string name, CancellationToken ct) =>
        (await new TemplatesService.TemplatesServiceClient(_channel).GetTemplateAsync(new GetTemplateRequest { Name = name }, With(key, ct))).Template;

    public async Task<ContactList> CreateListAsync(string key, string tenant, CancellationToken ct) =>
        (await new ContactListsService.ContactListsServiceClient(_channel).CreateContactListAsync(new CreateContactListRequest
        {
            Parent = tenant,
            ContactList = new ContactList { DisplayName = "Newsletter" },
            RequestId = NewRequestId(),
        }, With(key, ct))).ContactList;

    public async Task<ImportContactsResponse> ImportAsync(string key, string tenant, string list, string csv, CancellationToken ct)
    {
        using var call = new ContactsService.ContactsServiceClient(_channel).ImportContacts(With(key, ct));
        await call.RequestStream.WriteAsync(new ImportContactsRequest
        {
            Header = new ImportContactsHeader
            {
                Parent = tenant,
                ContactList = list,
                ConsentPurpose = ConsentPurpose.Marketing,
                ConsentSource = "Form at the counter",
                ConsentWording = "Yes, Luna Bakery may send me offers on WhatsApp. I can stop at any time.",
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
        return await call.ResponseAsync;
    }

    public async Task<Campaign> CreateCampaignAsync(string key, string tenant, Campaign campaign, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(_channel).CreateCampaignAsync(
            new CreateCampaignRequest { Parent = tenant, Campaign = campaign, RequestId = NewRequestId() }, With(key, ct))).Campaign;

    public async Task<Campaign> LaunchAsync(string key, string name, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(_channel).LaunchCampaignAsync(
            new LaunchCampaignRequest { Name = name, RequestId = NewRequestId() }, With(key, ct))).Campaign;

    public async Task<Campaign> GetCampaignAsync(string key, string name, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(_channel).GetCampaignAsync(new GetCampaignRequest { Name = name }, With(key, ct))).Campaign;

    public async Task<CampaignReport> GetReportAsync(string key, string name, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(_channel).GetCampaignReportAsync(
            new GetCampaignReportRequest { Name = name }, With(key, ct))).CampaignReport;

    public AsyncServerStreamingCall<WatchCampaignResponse> Watch(string key, string name, CancellationToken ct) =>
        new CampaignsService.CampaignsServiceClient(_channel).WatchCampaign(new WatchCampaignRequest { Name = name }, With(key, ct));

    public async Task<OwnerLinkCode> CreateLinkCodeAsync(string key, string tenant, CancellationToken ct) =>
        (await new OwnersService.OwnersServiceClient(_channel).CreateOwnerLinkCodeAsync(new CreateOwnerLinkCodeRequest
        {
            Parent = tenant,
            Role = OwnerRole.Owner,
            Language = "en",
            RequestId = NewRequestId(),
        }, With(key, ct))).OwnerLinkCode;

    private string NewRequestId() => ids.NewId().ToString();

    private static CallOptions With(string key, CancellationToken ct) =>
        new(new Metadata { { "authorization", $"Bearer {key}" } }, cancellationToken: ct);
}
