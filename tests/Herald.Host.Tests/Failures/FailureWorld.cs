using System.Globalization;
using Herald.Api.Tenants;
using Herald.Chaos;
using Herald.Domain.Senders;
using Herald.Host.Start;
using Herald.Host.Tests.Crash;
using Herald.Simulator;
using Herald.Storage.Contacts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Host.Tests.Failures;

/// <summary>
/// One host on SQLite and one simulator, over real HTTP, in which every code happens at once to a business of its own. The tests look at what became of
/// each.
/// </summary>
public sealed class FailureWorld : IAsyncLifetime
{
    private const int FirstUnlisted = 990_000;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly List<FailureCase> _cases = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("herald-failures-");
    private SimulatorHost? _simulator;
    private WebApplication? _app;

    internal SimulatorControl Simulator => (_simulator ?? throw new InvalidOperationException("The world has not begun.")).Control;

    internal FailureCase Find(int code, int? subcode, bool isLate) =>
        _cases.Single(found => found.Code == code && found.Subcode == subcode && found.IsLate == isLate && found.HttpStatus is null);

    internal FailureCase FindUnlisted(int httpStatus) => _cases.Single(found => found.HttpStatus == httpStatus);

    internal T Get<T>()
        where T : notnull => (_app ?? throw new InvalidOperationException("The world has not begun.")).Services.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        _cases.AddRange(Expectations.InAnswers.Select(pair => new FailureCase(pair.Key.Code, pair.Key.Subcode, null, false, pair.Value)));
        _cases.AddRange(Expectations.InStatuses.Select(pair => new FailureCase(pair.Key, null, null, true, pair.Value)));
        _cases.AddRange(Expectations.OfUnlisted.Select(pair => new FailureCase(FirstUnlisted + pair.Key, null, pair.Key, false, pair.Value)));
        var webhooks = HostProcess.FreeAddress();
        var setup = new SimulatorOptions
        {
            Seed = 7,
            CallbackUrl = new Uri(webhooks, "/webhooks/whatsapp"),
            Behaviour = new BehaviourOptions { TimeScale = 0 },
            Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
        };
        var control = setup.AddBusiness("Herald", new NumberSetup("34911000000"));
        for (var i = 0; i < _cases.Count; i++)
        {
            _cases[i].Phone = Phone("346", i);
            _cases[i].OwnerPhone = Phone("347", i);
            _cases[i].Business = setup.AddBusiness($"Shop {i}", new NumberSetup(Phone("348", i)), new NumberSetup(Phone("349", i)));
        }
        _simulator = await SimulatorHost.StartAsync(setup, CancellationToken.None);
        _app = HeraldHost.Build(Configure(setup, webhooks));
        await HeraldHost.PrepareAsync(_app, CancellationToken.None);
        var population = new FailurePopulation(_app.Services, Simulator);
        var controlNumber = control.Numbers[0].PhoneNumberId;
        await population.AddSenderAsync(FirstStart.SystemTenant, control, 0, SenderKind.Control);
        foreach (var failure in _cases)
            await population.AddAsync(failure);
        await _app.StartAsync();
        await OpenWindowsAsync(controlNumber);
        foreach (var failure in _cases)
            await population.LaunchAsync(failure);
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        if (_simulator is not null)
            await _simulator.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Owners who get a notice have written to the control number before; Herald may answer them for a day.</summary>
    private async Task OpenWindowsAsync(string controlNumber)
    {
        var owners = _cases.Where(failure => failure.Expected.Notice is not null).Select(failure => failure.OwnerPhone).ToList();
        foreach (var owner in owners)
            await Simulator.SendTextAsync(owner, controlNumber, "hello", null);
        var contacts = Get<IContactStore>();
        foreach (var owner in owners)
        {
            await CrashWorld.EventuallyAsync("the owner's message has come", Limit, async () =>
                await contacts.FindByPhoneAsync(FirstStart.SystemTenant, [owner], CancellationToken.None) is { } contact
                && await contacts.GetWindowAsync(FirstStart.SystemTenant, contact.ContactId, FailurePopulation.ControlSender, CancellationToken.None) is not null);
        }
    }

    private WebApplicationBuilder Configure(SimulatorOptions setup, Uri webhooks)
    {
        var builder = ServeCommand.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Herald:Database"] = Path.Combine(_folder.FullName, "herald.db"),
            ["Herald:WhatsApp:BaseAddress"] = _simulator!.BaseAddress.ToString(),
            ["Herald:WhatsApp:AppId"] = setup.AppId,
            ["Herald:WhatsApp:AppSecret"] = setup.AppSecret,
            ["Herald:Webhooks:AppSecrets:0"] = setup.AppSecret,
            ["Herald:Webhooks:VerifyToken"] = setup.VerifyToken,
            ["Herald:Delivery:AttemptsMax"] = "2",
            ["Kestrel:Endpoints:Grpc:Url"] = HostProcess.FreeAddress().ToString(),
            ["Kestrel:Endpoints:Webhooks:Url"] = webhooks.ToString(),
            ["Herald:Silo:SiloPort"] = HostProcess.FreeAddress().Port.ToString(CultureInfo.InvariantCulture),
            ["Herald:Silo:GatewayPort"] = HostProcess.FreeAddress().Port.ToString(CultureInfo.InvariantCulture),
            ["Herald:Silo:Address"] = "127.0.0.1",
            ["Logging:LogLevel:Default"] = "None",
        });
        return builder;
    }

    private static string Phone(string prefix, int number) => prefix + number.ToString("d8", CultureInfo.InvariantCulture);
}
