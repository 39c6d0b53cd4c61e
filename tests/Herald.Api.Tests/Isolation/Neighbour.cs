using System.Text.RegularExpressions;
using Herald.Api.Tests.Support;
using Herald.Contracts.Consents.V1;
using Herald.Contracts.Tenants.V1;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains.Control;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using OwnerRole = Herald.Contracts.Tenants.V1.OwnerRole;
using SenderKind = Herald.Contracts.Tenants.V1.SenderKind;

namespace Herald.Api.Tests.Isolation;

/// <summary>A tenant that has one of everything, with the names of it all.</summary>
internal sealed partial class Neighbour
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private Neighbour(TestCaller caller) => Caller = caller;

    public TestCaller Caller { get; }

    /// <summary>The name of what a form of name stands for, such as <c>tenants/{tenant}/contacts/{contact}</c>.</summary>
    public string Name(string pattern) => _names.TryGetValue(pattern, out var name)
        ? name
        : throw new InvalidOperationException($"The test makes nothing that is called {pattern}; add it to {nameof(Neighbour)}.");

    /// <summary>The same with the ids of this tenant's things, and another tenant in front.</summary>
    public string NameUnder(TestCaller other, string pattern) => Name(pattern).Replace(Caller.Name, other.Name, StringComparison.Ordinal);

    public static async Task<Neighbour> CreateAsync(ApiHost host)
    {
        var caller = await host.NewTenantAsync();
        var neighbour = new Neighbour(caller);
        var business = host.AddBusiness();
        var sender = await host.ConnectAsync(caller, business, SenderKind.Business);
        var list = await host.CreateListAsync(caller);
        var contact = await host.CreateContactAsync(caller, "+34600000001", list.Name);
        var template = await host.CreateTemplateAsync(caller, business.WabaId);
        var campaign = await host.CreateCampaignAsync(caller, template.Name, sender.Name, list.Name);
        var keys = await new ApiKeysService.ApiKeysServiceClient(host.Channel)
            .ListApiKeysAsync(new ListApiKeysRequest { Parent = caller.Name }, caller.Auth);
        var consent = await new ConsentsService.ConsentsServiceClient(host.Channel).RecordConsentAsync(
            new RecordConsentRequest
            {
                Parent = contact.Name,
                Purpose = ConsentPurpose.Marketing,
                Action = ConsentAction.Revoke,
                RequestId = World.NewRequestId(),
            },
            caller.Auth);
        string[] made =
        [
            caller.Name, $"{caller.Name}/settings", sender.Name, list.Name, contact.Name, template.Name, campaign.Name, keys.ApiKeys[0].Name,
            consent.ConsentEvent.Name, consent.Consent.Name,
            caller.Child("owners", await LinkOwnerAsync(host, caller)),
            caller.Child("messages", await QueueMessageAsync(host, caller, contact.Name, sender.Name)),
        ];
        foreach (var name in made)
            neighbour._names[PatternOf(name)] = name;
        return neighbour;
    }

    private static async Task<Guid> LinkOwnerAsync(ApiHost host, TestCaller caller)
    {
        var system = host.Admin;
        var senders = await new SendersService.SendersServiceClient(host.Channel)
            .ListSendersAsync(new ListSendersRequest { Parent = system.Name }, system.Auth);
        if (senders.Senders.Count == 0)
            await host.ConnectAsync(system, host.AddBusiness(), SenderKind.Control);
        var request = new CreateOwnerLinkCodeRequest { Parent = caller.Name, Role = OwnerRole.Owner, RequestId = World.NewRequestId() };
        var code = await new OwnersService.OwnersServiceClient(host.Channel).CreateOwnerLinkCodeAsync(request, caller.Auth);
        var hash = OwnerLinkCodes.Hash(code.OwnerLinkCode.Code["LINK ".Length..]);
        var id = new OwnerId(Guid.Parse(World.NewRequestId()));
        var owner = await host.Get<IOwnerStore>().RedeemLinkCodeAsync(hash, "34600000009", id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        return owner!.OwnerId.Value;
    }

    private static async Task<Guid> QueueMessageAsync(ApiHost host, TestCaller caller, string contact, string sender)
    {
        var id = Guid.Parse(World.NewRequestId());
        var now = TimeProvider.System.GetUtcNow();
        await host.Get<IMessageStore>().EnqueueAsync(
            [
                new NewMessage
                {
                    TenantId = caller.Tenant,
                    MessageId = new MessageId(id),
                    ContactId = ContactId.Parse(contact[^36..]),
                    SenderId = SenderId.Parse(sender[^36..]),
                    Class = MessageClass.Reply,
                    Content = "{}",
                    DedupeKey = id.ToString(),
                    DueTime = now,
                    CreateTime = now,
                },
            ],
            CancellationToken.None);
        return id;
    }

    /// <summary>The form of a name: each id becomes its collection's singular in snake case.</summary>
    private static string PatternOf(string name)
    {
        var segments = name.Split('/');
        for (var i = 1; i < segments.Length; i += 2)
            segments[i] = $"{{{Capital().Replace(segments[i - 1], "_$0").ToLowerInvariant()[..^1]}}}";
        return string.Join('/', segments);
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
