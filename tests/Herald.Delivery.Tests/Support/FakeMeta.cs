using System.Collections.Concurrent;
using System.Globalization;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;
using Herald.WhatsApp.Templates;

namespace Herald.Delivery.Tests.Support;

/// <summary>Takes what is sent and answers as it is told; knows nothing else of Meta.</summary>
internal sealed class FakeMeta : IWhatsAppClient
{
    private readonly ConcurrentQueue<OutgoingMessage> _sent = new();
    private int _count;

    /// <summary>Answers a message, with its number from 1; may hold it. Accepts everything unless set.</summary>
    public Func<OutgoingMessage, int, Task<SendResult>>? Answer { get; set; }

    /// <summary>Answers the question for an account; its portfolio is "portfolio-of-" and its id unless this is set.</summary>
    public Func<string, CallResult<BusinessAccountInfo>>? Account { get; set; }

    /// <summary>Answers the question for an account's numbers; it has none unless this is set.</summary>
    public Func<string, CallResult<Page<PhoneNumberInfo>>>? Numbers { get; set; }

    /// <summary>What Meta says of a number when it is asked.</summary>
    public string NumberStatus { get; set; } = "CONNECTED";

    /// <summary>Every request that was made, whatever became of it.</summary>
    public IReadOnlyCollection<OutgoingMessage> Sent => _sent;

    public static SendResult Refused(int code) => new SendResult.Refused(new MetaFailure
    {
        Code = code,
        HttpStatus = 400,
        Error = MetaErrors.ForAnswer(code, null, 400, isTransient: false),
    });

    public static SendResult Accepted(int number) =>
        new SendResult.Accepted("wamid." + number.ToString(CultureInfo.InvariantCulture), "accepted", null, null);

    public Task<SendResult> SendAsync(string phoneNumberId, AccessToken token, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.MayLeave?.Invoke() == false)
            return Task.FromResult<SendResult>(new SendResult.NotSent(NotSentKind.Withheld));
        _sent.Enqueue(message);
        var number = Interlocked.Increment(ref _count);
        return Answer?.Invoke(message, number) ?? Task.FromResult(Accepted(number));
    }

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
        Task.FromResult(Account?.Invoke(wabaId)
            ?? new CallResult<BusinessAccountInfo>(new BusinessAccountInfo(wabaId) { PortfolioId = "portfolio-of-" + wabaId }));

    public Task<CallResult<Page<PhoneNumberInfo>>> ListPhoneNumbersAsync(
        string wabaId, AccessToken token, string? after, CancellationToken cancellationToken) =>
        Task.FromResult(Numbers?.Invoke(wabaId) ?? new CallResult<Page<PhoneNumberInfo>>(new Page<PhoneNumberInfo>([], null)));

    public Task<CallResult<PhoneNumberInfo>> GetPhoneNumberAsync(string phoneNumberId, AccessToken token, CancellationToken cancellationToken) =>
        Task.FromResult(new CallResult<PhoneNumberInfo>(new PhoneNumberInfo(phoneNumberId) { Status = NumberStatus }));

    public Task<CallResult<Acknowledgement>> RegisterAsync(string phoneNumberId, AccessToken token, string pin, CancellationToken cancellationToken) =>
        throw NotPlayed();

    public Task<CallResult<Acknowledgement>> SubscribeAppAsync(string wabaId, AccessToken token, CancellationToken cancellationToken) =>
        throw NotPlayed();

    public Task<CallResult<TokenInfo>> DebugTokenAsync(AccessToken token, CancellationToken cancellationToken) => throw NotPlayed();

    private static NotSupportedException NotPlayed() => new("Delivery sends and asks for numbers; it asks Meta for nothing else.");
}
