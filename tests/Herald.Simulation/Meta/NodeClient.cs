using Herald.Simulation.Nodes;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Messages;
using Herald.WhatsApp.Templates;

namespace Herald.Simulation.Meta;

/// <summary>A node's way to Meta: sending, and asking what a number may do. Nothing else occurs in a run.</summary>
internal sealed class NodeClient(SimNode node, MetaModel meta) : IWhatsAppClient
{
    public Task<SendResult> SendAsync(string phoneNumberId, AccessToken token, OutgoingMessage message, CancellationToken cancellationToken) =>
        meta.SendAsync(node, phoneNumberId, token, message);

    public Task<CallResult<Acknowledgement>> MarkReadAsync(
        string phoneNumberId, AccessToken token, string wamid, bool showTyping, CancellationToken cancellationToken) => throw NotPlayed();

    public Task<CallResult<TemplateCreated>> CreateTemplateAsync(
        string wabaId, AccessToken token, TemplateDefinition template, CancellationToken cancellationToken) => throw NotPlayed();

    public Task<CallResult<Page<TemplateInfo>>> ListTemplatesAsync(
        string wabaId, AccessToken token, TemplateQuery query, CancellationToken cancellationToken) => throw NotPlayed();

    public Task<CallResult<TemplateInfo>> GetTemplateAsync(string templateId, AccessToken token, CancellationToken cancellationToken) =>
        throw NotPlayed();

    public Task<CallResult<Acknowledgement>> DeleteTemplateAsync(
        string wabaId, AccessToken token, string name, string? templateId, CancellationToken cancellationToken) => throw NotPlayed();

    public Task<CallResult<BusinessAccountInfo>> GetBusinessAccountAsync(string wabaId, AccessToken token, CancellationToken cancellationToken) =>
        throw NotPlayed();

    public Task<CallResult<Page<PhoneNumberInfo>>> ListPhoneNumbersAsync(
        string wabaId, AccessToken token, string? after, CancellationToken cancellationToken) =>
        meta.AskAsync(node, () => new Page<PhoneNumberInfo>([], null));

    public Task<CallResult<PhoneNumberInfo>> GetPhoneNumberAsync(string phoneNumberId, AccessToken token, CancellationToken cancellationToken) =>
        meta.AskAsync(node, () => new PhoneNumberInfo(phoneNumberId) { Status = "CONNECTED", ThroughputLevel = "STANDARD" });

    public Task<CallResult<Acknowledgement>> RegisterAsync(string phoneNumberId, AccessToken token, string pin, CancellationToken cancellationToken) =>
        throw NotPlayed();

    public Task<CallResult<Acknowledgement>> SubscribeAppAsync(string wabaId, AccessToken token, CancellationToken cancellationToken) =>
        throw NotPlayed();

    public Task<CallResult<TokenInfo>> DebugTokenAsync(AccessToken token, CancellationToken cancellationToken) => throw NotPlayed();

    private static NotSupportedException NotPlayed() => new("Nodes of a run send; they ask Meta for little else.");
}
