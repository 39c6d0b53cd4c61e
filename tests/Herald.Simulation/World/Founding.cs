using System.Globalization;
using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Senders;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Nodes;
using Herald.Storage.Campaigns;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Templates;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Simulation.World;

/// <summary>Fills the database before the nodes start: two businesses whose people are in part the same.</summary>
internal sealed class Founding(IServiceProvider stores, Chance chance, IIdSource ids, TimeProvider time, Population people)
{
    private static readonly CancellationToken None = CancellationToken.None;

    public async Task<IReadOnlyList<Business>> RunAsync()
    {
        var first = await AddBusinessAsync("Lucky Shrub", 1);
        var second = await AddBusinessAsync("Quiet Corner", 2);
        return [first, second];
    }

    private async Task<Business> AddBusinessAsync(string name, int number)
    {
        var business = new Business(new TenantId(ids.NewId()));
        await stores.GetRequiredService<ITenantStore>().InsertAsync(new TenantRow
        {
            TenantId = business.Tenant,
            Kind = TenantKind.Business,
            State = TenantState.Active,
            DisplayName = name,
            TimeZone = "UTC",
            DefaultRegion = "US",
            Language = "en",
            Version = 1,
            CreateTime = time.GetUtcNow(),
            UpdateTime = time.GetUtcNow(),
        }, None);
        for (var i = chance.Between(1, 2); i > 0; i--)
            await AddSenderAsync(business, string.Create(CultureInfo.InvariantCulture, $"{number}0{i}"));
        for (var i = chance.Between(1, 2); i > 0; i--)
            await AddCampaignAsync(business, i, await AddPeopleAsync(business, chance.Between(1, 8), chance.Between(9, 20)));
        return business;
    }

    private async Task AddSenderAsync(Business business, string phoneNumberId)
    {
        var sender = new SenderId(ids.NewId());
        var token = "EAAtoken" + phoneNumberId;
        await stores.GetRequiredService<ISenderStore>().InsertAsync(new SenderRow
        {
            TenantId = business.Tenant,
            SenderId = sender,
            Kind = SenderKind.Business,
            State = SenderState.Active,
            StateReason = "",
            WabaId = "9" + phoneNumberId,
            PhoneNumberId = phoneNumberId,
            DisplayPhoneNumber = "+1 650-555-0100",
            VerifiedName = "A business",
            QualityRating = "GREEN",
            MessagesPerSecond = chance.Pick([20, 80]),
            // Without a limit, so that nothing is put off; and known, so that nobody asks for it.
            PortfolioId = "portfolio-1",
            TokenCipher = PlainSecrets.Instance.Protect(token),
            Version = 1,
            CreateTime = time.GetUtcNow(),
            UpdateTime = time.GetUtcNow(),
        }, None);
        business.Senders.Add((sender, phoneNumberId));
        people.AddSender(new SenderFacts(business.Tenant.ToString(), sender.ToString(), phoneNumberId, token));
    }

    /// <summary>The people with the phones from one number to another, most of them opted in. The list that holds them.</summary>
    private async Task<(ContactListId List, int Count)> AddPeopleAsync(Business business, int from, int to)
    {
        var list = new ContactListId(ids.NewId());
        await stores.GetRequiredService<IContactListStore>().InsertAsync(new ContactListRow
        {
            TenantId = business.Tenant,
            ListId = list,
            DisplayName = "People",
            Version = 1,
            CreateTime = time.GetUtcNow(),
            UpdateTime = time.GetUtcNow(),
        }, None);
        var phones = Enumerable.Range(from, to - from + 1).Select(i => "1650555" + i.ToString("d4", CultureInfo.InvariantCulture)).ToList();
        var contacts = stores.GetRequiredService<IContactStore>();
        // Known before they are written, since every row is checked as it is committed.
        var rows = phones.ConvertAll(phone => ToRow(phone, chance.Happens(0.9)));
        foreach (var row in rows)
        {
            if (business.People.Exists(person => person.Phone == row.Phone))
                continue;
            business.People.Add((row.NewContactId, row.Phone));
            people.AddContact(business.Tenant.ToString(), row.NewContactId.ToString(), row.Phone);
        }
        await contacts.ImportAsync(business.Tenant, new ContactImportBatch { ListId = list, Rows = rows, Now = time.GetUtcNow() }, None);
        return (list, rows.Count);
    }

    private ContactImportRow ToRow(string phone, bool isOptedIn) => new()
    {
        NewContactId = new ContactId(ids.NewId()),
        Phone = phone,
        PhoneVariants = [],
        DisplayName = "Ana",
        Language = "",
        TimeZone = "",
        Attributes = new Dictionary<string, string>(),
        Consent = !isOptedIn ? null : new ContactImportConsent
        {
            EventId = new ConsentEventId(ids.NewId()),
            Purpose = ConsentPurpose.Marketing,
            Action = ConsentAction.Grant,
            Source = ConsentSource.Import,
            EvidenceKey = "form",
            Evidence = "{}",
            Actor = "founder",
            EventTime = time.GetUtcNow().AddHours(-1),
        },
    };

    private async Task AddCampaignAsync(Business business, int number, (ContactListId List, int Count) audience)
    {
        var category = chance.Happens(0.8) ? TemplateCategory.Marketing : TemplateCategory.Utility;
        var template = new TemplateId(ids.NewId());
        var name = string.Create(CultureInfo.InvariantCulture, $"news_{number}");
        await stores.GetRequiredService<ITemplateStore>().InsertAsync(new TemplateRow
        {
            TenantId = business.Tenant,
            TemplateId = template,
            WabaId = "900",
            MetaTemplateId = $"{business.Tenant}-{name}",
            Name = name,
            Language = "en_US",
            Category = category,
            State = TemplateState.Approved,
            RejectedReason = "",
            Quality = "GREEN",
            Definition = new TemplateDefinition(name, "en_US", category) { Body = "There is news." }.ToJson(),
            Version = 1,
            CreateTime = time.GetUtcNow(),
            UpdateTime = time.GetUtcNow(),
        }, None);
        var campaign = new CampaignId(ids.NewId());
        await stores.GetRequiredService<ICampaignStore>().InsertAsync(new CampaignRow
        {
            TenantId = business.Tenant,
            CampaignId = campaign,
            DisplayName = "News",
            TemplateId = template,
            SenderId = chance.Pick(business.Senders).Id,
            ListId = audience.List,
            Parameters = "{}",
            State = CampaignState.Draft,
            PauseCause = PauseCause.None,
            PauseActor = "",
            StateDetail = "",
            Recipients = 0,
            PrepareCursor = null,
            PrepareDone = false,
            LastRequestId = "",
            ScheduleTime = null,
            LaunchTime = null,
            StartTime = null,
            EndTime = null,
            Version = 1,
            CreateTime = time.GetUtcNow(),
            UpdateTime = time.GetUtcNow(),
        }, None);
        business.Campaigns.Add((campaign, audience.Count));
    }
}
