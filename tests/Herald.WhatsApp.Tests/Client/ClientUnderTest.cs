using System.Collections.Concurrent;
using Herald.Testing;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Herald.WhatsApp.Tests.Client;

/// <summary>The real client as the host registers it, on a manual clock, with everything that any component logs collected at every level.</summary>
internal sealed class ClientUnderTest : IDisposable, ILoggerProvider
{
    public const string PhoneNumberId = "300100200300";
    public const string TokenValue = "EAAsecretTOKENvalue";
    public const string Phone = "34600111222";
    public const string Text = "VERY-PRIVATE-WORDS";

    private readonly ServiceProvider _services;
    private readonly ConcurrentQueue<string> _log = new();

    public ClientUnderTest(Uri address, Action<WhatsAppOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(this));
        services.AddWhatsApp(options =>
        {
            options.BaseAddress = address;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Client = _services.GetRequiredService<IWhatsAppClient>();
    }

    public static AccessToken Token { get; } = new(TokenValue);

    public static OutgoingMessage Message { get; } = new(Recipient.OfPhone(Phone), new TextContent(Text)) { CallbackData = "herald:0199" };

    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(20);

    public ManualTimeProvider Clock { get; } = new();

    public IWhatsAppClient Client { get; }

    public IReadOnlyList<string> Log => [.. _log];

    public Task<SendResult> SendAsync(CancellationToken cancellationToken = default) =>
        Client.SendAsync(PhoneNumberId, Token, Message, cancellationToken).WaitAsync(Limit, CancellationToken.None);

    public void AssertNothingLeaked()
    {
        foreach (var line in Log)
        {
            Assert.DoesNotContain(TokenValue, line, StringComparison.Ordinal);
            Assert.DoesNotContain(Phone, line, StringComparison.Ordinal);
            Assert.DoesNotContain(Text, line, StringComparison.Ordinal);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Collector(_log, categoryName);

    public void Dispose() => _services.Dispose();

    private sealed class Collector(ConcurrentQueue<string> log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            log.Enqueue($"{category} scope {state}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{logLevel} {category} {eventId.Id} {formatter(state, exception)} {exception}");
    }
}
