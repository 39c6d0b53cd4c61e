using Google.Protobuf;
using Grpc.Core;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Templates.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Simulator;

namespace Herald.Api.Tests.Support;

/// <summary>Makes tenants and what belongs to them, over the API alone.</summary>
public static class World
{
    public static string NewRequestId() => Ids.NewId().ToString("D");

    private static Testing.TestIds Ids { get; } = new(Environment.ProcessId);

    public static async Task<TestCaller> NewTenantAsync(this ApiHost host, params ApiKeyScope[] scopes)
    {
        var request = new CreateTenantRequest { Tenant = new Tenant { DisplayName = "Shop", DefaultRegion = "ES" }, RequestId = NewRequestId() };
        var tenant = (await new TenantsService.TenantsServiceClient(host.Channel).CreateTenantAsync(request, host.Admin.Auth)).Tenant;
        return await host.NewKeyAsync(new TestCaller(Domain.Tenants.TenantId.Parse(tenant.Name["tenants/".Length..]), ""), scopes);
    }

    public static async Task<TestCaller> NewKeyAsync(this ApiHost host, TestCaller tenant, params ApiKeyScope[] scopes)
    {
        var key = new ApiKey { DisplayName = "Test", Scopes = { scopes.Length == 0 ? [ApiKeyScope.Admin] : scopes } };
        var request = new CreateApiKeyRequest { Parent = tenant.Name, ApiKey = key, RequestId = NewRequestId() };
        var answer = await new ApiKeysService.ApiKeysServiceClient(host.Channel).CreateApiKeyAsync(request, host.Admin.Auth);
        return tenant with { Key = answer.Secret };
    }

    public static async Task<Sender> ConnectAsync(this ApiHost host, TestCaller caller, SimulatedBusiness business, SenderKind kind)
    {
        var request = new ConnectSenderRequest
        {
            Parent = caller.Name,
            WabaId = business.WabaId,
            PhoneNumberId = business.Numbers[0].PhoneNumberId,
            AccessToken = business.Token,
            Kind = kind,
            RequestId = NewRequestId(),
        };
        return (await new SendersService.SendersServiceClient(host.Channel).ConnectSenderAsync(request, caller.Auth)).Sender;
    }

    public static Template NewTemplate(string wabaId, string name) => NewTemplate(wabaId, name, TemplateCategory.Marketing);

    private static Template NewTemplate(string wabaId, string name, TemplateCategory category) => new()
    {
        WabaId = wabaId,
        TemplateName = name,
        Language = "en_US",
        Category = category,
        Body = new TemplateBody
        {
            // A utility template that advertises would be made a marketing one.
            Text = category == TemplateCategory.Utility ? "Hello {{1}}, your order is ready." : "Hello {{1}}, our summer sale begins today.",
            Examples = { ["1"] = "Ana" },
        },
        Footer = new TemplateFooter { Text = "Reply STOP to unsubscribe" },
        Buttons = { new TemplateButton { QuickReply = new QuickReplyButton { Text = "Stop promotions" } } },
    };

    public static Task<Template> CreateTemplateAsync(this ApiHost host, TestCaller caller, string wabaId) =>
        host.CreateTemplateAsync(caller, wabaId, TemplateCategory.Marketing);

    private static async Task<Template> CreateTemplateAsync(this ApiHost host, TestCaller caller, string wabaId, TemplateCategory category)
    {
        var template = NewTemplate(wabaId, $"sale_{NewRequestId().Replace('-', '_')}", category);
        var request = new CreateTemplateRequest { Parent = caller.Name, Template = template, RequestId = NewRequestId() };
        return (await new TemplatesService.TemplatesServiceClient(host.Channel).CreateTemplateAsync(request, caller.Auth)).Template;
    }

    /// <summary>A template that WhatsApp approved.</summary>
    public static Task<Template> ApproveTemplateAsync(this ApiHost host, TestCaller caller, string wabaId) =>
        host.ApproveTemplateAsync(caller, wabaId, TemplateCategory.Marketing);

    /// <summary>A template of a category that WhatsApp approved.</summary>
    public static async Task<Template> ApproveTemplateAsync(this ApiHost host, TestCaller caller, string wabaId, TemplateCategory category)
    {
        var client = new TemplatesService.TemplatesServiceClient(host.Channel);
        var template = await host.CreateTemplateAsync(caller, wabaId, category);
        template = (await client.SubmitTemplateAsync(new SubmitTemplateRequest { Name = template.Name, RequestId = NewRequestId() }, caller.Auth)).Template;
        host.Simulator.Control.SetTemplateStatus(template.MetaTemplateId, "APPROVED", "NONE");
        await client.SyncTemplatesAsync(new SyncTemplatesRequest { Parent = caller.Name, RequestId = NewRequestId() }, caller.Auth);
        return (await client.GetTemplateAsync(new GetTemplateRequest { Name = template.Name }, caller.Auth)).Template;
    }

    public static async Task<ContactList> CreateListAsync(this ApiHost host, TestCaller caller)
    {
        var request = new CreateContactListRequest
        {
            Parent = caller.Name,
            ContactList = new ContactList { DisplayName = "Customers" },
            RequestId = NewRequestId(),
        };
        return (await new ContactListsService.ContactListsServiceClient(host.Channel).CreateContactListAsync(request, caller.Auth)).ContactList;
    }

    public static async Task<Contact> CreateContactAsync(this ApiHost host, TestCaller caller, string phone, params string[] lists)
    {
        var request = new CreateContactRequest
        {
            Parent = caller.Name,
            Contact = new Contact { PhoneNumber = phone, DisplayName = "Ana" },
            ContactLists = { lists },
            RequestId = NewRequestId(),
        };
        return (await new ContactsService.ContactsServiceClient(host.Channel).CreateContactAsync(request, caller.Auth)).Contact;
    }

    public static async Task<Campaign> CreateCampaignAsync(this ApiHost host, TestCaller caller, string template, string sender, string list)
    {
        var campaign = new Campaign { DisplayName = "Sale", Template = template, Sender = sender, ContactList = list };
        campaign.Parameters["body.1"] = new ParameterSource { Attribute = "display_name", Fallback = "friend" };
        var request = new CreateCampaignRequest { Parent = caller.Name, Campaign = campaign, RequestId = NewRequestId() };
        return (await new CampaignsService.CampaignsServiceClient(host.Channel).CreateCampaignAsync(request, caller.Auth)).Campaign;
    }

    public static async Task<ImportContactsResponse> ImportAsync(
        this ApiHost host, TestCaller caller, ImportContactsHeader header, params ReadOnlyMemory<byte>[] chunks)
    {
        using var call = new ContactsService.ContactsServiceClient(host.Channel).ImportContacts(caller.Auth);
        try
        {
            await call.RequestStream.WriteAsync(new ImportContactsRequest { Header = header });
            foreach (var chunk in chunks)
                await call.RequestStream.WriteAsync(new ImportContactsRequest { Chunk = ByteString.CopyFrom(chunk.Span) });
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // The server may answer before it has read all; its answer tells.
        }
        return await call.ResponseAsync;
    }
}
