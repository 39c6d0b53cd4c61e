using Grpc.Core;
using Grpc.Net.Client;
using Herald.Chaos;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Messages.V1;
using Herald.Contracts.Templates.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Host.Demo;
using Herald.Host.Start;
using Herald.Host.Tests.Crash;
using Herald.Simulator;
using Herald.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace Herald.Host.Tests.Contacts;

/// <summary>A whole host and a simulator; a partner restricts a contact over gRPC and lifts it again.</summary>
public sealed class RestrictionTests : IAsyncLifetime
{
    private const string Restricted = "34600000001";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("herald-restriction-");
    private readonly Uri _grpc = HostProcess.FreeAddress();
    private readonly TestIds _ids = new(5);
    private SimulatorOptions _setup = null!;
    private SimulatorHost _simulator = null!;
    private WebApplication _app = null!;
    private string _admin = "";
    private string _key = "";
    private string _tenant = "";

    public async Task InitializeAsync()
    {
        var webhooks = HostProcess.FreeAddress();
        _setup = new SimulatorOptions
        {
            CallbackUrl = new Uri(webhooks, "/webhooks/whatsapp"),
            Behaviour = new BehaviourOptions { TimeScale = 0 },
            Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
        };
        _setup.AddBusiness("Luna Bakery", new NumberSetup("34911000001"));
        _simulator = await SimulatorHost.StartAsync(_setup, None);
        var builder = ServeCommand.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Herald:Database"] = Path.Combine(_folder.FullName, "herald.db"),
            ["Herald:WhatsApp:BaseAddress"] = _simulator.BaseAddress.ToString(),
            ["Herald:WhatsApp:AppId"] = _setup.AppId,
            ["Herald:WhatsApp:AppSecret"] = _setup.AppSecret,
            ["Herald:Webhooks:AppSecrets:0"] = _setup.AppSecret,
            ["Herald:Webhooks:VerifyToken"] = _setup.VerifyToken,
            ["Kestrel:Endpoints:Grpc:Url"] = _grpc.ToString(),
            ["Kestrel:Endpoints:Webhooks:Url"] = webhooks.ToString(),
            ["Logging:LogLevel:Default"] = "None",
        });
        _app = HeraldHost.Build(builder);
        _admin = Assert.IsType<string>(await HeraldHost.PrepareAsync(_app, None));
        await _app.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_restricted_contact_gets_nothing_and_is_told_why_and_gets_messages_again_when_it_is_lifted()
    {
        using var partner = new DemoPartner(_grpc, _ids);
        using var channel = GrpcChannel.ForAddress(_grpc);
        var contacts = new ContactsService.ContactsServiceClient(channel);
        var messages = new MessagesService.MessagesServiceClient(channel);
        _tenant = (await partner.CreateTenantAsync(_admin, None)).Name;
        _key = await partner.CreateKeyAsync(_admin, _tenant, None);
        var business = _setup.Businesses[0];
        var sender = await partner.ConnectAsync(_key, _tenant, business, SenderKind.Business, None);
        var template = await partner.CreateTemplateAsync(_key, _tenant, business.WabaId, None);
        await CrashWorld.EventuallyAsync("the template is approved", Limit, async () =>
            (await partner.GetTemplateAsync(_key, template.Name, None)).State == TemplateState.Approved);
        var list = await partner.CreateListAsync(_key, _tenant, None);
        await partner.ImportAsync(_key, _tenant, list.Name, "phone,name,consent\n+34600000001,Ana,yes\n+34600000002,Bea,yes\n+34600000003,Carla,yes\n", None);
        var ana = (await contacts.ListContactsAsync(new ListContactsRequest { Parent = _tenant, PhoneNumber = "+" + Restricted }, Auth)).Contacts.Single();

        var restricted = (await contacts.RestrictContactAsync(new RestrictContactRequest { Name = ana.Name, RequestId = NewRequestId() }, Auth)).Contact;
        var first = await RunAsync(partner, template, sender, list);
        var toldFirst = _simulator.Control.GetSends().Select(send => send.Phone).ToList();
        var report = await partner.GetReportAsync(_key, first, None);
        var message = (await messages.ListMessagesAsync(
            new ListMessagesRequest { Parent = _tenant, Campaign = first, SuppressionReason = SuppressionReason.Restricted }, Auth)).Messages.Single();
        var events = (await messages.ListMessageEventsAsync(new ListMessageEventsRequest { Parent = message.Name }, Auth)).MessageEvents;
        var lifted = (await contacts.UnrestrictContactAsync(new UnrestrictContactRequest { Name = ana.Name, RequestId = NewRequestId() }, Auth)).Contact;
        await RunAsync(partner, template, sender, list);

        Assert.NotNull(restricted.RestrictTime);
        Assert.NotEqual(ana.Etag, restricted.Etag);
        Assert.Equal(["34600000002", "34600000003"], toldFirst.Order());
        Assert.Equal((SuppressionReason.Restricted, 1L), report.SuppressedByReason.Select(count => (count.Reason, count.Count)).Single());
        Assert.Equal((ana.Name, MessageState.Suppressed), (message.Contact, message.State));
        Assert.Equal("RESTRICTED", events.Single(told => told.Kind == MessageEventKind.Suppressed).SuppressionReason);
        Assert.Null(lifted.RestrictTime);
        Assert.Single(_simulator.Control.GetSends(), send => send.Phone == Restricted);
        Assert.Equal(5, _simulator.Control.GetSends().Count);
    }

    private Metadata Auth => new() { { "authorization", $"Bearer {_key}" } };

    private string NewRequestId() => _ids.NewId().ToString();

    private async Task<string> RunAsync(DemoPartner partner, Template template, Sender sender, ContactList list)
    {
        var campaign = await partner.CreateCampaignAsync(_key, _tenant, new Campaign
        {
            DisplayName = "Autumn",
            Template = template.Name,
            Sender = sender.Name,
            ContactList = list.Name,
            Parameters =
            {
                ["body.1"] = new ParameterSource { Attribute = "display_name", Fallback = "friend" },
                ["body.2"] = new ParameterSource { Literal = "10%" },
            },
        }, None);
        await partner.LaunchAsync(_key, campaign.Name, None);
        await CrashWorld.EventuallyAsync("the campaign is complete", Limit, async () =>
            (await partner.GetCampaignAsync(_key, campaign.Name, None)).State == CampaignState.Completed);
        return campaign.Name;
    }
}
