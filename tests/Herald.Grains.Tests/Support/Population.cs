using System.Globalization;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Storage.Campaigns;
using Herald.Storage.Consents;
using Herald.Storage.Contacts;
using Herald.Storage.Messages;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Templates;

namespace Herald.Testing.Nodes;

/// <summary>Makes tenants, people and campaigns.</summary>
internal sealed class Population(TestNode node)
{
    private const string Token = "EAAtoken0123456789";
    private static readonly CancellationToken None = CancellationToken.None;

    public async Task<Business> AddBusinessAsync(string name, string phoneNumberId)
    {
        var tenant = await AddTenantAsync(name, TenantKind.Business);
        var sender = await AddSenderAsync(tenant, phoneNumberId, SenderKind.Business, Token);
        var template = await AddTemplateAsync(tenant, "spring_sale", TemplateCategory.Marketing, "Our spring sale has begun.");
        var list = await AddListAsync(tenant);
        return new Business(tenant, sender, phoneNumberId, template, list);
    }

    public async Task<TenantId> AddTenantAsync(string name, TenantKind kind)
    {
        var tenant = node.Ids.New<TenantId>();
        Assert.True(await node.Get<ITenantStore>().InsertAsync(new TenantRow
        {
            TenantId = tenant,
            Kind = kind,
            State = TenantState.Active,
            DisplayName = name,
            TimeZone = "UTC",
            DefaultRegion = "US",
            Language = "en",
            Version = 1,
            CreateTime = node.Now,
            UpdateTime = node.Now,
        }, None));
        return tenant;
    }

    public async Task<SenderId> AddSenderAsync(TenantId tenant, string phoneNumberId, SenderKind kind, string token)
    {
        var sender = node.Ids.New<SenderId>();
        await node.Get<ISenderStore>().InsertAsync(new SenderRow
        {
            TenantId = tenant,
            SenderId = sender,
            Kind = kind,
            State = SenderState.Active,
            StateReason = "",
            WabaId = "9" + phoneNumberId,
            PhoneNumberId = phoneNumberId,
            DisplayPhoneNumber = "+1 650-555-0100",
            VerifiedName = "Lucky Shrub",
            QualityRating = "GREEN",
            MessagesPerSecond = 1_000,
            TokenCipher = node.Secrets.Protect(token),
            Version = 1,
            CreateTime = node.Now,
            UpdateTime = node.Now,
        }, None);
        return sender;
    }

    public async Task<TemplateId> AddTemplateAsync(TenantId tenant, string name, TemplateCategory category, string body)
    {
        var template = node.Ids.New<TemplateId>();
        await node.Get<ITemplateStore>().InsertAsync(new TemplateRow
        {
            TenantId = tenant,
            TemplateId = template,
            WabaId = "900",
            MetaTemplateId = "meta-" + name,
            Name = name,
            Language = "en_US",
            Category = category,
            State = TemplateState.Approved,
            RejectedReason = "",
            Quality = "GREEN",
            Definition = new TemplateDefinition(name, "en_US", category) { Body = body }.ToJson(),
            Version = 1,
            CreateTime = node.Now,
            UpdateTime = node.Now,
        }, None);
        return template;
    }

    public async Task<ContactListId> AddListAsync(TenantId tenant)
    {
        var list = node.Ids.New<ContactListId>();
        await node.Get<IContactListStore>().InsertAsync(new ContactListRow
        {
            TenantId = tenant,
            ListId = list,
            DisplayName = "Everyone",
            Version = 1,
            CreateTime = node.Now,
            UpdateTime = node.Now,
        }, None);
        return list;
    }

    /// <summary>Puts people with the phones 16505550001, 16505550002 and so on into the list, opted in an hour ago.</summary>
    public Task AddPeopleAsync(Business business, int count) =>
        node.Get<IContactStore>().ImportAsync(business.Tenant, new ContactImportBatch
        {
            ListId = business.List,
            Rows = [.. Enumerable.Range(1, count).Select(i => Row(PhoneOf(i), isOptedIn: true))],
            Now = node.Now,
        }, None);

    public async Task<ContactId> AddPersonAsync(TenantId tenant, ContactListId? list, string phone, bool isOptedIn)
    {
        await node.Get<IContactStore>().ImportAsync(
            tenant, new ContactImportBatch { ListId = list, Rows = [Row(phone, isOptedIn)], Now = node.Now }, None);
        return await FindAsync(tenant, phone);
    }

    public async Task<ContactId> FindAsync(TenantId tenant, string phone) =>
        (await node.Get<IContactStore>().FindByPhoneAsync(tenant, [phone], None))?.ContactId
        ?? throw new InvalidOperationException("Nobody has this phone.");

    public static string PhoneOf(int number) => "1650555" + number.ToString("d4", CultureInfo.InvariantCulture);

    public async Task<CampaignRow> AddCampaignAsync(Business business, CampaignState state)
    {
        var row = new CampaignRow
        {
            TenantId = business.Tenant,
            CampaignId = node.Ids.New<CampaignId>(),
            DisplayName = "Spring sale",
            TemplateId = business.Template,
            SenderId = business.Sender,
            ListId = business.List,
            Parameters = "{}",
            State = state,
            PauseCause = PauseCause.None,
            PauseActor = "",
            StateDetail = "",
            Recipients = 0,
            PrepareCursor = null,
            PrepareDone = false,
            LastRequestId = "",
            ScheduleTime = null,
            LaunchTime = state > CampaignState.Scheduled ? node.Now : null,
            StartTime = state > CampaignState.Preparing ? node.Now : null,
            EndTime = null,
            Version = 1,
            CreateTime = node.Now,
            UpdateTime = node.Now,
        };
        Assert.Equal(CampaignInsertResult.Inserted, await node.Get<ICampaignStore>().InsertAsync(row, None));
        return row;
    }

    /// <summary>A running campaign whose messages to everyone in the list are queued.</summary>
    public async Task<CampaignRow> AddQueuedCampaignAsync(Business business)
    {
        var campaign = await AddCampaignAsync(business, CampaignState.Running);
        await node.Get<ICampaignStore>().PrepareBatchAsync(
            business.Tenant, campaign.CampaignId, 10_000, node.Now, () => node.Ids.New<MessageId>(), None);
        return campaign;
    }

    public Task<IReadOnlyList<MessageRow>> MessagesAsync(TenantId tenant, ContactId? contact) =>
        node.Get<IMessageStore>().ListAsync(tenant, null, contact, null, null, 5_000, None);

    public async Task<ConsentState> MarketingAsync(TenantId tenant, ContactId contact, SenderId? scope) =>
        (await node.Get<IConsentStore>().GetAsync(tenant, contact, None)).FirstOrDefault(row => row.Scope == scope)?.Marketing
        ?? ConsentState.Unknown;

    private ContactImportRow Row(string phone, bool isOptedIn) => new()
    {
        NewContactId = node.Ids.New<ContactId>(),
        Phone = phone,
        PhoneVariants = [],
        DisplayName = "Ana",
        Language = "",
        TimeZone = "",
        Attributes = new Dictionary<string, string>(),
        Consent = !isOptedIn ? null : new ContactImportConsent
        {
            EventId = node.Ids.New<ConsentEventId>(),
            Purpose = ConsentPurpose.Marketing,
            Action = ConsentAction.Grant,
            Source = ConsentSource.Import,
            EvidenceKey = "form",
            Evidence = "{}",
            Actor = "test",
            EventTime = node.Now.AddHours(-1),
        },
    };
}
