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
using Herald.Storage.Leases;
using Herald.Storage.Messages;
using Herald.Storage.Portfolios;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.Testing;

namespace Herald.Storage.Conformance;

/// <summary>Makes rows that tests need but do not look at.</summary>
public sealed class Given(TestDatabase database, TestIds ids, TimeProvider time)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private int _phones = 1_000_000;

    public const string Node = "node-a";
    public const string Portfolio = "portfolio-1";

    private DateTimeOffset Now => time.GetUtcNow();

    public TenantRow Tenant() => new()
    {
        TenantId = ids.New<TenantId>(),
        Kind = TenantKind.Business,
        State = TenantState.Active,
        DisplayName = "Panadería Ñandú",
        TimeZone = "Europe/Madrid",
        DefaultRegion = "ES",
        Language = "es",
        Version = 1,
        CreateTime = Now,
        UpdateTime = Now,
    };

    public SenderRow Sender(TenantId tenant) => new()
    {
        TenantId = tenant,
        SenderId = ids.New<SenderId>(),
        Kind = SenderKind.Business,
        State = SenderState.Active,
        StateReason = "",
        WabaId = "waba-1",
        PhoneNumberId = $"pn-{ids.NewId():N}",
        DisplayPhoneNumber = "+34 600 000 000",
        VerifiedName = "",
        QualityRating = "GREEN",
        MessagesPerSecond = 80,
        TokenCipher = [1, 2, 3],
        StateTime = Now,
        Version = 1,
        CreateTime = Now,
        UpdateTime = Now,
    };

    public TemplateRow Template(TenantId tenant, TemplateCategory category) => new()
    {
        TenantId = tenant,
        TemplateId = ids.New<TemplateId>(),
        WabaId = "waba-1",
        MetaTemplateId = null,
        Name = $"t_{ids.NewId():N}",
        Language = "es",
        Category = category,
        State = TemplateState.Approved,
        RejectedReason = "",
        Quality = "",
        Definition = "{}",
        Version = 1,
        CreateTime = Now,
        UpdateTime = Now,
    };

    public ContactRow Contact(TenantId tenant) => new()
    {
        TenantId = tenant,
        ContactId = ids.New<ContactId>(),
        Phone = NewPhone(),
        UserId = null,
        ParentUserId = null,
        Username = null,
        DisplayName = "Ana",
        Language = "es",
        TimeZone = "",
        Attributes = new Dictionary<string, string> { ["city"] = "Sevilla" },
        Version = 1,
        CreateTime = Now,
        UpdateTime = Now,
    };

    public ContactListRow List(TenantId tenant) => new()
    {
        TenantId = tenant,
        ListId = ids.New<ContactListId>(),
        DisplayName = "All",
        Version = 1,
        CreateTime = Now,
        UpdateTime = Now,
    };

    public CampaignRow Campaign(TenantId tenant, SenderId sender, TemplateId template, ContactListId list) => new()
    {
        TenantId = tenant,
        CampaignId = ids.New<CampaignId>(),
        DisplayName = "Spring",
        TemplateId = template,
        SenderId = sender,
        ListId = list,
        Parameters = """{"1":"contact.city"}""",
        State = CampaignState.Running,
        PauseCause = PauseCause.None,
        PauseActor = "",
        StateDetail = "",
        Recipients = 0,
        PrepareCursor = null,
        PrepareDone = false,
        LastRequestId = "",
        ScheduleTime = null,
        LaunchTime = Now,
        StartTime = Now,
        EndTime = null,
        Version = 1,
        CreateTime = Now,
        UpdateTime = Now,
    };

    public NewMessage Reply(TenantId tenant, ContactId contact, SenderId sender) => new()
    {
        TenantId = tenant,
        MessageId = ids.New<MessageId>(),
        ContactId = contact,
        SenderId = sender,
        Class = MessageClass.Reply,
        Content = """{"text":"hola"}""",
        DedupeKey = $"reply/{ids.NewId()}",
        DueTime = Now,
        CreateTime = Now,
    };

    public ConsentEventRow Event(TenantId tenant, ContactId contact, ConsentAction action) => new()
    {
        TenantId = tenant,
        ContactId = contact,
        EventId = ids.New<ConsentEventId>(),
        Purpose = ConsentPurpose.Marketing,
        Action = action,
        Scope = null,
        Source = ConsentSource.Api,
        EvidenceKey = $"e/{ids.NewId()}",
        Evidence = "{}",
        Actor = "test",
        CampaignId = null,
        EventTime = Now,
        RecordTime = Now,
    };

    /// <summary>A row of a file that says nothing but the phone and a decision about marketing.</summary>
    public ContactImportRow ImportRow(string phone, ConsentAction action)
    {
        var id = ids.New<ConsentEventId>();
        return new ContactImportRow
        {
            NewContactId = ids.New<ContactId>(),
            Phone = phone,
            PhoneVariants = PhoneNumber.TryFromDigits(phone, out var number) ? [.. number.Variants().Skip(1).Select(variant => variant.Digits)] : [],
            DisplayName = "",
            Language = "",
            TimeZone = "",
            Attributes = new Dictionary<string, string>(),
            Consent = new ContactImportConsent
            {
                EventId = id,
                Purpose = ConsentPurpose.Marketing,
                Action = action,
                Source = ConsentSource.Import,
                EvidenceKey = $"file/{id}",
                Evidence = "{}",
                Actor = "keys/1",
                EventTime = Now,
            },
        };
    }

    public string NewPhone() => $"3460{Interlocked.Increment(ref _phones)}";

    public async Task<TenantId> StoredTenantAsync()
    {
        var row = Tenant();
        Assert.True(await database.Get<ITenantStore>().InsertAsync(row, None));
        return row.TenantId;
    }

    public async Task<SenderRow> StoredSenderAsync(TenantId tenant)
    {
        var row = Sender(tenant);
        Assert.Equal(SenderInsertResult.Inserted, await database.Get<ISenderStore>().InsertAsync(row, None));
        return row;
    }

    public async Task<ContactId> StoredContactAsync(TenantId tenant)
    {
        var row = Contact(tenant);
        Assert.Equal(ContactWriteOutcome.Written, (await database.Get<IContactStore>().InsertAsync(row, [], None)).Outcome);
        return row.ContactId;
    }

    public Task<ConsentRecordResult> RecordAsync(ConsentEventRow consentEvent) =>
        database.Get<IConsentStore>().RecordAsync(consentEvent, null, [], None);

    public Task<ConsentRecordResult> RecordAsync(TenantId tenant, ContactId contact, ConsentAction action) =>
        RecordAsync(Event(tenant, contact, action));

    public async Task<long> LeaseAsync(TenantId tenant, SenderId sender)
    {
        var lease = await database.Get<ILeaseStore>().AcquireAsync(LeaseNames.Sender(tenant, sender), Node, TimeSpan.FromSeconds(10), None);
        return Assert.IsType<Lease>(lease).Epoch;
    }

    /// <summary>A tenant with a sender whose lease is held, a list of contacts and a running campaign to it, nothing of it frozen yet.</summary>
    public async Task<Scene> SceneAsync(TemplateCategory category, int contacts)
    {
        var tenant = await StoredTenantAsync();
        var sender = (await StoredSenderAsync(tenant)).SenderId;
        var template = Template(tenant, category);
        Assert.Equal(TemplateInsertResult.Inserted, await database.Get<ITemplateStore>().InsertAsync(template, None));
        var list = List(tenant);
        Assert.True(await database.Get<IContactListStore>().InsertAsync(list, None));
        List<ContactId> people = [];
        for (var i = 0; i < contacts; i++)
            people.Add(await StoredContactAsync(tenant));
        Assert.Equal(contacts, await database.Get<IContactListStore>().AddMembersAsync(tenant, list.ListId, people, None));
        var campaign = Campaign(tenant, sender, template.TemplateId, list.ListId);
        Assert.Equal(CampaignInsertResult.Inserted, await database.Get<ICampaignStore>().InsertAsync(campaign, None));
        return new Scene(tenant, sender, campaign.CampaignId, list.ListId, template.TemplateId, people, await LeaseAsync(tenant, sender));
    }

    /// <summary>A scene whose contacts all allowed marketing and whose campaign is frozen: everything is queued.</summary>
    public async Task<Scene> QueuedSceneAsync(int contacts)
    {
        var scene = await SceneAsync(TemplateCategory.Marketing, contacts);
        foreach (var contact in scene.Contacts)
            await RecordAsync(scene.Tenant, contact, ConsentAction.Grant);
        await PrepareAsync(scene, contacts + 1);
        return scene;
    }

    public Task<PrepareBatchResult> PrepareAsync(Scene scene, int size) => database.Get<ICampaignStore>().PrepareBatchAsync(
        scene.Tenant, scene.Campaign, size, Now, ids.New<MessageId>, None);

    /// <summary>A queued scene whose sender belongs to <see cref="Portfolio"/>, with this limit.</summary>
    public async Task<Scene> LimitedSceneAsync(int contacts, int peopleMax, int reservePercent)
    {
        var scene = await QueuedSceneAsync(contacts);
        await JoinAsync(scene, Portfolio, peopleMax, reservePercent);
        return scene;
    }

    public async Task JoinAsync(Scene scene, string portfolio, int? peopleMax, int reservePercent)
    {
        await database.Get<IPortfolioStore>().SetAsync(
            new PortfolioRow { PortfolioId = portfolio, PeopleMax = peopleMax, ReservePercent = reservePercent, UpdateTime = Now }, None);
        var sender = Assert.IsType<SenderRow>(await database.Get<ISenderStore>().GetAsync(scene.Tenant, scene.Sender, None));
        Assert.Equal(portfolio, (await database.Get<ISenderStore>().UpdateAsync(sender with { PortfolioId = portfolio }, None))?.PortfolioId);
    }

    /// <summary>The same people once more, from the same sender.</summary>
    public Task<Scene> SecondCampaignAsync(Scene scene) => CampaignAsync(scene, TemplateCategory.Marketing, scene.List);

    /// <summary>A campaign to other people, from the same sender.</summary>
    public async Task<Scene> SceneOnAsync(Scene scene, TemplateCategory category, int contacts)
    {
        var list = List(scene.Tenant);
        await database.Get<IContactListStore>().InsertAsync(list, None);
        List<ContactId> people = [];
        for (var i = 0; i < contacts; i++)
            people.Add(await StoredContactAsync(scene.Tenant));
        await database.Get<IContactListStore>().AddMembersAsync(scene.Tenant, list.ListId, people, None);
        return await CampaignAsync(scene, category, list.ListId);
    }

    private async Task<Scene> CampaignAsync(Scene scene, TemplateCategory category, ContactListId list)
    {
        var template = Template(scene.Tenant, category);
        await database.Get<ITemplateStore>().InsertAsync(template, None);
        var campaign = Campaign(scene.Tenant, scene.Sender, template.TemplateId, list);
        Assert.Equal(CampaignInsertResult.Inserted, await database.Get<ICampaignStore>().InsertAsync(campaign, None));
        var second = scene with { Campaign = campaign.CampaignId, Template = template.TemplateId, List = list };
        await PrepareAsync(second, 100);
        return second;
    }

    public ClaimRequest Claim(Scene scene, int limit) => new()
    {
        TenantId = scene.Tenant,
        SenderId = scene.Sender,
        Node = Node,
        Epoch = scene.Epoch,
        Limit = limit,
        Now = Now,
        Duration = TimeSpan.FromSeconds(60),
    };

    public Settlement Accepted(Scene scene, ClaimedMessage message) => new()
    {
        TenantId = scene.Tenant,
        MessageId = message.MessageId,
        Epoch = scene.Epoch,
        Attempt = message.Attempt,
        Outcome = AttemptOutcome.Accepted,
        Wamid = $"wamid.{message.MessageId}",
        NextState = MessageState.Accepted,
        Now = Now,
    };

    public StatusUpdate Status(Scene scene, MessageId message, MessageState evidence) => new()
    {
        TenantId = scene.Tenant,
        MessageId = message,
        Wamid = $"wamid.{message}",
        Evidence = evidence,
        Time = Now.AddSeconds((int)evidence),
        ErrorCode = evidence == MessageState.Failed ? 131026 : 0,
        Price = evidence == MessageState.Failed ? null : new MessagePrice(PriceCategory.Marketing, PriceType.Regular),
    };
}
