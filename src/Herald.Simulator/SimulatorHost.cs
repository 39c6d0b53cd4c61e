using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;

namespace Herald.Simulator;

/// <summary>A running simulator. Disposing it stops it and forgets everything.</summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);
    private readonly WebApplication _app;

    private SimulatorHost(WebApplication app, Uri baseAddress)
    {
        _app = app;
        BaseAddress = baseAddress;
        Control = app.Services.GetRequiredService<SimulatorControl>();
    }

    /// <summary>Scheme, address and real port; calls go to <c>{BaseAddress}v23.0/…</c>, administration to <c>{BaseAddress}_simulator/…</c>.</summary>
    public Uri BaseAddress { get; }

    /// <summary>The hands of the puppeteer.</summary>
    public SimulatorControl Control { get; }

    /// <summary>Starts a simulator with the system's clock and without logs.</summary>
    /// <inheritdoc cref="StartAsync(SimulatorOptions, ILoggerFactory?, TimeProvider?, CancellationToken)"/>
    public static Task<SimulatorHost> StartAsync(SimulatorOptions options, CancellationToken cancellation) =>
        StartAsync(options, loggers: null, time: null, cancellation);

    /// <summary>Starts a simulator; when the task is done, it answers.</summary>
    /// <param name="options">The world. Do not change it afterwards.</param>
    /// <param name="loggers">Where logs go; null: nowhere.</param>
    /// <param name="time">The clock of everything but socket time-outs; null: the system's.</param>
    /// <param name="cancellation">Gives the start up.</param>
    /// <exception cref="ArgumentException">An option is out of range, or the address is not loopback.</exception>
    /// <exception cref="InvalidOperationException">The handshake with the callback was asked for and refused.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<SimulatorHost> StartAsync(
        SimulatorOptions options, ILoggerFactory? loggers, TimeProvider? time, CancellationToken cancellation)
    {
        SimulatorOptionsValidator.Validate(options);
        var app = Build(options, loggers ?? NullLoggerFactory.Instance, time ?? TimeProvider.System);
        try
        {
            await app.StartAsync(cancellation);
            var host = new SimulatorHost(app, new Uri(app.Urls.First()));
            if (options.VerifyCallbackAtStart && !await host.Control.VerifyCallbackAsync(cancellation))
            {
                throw new InvalidOperationException("The callback did not answer the handshake with 200 and the challenge.");
            }

            return host;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the process is told to end, or the token is.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static WebApplication Build(SimulatorOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(SimulatorHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().UseUrls(options.Url.GetLeftPart(UriPartial.Authority));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = GraphEndpoint.BodyMax;
        });
        var services = builder.Services;
        services.AddRouting();
        services.Replace(ServiceDescriptor.Singleton(loggers));
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, QuietLifetime>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        services.ConfigureHttpJsonOptions(json => AdminEndpoints.ConfigureJson(json.SerializerOptions));
        AddSimulator(services, options, time);
        var app = builder.Build();
        app.UseRouting();
        Map(app);
        return app;
    }

    private static void AddSimulator(IServiceCollection services, SimulatorOptions options, TimeProvider time)
    {
        services.AddSingleton(options);
        services.AddSingleton(time);
        services.AddSingleton<SimulatedWorld>();
        services.AddSingleton<Scheduler>();
        services.AddSingleton<SendLedger>();
        services.AddSingleton<PhoneBook>();
        services.AddSingleton<PhoneActions>();
        services.AddSingleton<FateTeller>();
        services.AddSingleton<Crowd>();
        services.AddSingleton<MessageService>();
        services.AddSingleton<TemplateService>();
        services.AddSingleton<TemplateCalls>();
        services.AddSingleton<NumberCalls>();
        services.AddSingleton<MediaCalls>();
        services.AddSingleton<SubscriptionCalls>();
        services.AddSingleton<TokenCalls>();
        services.AddSingleton<GraphRouter>();
        services.AddSingleton<GraphEndpoint>();
        services.AddSingleton<FaultInjector>();
        services.AddSingleton(provider => new SimulatorControl(
            provider.GetRequiredService<SimulatedWorld>(),
            provider.GetRequiredService<PhoneBook>(),
            provider.GetRequiredService<PhoneActions>(),
            provider.GetRequiredService<TemplateService>(),
            provider.GetRequiredService<WebhookSender>(),
            provider.GetRequiredService<SendLedger>(),
            provider.GetRequiredService<Scheduler>(),
            provider.GetRequiredService<FaultInjector>(),
            time));
        services.AddSingleton<WebhookSender>();
        services.AddHostedService(provider => provider.GetRequiredService<WebhookSender>());
        services.AddHttpClient(WebhookSender.ClientName).RemoveAllLoggers();
    }

    private static void Map(WebApplication app)
    {
        AdminEndpoints.Map(app, app.Services.GetRequiredService<SimulatorControl>());
        var endpoint = app.Services.GetRequiredService<GraphEndpoint>();
        app.Map("/{version:regex(^v\\d{{1,3}}\\.\\d{{1,2}}$)}/{node}/{edge?}", context =>
        {
            var values = context.Request.RouteValues;
            return endpoint.HandleAsync(context, (string)values["version"]!, (string)values["node"]!, values["edge"] as string);
        });
    }
}
