using System.Text;
using Grpc.Core;
using Herald.Api.Tests.Support;
using Herald.Contracts.Campaigns.V1;
using Herald.Contracts.Consents.V1;
using Herald.Contracts.Contacts.V1;
using Herald.Contracts.Errors.V1;
using Herald.Contracts.Messages.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Domain;
using Herald.Storage.Campaigns;

namespace Herald.Api.Tests.Contacts;

public sealed class ErasureTests(SqliteApi api) : IClassFixture<SqliteApi>
{
    [Fact]
    public async Task Who_opted_out_was_deleted_and_is_imported_again_with_consent_gets_nothing_from_a_campaign()
    {
        var caller = await api.Host.NewTenantAsync();
        var business = api.Host.AddBusiness();
        var sender = await api.Host.ConnectAsync(caller, business, SenderKind.Business);
        var template = await api.Host.ApproveTemplateAsync(caller, business.WabaId);
        var list = await api.Host.CreateListAsync(caller);
        await ImportAsync(caller, list, "phone,name,consent\n+5511987654321,Ana,yes\n+34600000002,Bea,yes\n");
        var ana = (await Contacts.ListContactsAsync(new ListContactsRequest { Parent = caller.Name, PhoneNumber = "+5511987654321" }, caller.Auth)).Contacts.Single();
        await Consents.RecordConsentAsync(
            new RecordConsentRequest { Parent = ana.Name, Purpose = ConsentPurpose.Marketing, Action = ConsentAction.Revoke, RequestId = World.NewRequestId() },
            caller.Auth);

        await Contacts.DeleteContactAsync(new DeleteContactRequest { Name = ana.Name, RequestId = World.NewRequestId() }, caller.Auth);
        var again = await ImportAsync(caller, list, "phone,name,consent\n+551187654321,Ana,yes\n+34600000002,Bea,yes\n");
        var campaign = await api.Host.CreateCampaignAsync(caller, template.Name, sender.Name, list.Name);
        await Campaigns.LaunchCampaignAsync(new LaunchCampaignRequest { Name = campaign.Name, RequestId = World.NewRequestId() }, caller.Auth);
        await PrepareAsync(caller, campaign);

        Assert.Equal((1, 0), (again.Summary.CreatedCount, again.Summary.ConsentGrantedCount - 1));
        var messages = (await new MessagesService.MessagesServiceClient(api.Host.Channel)
            .ListMessagesAsync(new ListMessagesRequest { Parent = caller.Name, Campaign = campaign.Name }, caller.Auth)).Messages;
        Assert.Equal(
            [(MessageState.Queued, SuppressionReason.Unspecified), (MessageState.Suppressed, SuppressionReason.OptedOut)],
            messages.Select(message => (message.State, message.SuppressionReason)).Order());
        var back = (await Contacts.ListContactsAsync(new ListContactsRequest { Parent = caller.Name, PhoneNumber = "+551187654321" }, caller.Auth)).Contacts.Single();
        var consent = (await Consents.GetConsentAsync(new GetConsentRequest { Name = $"{back.Name}/consent" }, caller.Auth)).Consent;
        Assert.Equal((ConsentState.Revoked, ConsentSource.Erasure), (consent.Marketing.State, consent.Marketing.Source));
        var ledger = (await Consents.ListConsentEventsAsync(new ListConsentEventsRequest { Parent = back.Name }, caller.Auth)).ConsentEvents;
        Assert.Contains(ledger, e => e.Source == ConsentSource.Erasure && e.Evidence.Origin.Contains("erased", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_contact_that_changed_since_is_not_deleted()
    {
        var caller = await api.Host.NewTenantAsync();
        var contact = await api.Host.CreateContactAsync(caller, "+34600000001");
        var update = new UpdateContactRequest
        {
            Contact = new Contact { Name = contact.Name, DisplayName = "Bea" },
            UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "display_name" } },
            RequestId = World.NewRequestId(),
        };
        await Contacts.UpdateContactAsync(update, caller.Auth);

        await Expect.FailsAsync(StatusCode.Aborted, Reason.EtagMismatch, async () => await Contacts.DeleteContactAsync(
            new DeleteContactRequest { Name = contact.Name, Etag = contact.Etag, RequestId = World.NewRequestId() }, caller.Auth));
        await Contacts.GetContactAsync(new GetContactRequest { Name = contact.Name }, caller.Auth);
    }

    private ContactsService.ContactsServiceClient Contacts => new(api.Host.Channel);

    private ConsentsService.ConsentsServiceClient Consents => new(api.Host.Channel);

    private CampaignsService.CampaignsServiceClient Campaigns => new(api.Host.Channel);

    private Task<ImportContactsResponse> ImportAsync(TestCaller caller, ContactList list, string file)
    {
        var header = new ImportContactsHeader
        {
            Parent = caller.Name,
            ContactList = list.Name,
            ConsentSource = "newsletter",
            RequestId = World.NewRequestId(),
        };
        return api.Host.ImportAsync(caller, header, Encoding.UTF8.GetBytes(file));
    }

    private Task<PrepareBatchResult> PrepareAsync(TestCaller caller, Campaign campaign) => api.Host.Get<ICampaignStore>().PrepareBatchAsync(
        caller.Tenant, Domain.Campaigns.CampaignId.Parse(campaign.Name.Split('/')[^1]), 100, TimeProvider.System.GetUtcNow(),
        () => new Domain.Messages.MessageId(api.Host.Get<IIdSource>().NewId()), CancellationToken.None);
}
