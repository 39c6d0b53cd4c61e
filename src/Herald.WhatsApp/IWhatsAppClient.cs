using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Messages;
using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp;

/// <summary>
/// Meta's Cloud API. Each call makes exactly one request: nothing is repeated here, since only the caller knows what a repetition would cost. No
/// call throws for what Meta or the network does; an argument that is not an id throws <see cref="ArgumentException"/>, and a
/// management call whose token is cancelled throws <see cref="OperationCanceledException"/>. Safe for concurrent use.
/// </summary>
public interface IWhatsAppClient
{
    /// <summary>
    /// Sends one message. The content is not checked (see <see cref="MessageContentValidator"/>). Never throws for a cancelled token: once bytes
    /// were written the result is <see cref="SendResult.Unknown"/>, before it <see cref="SendResult.NotSent"/>.
    /// </summary>
    /// <param name="phoneNumberId">Meta's id of the sending number.</param>
    /// <param name="token">A token with the messaging permission.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up waiting; it does not call a message back.</param>
    /// <returns>What became of the attempt.</returns>
    Task<SendResult> SendAsync(string phoneNumberId, AccessToken token, OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Marks an inbound message, and those before it, as read.</summary>
    /// <param name="phoneNumberId">Meta's id of the number that got it.</param>
    /// <param name="token">A token with the messaging permission.</param>
    /// <param name="wamid">Id of the inbound message.</param>
    /// <param name="showTyping">Whether the person sees that an answer is being written, for at most 25 s.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Success, or why not.</returns>
    Task<CallResult<Acknowledgement>> MarkReadAsync(
        string phoneNumberId, AccessToken token, string wamid, bool showTyping, CancellationToken cancellationToken);

    /// <summary>Submits a template to review. Meta refuses a second template of the same name and language, so an unknown outcome may be tried again.</summary>
    /// <param name="wabaId">Id of the WhatsApp Business Account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="template">The template; not checked (see <see cref="TemplateRules"/>).</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Meta's id and first status, or why not.</returns>
    Task<CallResult<TemplateCreated>> CreateTemplateAsync(
        string wabaId, AccessToken token, TemplateDefinition template, CancellationToken cancellationToken);

    /// <summary>Lists one page of an account's templates, in Meta's order.</summary>
    /// <param name="wabaId">Id of the WhatsApp Business Account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="query">Which templates.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page, or why not.</returns>
    Task<CallResult<Page<TemplateInfo>>> ListTemplatesAsync(
        string wabaId, AccessToken token, TemplateQuery query, CancellationToken cancellationToken);

    /// <summary>Reads one template.</summary>
    /// <param name="templateId">Meta's id of the template.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The template; a template that is gone is refused with code 100.</returns>
    Task<CallResult<TemplateInfo>> GetTemplateAsync(string templateId, AccessToken token, CancellationToken cancellationToken);

    /// <summary>Deletes a template: one language of it, or all.</summary>
    /// <param name="wabaId">Id of the WhatsApp Business Account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="name">The template's name.</param>
    /// <param name="templateId">Meta's id of the one language to delete; null deletes every language of that name.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Success, or why not.</returns>
    Task<CallResult<Acknowledgement>> DeleteTemplateAsync(
        string wabaId, AccessToken token, string name, string? templateId, CancellationToken cancellationToken);

    /// <summary>Reads a business account.</summary>
    /// <param name="wabaId">Id of the WhatsApp Business Account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The account, or why not.</returns>
    Task<CallResult<BusinessAccountInfo>> GetBusinessAccountAsync(string wabaId, AccessToken token, CancellationToken cancellationToken);

    /// <summary>Lists one page of an account's phone numbers.</summary>
    /// <param name="wabaId">Id of the WhatsApp Business Account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="after">Cursor from <see cref="Page{T}.After"/>; null for the first page.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The page, or why not.</returns>
    Task<CallResult<Page<PhoneNumberInfo>>> ListPhoneNumbersAsync(
        string wabaId, AccessToken token, string? after, CancellationToken cancellationToken);

    /// <summary>Reads one phone number.</summary>
    /// <param name="phoneNumberId">Meta's id of the number.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The number, or why not.</returns>
    Task<CallResult<PhoneNumberInfo>> GetPhoneNumberAsync(string phoneNumberId, AccessToken token, CancellationToken cancellationToken);

    /// <summary>Registers a number for the Cloud API. Meta allows ten such calls in 72 hours.</summary>
    /// <param name="phoneNumberId">Meta's id of the number.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="pin">The two-step PIN, six digits; it is set by the first call and must be the same afterwards.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Success, or why not.</returns>
    Task<CallResult<Acknowledgement>> RegisterAsync(string phoneNumberId, AccessToken token, string pin, CancellationToken cancellationToken);

    /// <summary>Subscribes the token's app to the account's webhooks; without it none arrive. May be repeated.</summary>
    /// <param name="wabaId">Id of the WhatsApp Business Account.</param>
    /// <param name="token">A token with the management permission.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Success, or why not.</returns>
    Task<CallResult<Acknowledgement>> SubscribeAppAsync(string wabaId, AccessToken token, CancellationToken cancellationToken);

    /// <summary>Asks what a token may do. Needs <see cref="WhatsAppOptions.AppId"/> and <see cref="WhatsAppOptions.AppSecret"/>.</summary>
    /// <param name="token">The token to ask about.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What Meta says; a token that is not valid is an answer, not a failure.</returns>
    /// <exception cref="InvalidOperationException">App id or app secret are not configured.</exception>
    Task<CallResult<TokenInfo>> DebugTokenAsync(AccessToken token, CancellationToken cancellationToken);
}
