using System.Security.Cryptography;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
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

namespace Herald.Host.Tests.Failures;

/// <summary>Makes the rows of one business for each failure, as connecting and preparing would.</summary>
internal sealed class FailurePopulation(IServiceProvider services, SimulatorControl simulator)
{
    private const string TemplateName = "news";
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly IIdSource _ids = services.GetRequiredService<IIdSource>();

    /// <summary>The sender of the control number.</summary>
    public static SenderId ControlSender { get; } = SenderId.Parse("00000000-0000-7000-8000-000000000009");

    /// <summary>Some time ago, so that nothing that Meta tells now is older than what it is about.</summary>
    private DateTimeOffset Past => services.GetRequiredService<TimeProvider>().GetUtcNow().AddHours(-1);

    public async Task AddAsync(FailureCase failure)
    {
        failure.Tenant = new TenantId(_ids.NewId());
        Assert.True(await services.GetRequiredService<ITenantStore>().InsertAsync(new TenantRow
        {
            TenantId = failure.Tenant,
            Kind = TenantKind.Business,
            State = TenantState.Active,
            DisplayName = failure.Business!.Name,
            TimeZone = "UTC",
            DefaultRegion = "ES",
            Language = "en",
            Version = 1,
            CreateTime = Past,
            UpdateTime = Past,
        }, None));
        failure.Sender = await AddSenderAsync(failure.Tenant, failure.Business, 0, SenderKind.Business);
        failure.OtherSender = await AddSenderAsync(failure.Tenant, failure.Business, 1, SenderKind.Business);
        await AddTemplateAsync(failure);
        await AddOwnerAsync(failure);
        simulator.SetRecipientBehaviour(failure.Phone, failure.IsLate
            ? new RecipientBehaviour { FailWith = failure.Code, Silent = true }
            : new RecipientBehaviour { RefuseWith = failure.Code, RefuseSubcode = failure.Subcode, RefuseHttpStatus = failure.HttpStatus, Silent = true });
    }

    public async Task<SenderId> AddSenderAsync(TenantId tenant, SimulatedBusiness business, int number, SenderKind kind)
    {
        var sender = kind == SenderKind.Control ? ControlSender : new SenderId(_ids.NewId());
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
            CreateTime = Past,
            UpdateTime = Past,
        }, None));
        if (number == 0)
            Assert.True((await services.GetRequiredService<IWhatsAppClient>().SubscribeAppAsync(business.WabaId, new AccessToken(business.Token), None)).IsSuccess);
        return sender;
    }

    /// <summary>A running campaign; delivery freezes its audience, which is one person.</summary>
    public async Task LaunchAsync(FailureCase failure)
    {
        var list = new ContactListId(_ids.NewId());
        await services.GetRequiredService<IContactListStore>().InsertAsync(new ContactListRow
        {
            TenantId = failure.Tenant,
            ListId = list,
            DisplayName = "Everyone",
            Version = 1,
            CreateTime = Past,
            UpdateTime = Past,
        }, None);
        var contacts = services.GetRequiredService<IContactStore>();
        await contacts.ImportAsync(failure.Tenant, new ContactImportBatch { ListId = list, Rows = [Person(failure)], Now = Past }, None);
        failure.Contact = (await contacts.FindByPhoneAsync(failure.Tenant, [failure.Phone], None))!.ContactId;
        failure.Campaign = new CampaignId(_ids.NewId());
        Assert.Equal(CampaignInsertResult.Inserted, await services.GetRequiredService<ICampaignStore>().InsertAsync(new CampaignRow
        {
            TenantId = failure.Tenant,
            CampaignId = failure.Campaign,
            DisplayName = "News",
            TemplateId = failure.Template,
            SenderId = failure.Sender,
            ListId = list,
            Parameters = "{}",
            State = CampaignState.Running,
            PauseCause = PauseCause.None,
            PauseActor = "",
            StateDetail = "",
            Recipients = 0,
            PrepareCursor = null,
            PrepareDone = false,
            LastRequestId = "",
            ScheduleTime = null,
            LaunchTime = Past,
            StartTime = Past,
            EndTime = null,
            Version = 1,
            CreateTime = Past,
            UpdateTime = Past,
        }, None));
        await services.GetRequiredService<ICampaignStore>().PrepareBatchAsync(
            failure.Tenant, failure.Campaign, 10, Past, () => new MessageId(_ids.NewId()), None);
    }

    private async Task AddTemplateAsync(FailureCase failure)
    {
        var business = failure.Business!;
        var definition = new TemplateDefinition(TemplateName, "en_US", TemplateCategory.Marketing) { Body = "There is news in our shop today." };
        var created = failure.IsLate
            ? await services.GetRequiredService<IWhatsAppClient>().CreateTemplateAsync(business.WabaId, new AccessToken(business.Token), definition, None)
            : null;
        Assert.True(created is null or { IsSuccess: true });
        failure.Template = new TemplateId(_ids.NewId());
        await services.GetRequiredService<ITemplateStore>().InsertAsync(new TemplateRow
        {
            TenantId = failure.Tenant,
            TemplateId = failure.Template,
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
            CreateTime = Past,
            UpdateTime = Past,
        }, None);
    }

    private async Task AddOwnerAsync(FailureCase failure)
    {
        var owners = services.GetRequiredService<IOwnerStore>();
        var now = Past.AddHours(1);
        var hash = SHA256.HashData(failure.Tenant.Value.ToByteArray());
        Assert.True(await owners.CreateLinkCodeAsync(failure.Tenant, hash, OwnerRole.Owner, "en", now, now.AddMinutes(15), None));
        Assert.NotNull(await owners.RedeemLinkCodeAsync(hash, failure.OwnerPhone, new OwnerId(_ids.NewId()), now, None));
    }

    private ContactImportRow Person(FailureCase failure) => new()
    {
        NewContactId = new ContactId(_ids.NewId()),
        Phone = failure.Phone,
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
            EventTime = Past,
        },
    };
}
