using Google.Protobuf.WellKnownTypes;
using Herald.Api.Tests.Support;
using Herald.Contracts.Messages.V1;
using Herald.Domain.Tenants;
using Herald.Storage.Messages;
using MessageId = Herald.Domain.Messages.MessageId;
using SenderKind = Herald.Contracts.Tenants.V1.SenderKind;
using TemplateCategory = Herald.Contracts.Templates.V1.TemplateCategory;

namespace Herald.Api.Tests.Messages;

/// <summary>A tenant that can send a utility template to a contact at any time.</summary>
internal sealed record MessageShop(ApiHost Host, TestCaller Caller, string Sender, string Template, string Contact)
{
    public MessagesService.MessagesServiceClient Client => new(Host.Channel);

    public IMessageStore Store => Host.Get<IMessageStore>();

    public TenantId Tenant => Caller.Tenant;

    public static async Task<MessageShop> CreateAsync(ApiHost host)
    {
        var caller = await host.NewTenantAsync();
        var business = host.AddBusiness();
        var sender = await host.ConnectAsync(caller, business, SenderKind.Business);
        var template = await host.ApproveTemplateAsync(caller, business.WabaId, TemplateCategory.Utility);
        var contact = await host.CreateContactAsync(caller, "+34600000001");
        return new MessageShop(host, caller, sender.Name, template.Name, contact.Name);
    }

    public static MessageId IdOf(Message message) => MessageId.Parse(message.Name[^36..]);

    public OutgoingMessage Outgoing(string value) => new()
    {
        Sender = Sender,
        Contact = Contact,
        Template = new OutgoingTemplate { Template = Template, Parameters = { ["body.1"] = value } },
    };

    public Task<Message> SendAsync() => SendAsync(Outgoing("Ana"));

    public Task<Message> SendLaterAsync(TimeSpan wait)
    {
        var later = Outgoing("Ana");
        later.SendTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + wait);
        return SendAsync(later);
    }

    public async Task<Message> SendAsync(OutgoingMessage message) => (await Client.SendMessageAsync(
        new SendMessageRequest { Parent = Caller.Name, Message = message, RequestId = World.NewRequestId() }, Caller.Auth)).Message;

    public async Task<Message> GetAsync(Message message) =>
        (await Client.GetMessageAsync(new GetMessageRequest { Name = message.Name }, Caller.Auth)).Message;

    public async Task<IReadOnlyList<MessageEvent>> StoryAsync(Message message) =>
        (await Client.ListMessageEventsAsync(new ListMessageEventsRequest { Parent = message.Name }, Caller.Auth)).MessageEvents;
}
