using Grpc.Core;
using Grpc.Net.Client;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Messages.V1;
using Herald.Contracts.Templates.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Host.Demo;
using Herald.Host.Tests.Support;
using Herald.Simulator;
using Herald.Testing;

namespace Herald.Host.Tests.Contacts;

/// <summary>A whole host and a simulator; a partner restricts a contact over gRPC and lifts it again.</summary>
public sealed class RestrictionTests : IAsyncLifetime
{
    private const string Restricted = "34600000001";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TestIds _ids = new(5);
    private WholeHost? _host;
    private SimulatedBusiness? _business;
    private string _key = "";
    private string _tenant = "";

    private WholeHost Host => _host ?? throw new InvalidOperationException("The test has not begun.");

    private SimulatedBusiness Business => _business ?? throw new InvalidOperationException("The test has not begun.");

    public async Task InitializeAsync() => _host = await WholeHost.StartAsync(callback =>
    {
        var setup = new SimulatorOptions
        {
            CallbackUrl = callback,
            Behaviour = new BehaviourOptions { TimeScale = 0 },
            Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
        };
        _business = setup.AddBusiness("Luna Bakery", new NumberSetup("34911000001"));
        return setup;
    });

    public async Task DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_restricted_contact_gets_nothing_and_is_told_why_and_gets_messages_again_when_it_is_lifted()
    {
        using var partner = new DemoPartner(Host.Grpc, _ids);
        using var channel = GrpcChannel.ForAddress(Host.Grpc);
        var contacts = new ContactsService.ContactsServiceClient(channel);
        var messages = new MessagesService.MessagesServiceClient(channel);
        _tenant = (await partner.CreateTenantAsync(Host.AdminKey, None)).Name;
        _key = await partner.CreateKeyAsync(Host.AdminKey, _tenant, None);
        var sender = await partner.ConnectAsync(_key, _tenant, Business, SenderKind.Business, None);
        var template = await partner.CreateTemplateAsync(_key, _tenant, Business.WabaId, None);
        await Eventually.HoldsAsync("the template is approved", async () =>
            (await partner.GetTemplateAsync(_key, template.Name, None)).State == TemplateState.Approved);
        var list = await partner.CreateListAsync(_key, _tenant, None);
        await partner.ImportAsync(_key, _tenant, list.Name, "phone,name,consent\n+34600000001,Ana,yes\n+34600000002,Bea,yes\n+34600000003,Carla,yes\n", None);
        var ana = (await contacts.ListContactsAsync(new ListContactsRequest { Parent = _tenant, PhoneNumber = "+" + Restricted }, Auth)).Contacts.Single();

        var restricted = (await contacts.RestrictContactAsync(new RestrictContactRequest { Name = ana.Name, RequestId = NewRequestId() }, Auth)).Contact;
        var first = await RunAsync(partner, template, sender, list);
        var toldFirst = Host.Simulator.GetSends().Select(send => send.Phone).ToList();
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
        Assert.Single(Host.Simulator.GetSends(), send => send.Phone == Restricted);
        Assert.Equal(5, Host.Simulator.GetSends().Count);
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
        await Eventually.HoldsAsync("the campaign is complete", async () =>
            (await partner.GetCampaignAsync(_key, campaign.Name, None)).State == CampaignState.Completed);
        return campaign.Name;
    }
}
