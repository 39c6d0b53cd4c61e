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

namespace Herald.Benchmarks.World;

/// <summary>A partner system with one tenant, over gRPC with the tenant's key.</summary>
internal sealed class BenchmarkPartner : IDisposable
{
    private const int ChunkBytes = 64 * 1024;
    private readonly IIdSource _ids;
    private readonly TimeProvider _time;
    private string _key;

    private BenchmarkPartner(Uri address, string adminKey, IIdSource ids, TimeProvider time)
    {
        Channel = GrpcChannel.ForAddress(address);
        _key = adminKey;
        _ids = ids;
        _time = time;
    }

    public GrpcChannel Channel { get; }

    /// <summary>Resource name of the tenant.</summary>
    public string Tenant { get; private set; } = "";

    /// <summary>Resource name of the sender.</summary>
    public string Sender { get; private set; } = "";

    private string Template { get; set; } = "";

    /// <summary>A tenant of its own with a connected sender and an approved template.</summary>
    public static async Task<BenchmarkPartner> CreateAsync(
        Uri address, string adminKey, SimulatedBusiness business, IIdSource ids, TimeProvider time, CancellationToken ct)
    {
        var partner = new BenchmarkPartner(address, adminKey, ids, time);
        partner.Tenant = (await new TenantsService.TenantsServiceClient(partner.Channel).CreateTenantAsync(new CreateTenantRequest
        {
            Tenant = new Tenant { DisplayName = "Luna Bakery", TimeZone = "Europe/Madrid", DefaultRegion = "ES", Language = "en" },
            RequestId = partner.NewRequestId(),
        }, partner.With(ct))).Tenant.Name;
        partner._key = (await new ApiKeysService.ApiKeysServiceClient(partner.Channel).CreateApiKeyAsync(new CreateApiKeyRequest
        {
            Parent = partner.Tenant,
            ApiKey = new ApiKey { DisplayName = "Shop", Scopes = { ApiKeyScope.Admin } },
            RequestId = partner.NewRequestId(),
        }, partner.With(ct))).Secret;
        partner.Sender = (await new SendersService.SendersServiceClient(partner.Channel).ConnectSenderAsync(new ConnectSenderRequest
        {
            Parent = partner.Tenant,
            WabaId = business.WabaId,
            PhoneNumberId = business.Numbers[0].PhoneNumberId,
            AccessToken = business.Token,
            Pin = "482915",
            Kind = SenderKind.Business,
            RequestId = partner.NewRequestId(),
        }, partner.With(ct))).Sender.Name;
        await partner.CreateTemplateAsync(business.WabaId, ct);
        return partner;
    }

    /// <summary>Imports new people of the crowd into a new list, streaming their lines. The list's name.</summary>
    public async Task<string> ImportAsync(int first, int count, CancellationToken ct)
    {
        var (list, summary) = await StreamAsync(first, count, ct);
        return summary.CreatedCount == count && summary.ConsentGrantedCount == count
            ? list
            : throw new InvalidOperationException($"{count} rows created {summary.CreatedCount} contacts and {summary.ConsentGrantedCount} consents.");
    }

    /// <summary>Imports people of the crowd who are known into a new list, with another consent of theirs.</summary>
    public async Task ImportAgainAsync(int first, int count, CancellationToken ct)
    {
        var (_, summary) = await StreamAsync(first, count, ct);
        if (summary.UnchangedCount != count)
            throw new InvalidOperationException($"{count} rows of known people left {summary.UnchangedCount} contacts as they were.");
    }

    private async Task<(string List, ImportContactsSummary Summary)> StreamAsync(int first, int count, CancellationToken ct)
    {
        var list = (await new ContactListsService.ContactListsServiceClient(Channel).CreateContactListAsync(new CreateContactListRequest
        {
            Parent = Tenant,
            ContactList = new ContactList { DisplayName = $"People from {first}" },
            RequestId = NewRequestId(),
        }, With(ct))).ContactList.Name;
        using var call = new ContactsService.ContactsServiceClient(Channel).ImportContacts(With(ct));
        await call.RequestStream.WriteAsync(new ImportContactsRequest
        {
            Header = new ImportContactsHeader
            {
                Parent = Tenant,
                ContactList = list,
                ConsentPurpose = ConsentPurpose.Marketing,
                ConsentSource = "Form at the counter",
                ConsentWording = "Yes, Luna Bakery may send me offers on WhatsApp. I can stop at any time.",
                RequestId = NewRequestId(),
            },
        }, ct);
        var consentTime = _time.GetUtcNow().AddDays(-30).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        var chunk = new StringBuilder(Crowd.Head).Append('\n');
        for (var i = first; i < first + count; i++)
        {
            chunk.Append(Crowd.Line(i, consentTime)).Append('\n');
            if (chunk.Length >= ChunkBytes || i == first + count - 1)
            {
                await call.RequestStream.WriteAsync(new ImportContactsRequest { Chunk = ByteString.CopyFromUtf8(chunk.ToString()) }, ct);
                chunk.Clear();
            }
        }
        await call.RequestStream.CompleteAsync();
        return (list, (await call.ResponseAsync).Summary);
    }

    /// <summary>Creates and launches a campaign to a list. Its name.</summary>
    public async Task<string> LaunchAsync(string list, CancellationToken ct)
    {
        var client = new CampaignsService.CampaignsServiceClient(Channel);
        var campaign = await client.CreateCampaignAsync(new CreateCampaignRequest
        {
            Parent = Tenant,
            Campaign = new Campaign
            {
                DisplayName = "Autumn offer",
                Template = Template,
                Sender = Sender,
                ContactList = list,
                Parameters =
                {
                    ["body.1"] = new ParameterSource { Attribute = "display_name", Fallback = "friend" },
                    ["body.2"] = new ParameterSource { Attribute = "offer", Fallback = "10%" },
                },
            },
            RequestId = NewRequestId(),
        }, With(ct));
        await client.LaunchCampaignAsync(new LaunchCampaignRequest { Name = campaign.Campaign.Name, RequestId = NewRequestId() }, With(ct));
        return campaign.Campaign.Name;
    }

    public async Task<Campaign> GetCampaignAsync(string name, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(Channel).GetCampaignAsync(new GetCampaignRequest { Name = name }, With(ct))).Campaign;

    public async Task<CampaignReport> GetReportAsync(string name, CancellationToken ct) =>
        (await new CampaignsService.CampaignsServiceClient(Channel).GetCampaignReportAsync(
            new GetCampaignReportRequest { Name = name }, With(ct))).CampaignReport;

    /// <summary>The credentials of a call.</summary>
    public CallOptions With(CancellationToken ct) => new(new Metadata { { "authorization", $"Bearer {_key}" } }, cancellationToken: ct);

    public void Dispose() => Channel.Dispose();

    private async Task CreateTemplateAsync(string wabaId, CancellationToken ct)
    {
        var client = new TemplatesService.TemplatesServiceClient(Channel);
        var template = (await client.CreateTemplateAsync(new CreateTemplateRequest
        {
            Parent = Tenant,
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
                Buttons = { new TemplateButton { QuickReply = new QuickReplyButton { Text = "Stop promotions" } } },
            },
            RequestId = NewRequestId(),
        }, With(ct))).Template;
        await client.SubmitTemplateAsync(new SubmitTemplateRequest { Name = template.Name, RequestId = NewRequestId() }, With(ct));
        await Waiting.UntilAsync("the template is approved", TimeSpan.FromMilliseconds(50), _time, async () =>
            (await client.GetTemplateAsync(new GetTemplateRequest { Name = template.Name }, With(ct))).Template.State == TemplateState.Approved, ct);
        Template = template.Name;
    }

    private string NewRequestId() => _ids.NewId().ToString();
}
