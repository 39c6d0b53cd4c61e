using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Grains.Secrets;
using Herald.Simulator;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.WhatsApp;
using Herald.WhatsApp.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Host.Tests.Support;

/// <summary>Writes the rows of a business, as connecting, approving, importing and creating would.</summary>
/// <param name="services">The host's.</param>
/// <param name="time">When all of it happened.</param>
internal sealed class BusinessRows(IServiceProvider services, DateTimeOffset time)
{
    private const string TemplateName = "news";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IIdSource _ids = services.GetRequiredService<IIdSource>();

    public async Task<TenantId> AddTenantAsync(string name)
    {
        var tenant = new TenantId(_ids.NewId());
        Assert.True(await services.GetRequiredService<ITenantStore>().InsertAsync(new TenantRow
        {
            TenantId = tenant,
            Kind = TenantKind.Business,
            State = TenantState.Active,
            DisplayName = name,
            TimeZone = "UTC",
            DefaultRegion = "ES",
            Language = "en",
            Version = 1,
            CreateTime = time,
            UpdateTime = time,
        }, None));
        return tenant;
    }

    public async Task<SenderId> AddSenderAsync(TenantId tenant, SimulatedBusiness business, int number) =>
        await AddSenderAsync(tenant, business, number, SenderKind.Business, new SenderId(_ids.NewId()));

    /// <summary>A sender on the business's number of that index; the account is subscribed with its first.</summary>
    public async Task<SenderId> AddSenderAsync(TenantId tenant, SimulatedBusiness business, int number, SenderKind kind, SenderId sender)
    {
        Assert.Equal(SenderInsertResult.Inserted, await services.GetRequiredService<ISenderStore>().InsertAsync(new SenderRow
        {
            TenantId = tenant,
            SenderId = sender,
            Kind = kind,
            State = SenderState.Active,
            StateReason = "",
            WabaId = business.WabaId,
            PhoneNumberId = business.Numbers[number].PhoneNumberId,
            DisplayPhoneNumber = "+" + business.Numbers[number].Phone,
            VerifiedName = business.Name,
            QualityRating = "GREEN",
            MessagesPerSecond = 80,
            TokenCipher = services.GetRequiredService<ISecretProtector>().Protect(business.Token),
            Version = 1,
            CreateTime = time,
            UpdateTime = time,
        }, None));
        if (number == 0)
            Assert.True((await services.GetRequiredService<IWhatsAppClient>().SubscribeAppAsync(business.WabaId, new AccessToken(business.Token), None)).IsSuccess);
        return sender;
    }

    /// <summary>An approved marketing template; one that Meta does not know cannot be sent.</summary>
    public async Task<TemplateId> AddTemplateAsync(TenantId tenant, SimulatedBusiness business, bool isKnownToMeta)
    {
        var definition = new TemplateDefinition(TemplateName, "en_US", TemplateCategory.Marketing) { Body = "There is news in our shop today." };
        var created = isKnownToMeta
            ? await services.GetRequiredService<IWhatsAppClient>().CreateTemplateAsync(business.WabaId, new AccessToken(business.Token), definition, None)
            : null;
        Assert.True(created is null or { IsSuccess: true });
        var template = new TemplateId(_ids.NewId());
        await services.GetRequiredService<ITemplateStore>().InsertAsync(new TemplateRow
        {
            TenantId = tenant,
            TemplateId = template,
            WabaId = business.WabaId,
            MetaTemplateId = created?.Value?.TemplateId,
            Name = TemplateName,
            Language = "en_US",
            Category = TemplateCategory.Marketing,
            State = TemplateState.Approved,
            RejectedReason = "",
            Quality = "GREEN",
            Definition = definition.ToJson(),
            Version = 1,
            CreateTime = time,
            UpdateTime = time,
        }, None);
        return template;
    }

    /// <summary>A list of people who opted in.</summary>
    public async Task<ContactListId> AddListAsync(TenantId tenant, IEnumerable<string> phones)
    {
        var list = new ContactListId(_ids.NewId());
        await services.GetRequiredService<IContactListStore>().InsertAsync(
            new ContactListRow { TenantId = tenant, ListId = list, DisplayName = "Everyone", Version = 1, CreateTime = time, UpdateTime = time }, None);
        await services.GetRequiredService<IContactStore>().ImportAsync(
            tenant, new ContactImportBatch { ListId = list, Rows = [.. phones.Select(Person)], Now = time }, None);
        return list;
    }

    /// <summary>A campaign to the list that is a draft, or runs and has no messages yet.</summary>
    public async Task<CampaignId> AddCampaignAsync(TenantId tenant, TemplateId template, SenderId sender, ContactListId list, bool isRunning)
    {
        var campaign = new CampaignId(_ids.NewId());
        Assert.Equal(CampaignInsertResult.Inserted, await services.GetRequiredService<ICampaignStore>().InsertAsync(new CampaignRow
        {
            TenantId = tenant,
            CampaignId = campaign,
            DisplayName = "News",
            TemplateId = template,
            SenderId = sender,
            ListId = list,
            Parameters = "{}",
            State = isRunning ? CampaignState.Running : CampaignState.Draft,
            PauseCause = PauseCause.None,
            PauseActor = "",
            StateDetail = "",
            Recipients = 0,
            PrepareCursor = null,
            PrepareDone = false,
            LastRequestId = "",
            ScheduleTime = null,
            LaunchTime = isRunning ? time : null,
            StartTime = isRunning ? time : null,
            EndTime = null,
            Version = 1,
            CreateTime = time,
            UpdateTime = time,
        }, None));
        return campaign;
    }

    private ContactImportRow Person(string phone) => new()
    {
        NewContactId = new ContactId(_ids.NewId()),
        Phone = phone,
        PhoneVariants = [],
        DisplayName = "Ana",
        Language = "",
        TimeZone = "",
        Attributes = new Dictionary<string, string>(),
        Consent = new ContactImportConsent
        {
            EventId = new ConsentEventId(_ids.NewId()),
            Purpose = ConsentPurpose.Marketing,
            Action = ConsentAction.Grant,
            Source = ConsentSource.Import,
            EvidenceKey = "form",
            Evidence = "{}",
            Actor = "test",
            EventTime = time,
        },
    };
}
