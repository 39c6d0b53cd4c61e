using System.Globalization;
using Herald.Api.Tenants;
using Herald.Chaos;
using Herald.Host.Tests.Support;
using Herald.Simulator;
using Herald.Storage.Contacts;
using Herald.Storage.Templates;

namespace Herald.Host.Tests.Failures;

/// <summary>
/// One host on SQLite and one simulator, over real HTTP, in which every code happens at once to a business of its own. The tests look at what became of
/// each.
/// </summary>
public sealed class FailureWorld : IAsyncLifetime
{
    private const int FirstUnlisted = 990_000;
    private readonly List<FailureCase> _cases = [];
    private WholeHost? _host;

    internal SimulatorControl Simulator => Host.Simulator;

    private WholeHost Host => _host ?? throw new InvalidOperationException("The world has not begun.");

    internal FailureCase Find(int code, int? subcode, bool isLate) =>
        _cases.Single(found => found.Code == code && found.Subcode == subcode && found.IsLate == isLate && found.HttpStatus is null);

    internal FailureCase FindUnlisted(int httpStatus) => _cases.Single(found => found.HttpStatus == httpStatus);

    internal T Get<T>()
        where T : notnull => Host.Get<T>();

    public async Task InitializeAsync()
    {
        _cases.AddRange(Expectations.InAnswers.Select(pair => new FailureCase(pair.Key.Code, pair.Key.Subcode, null, false, pair.Value)));
        _cases.AddRange(Expectations.InStatuses.Select(pair => new FailureCase(pair.Key, null, null, true, pair.Value)));
        _cases.AddRange(Expectations.OfUnlisted.Select(pair => new FailureCase(FirstUnlisted + pair.Key, null, pair.Key, false, pair.Value)));
        SimulatedBusiness? control = null;
        _host = await WholeHost.CreateAsync(
            callback =>
            {
                var setup = new SimulatorOptions
                {
                    Seed = 7,
                    CallbackUrl = callback,
                    Behaviour = new BehaviourOptions { TimeScale = 0 },
                    Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
                    // What it tells before the host listens comes soon after it does.
                    Webhooks = new WebhookOptions { RetryDelayMax = TimeSpan.FromSeconds(1) },
                };
                control = setup.AddBusiness("Herald", new NumberSetup("34911000000"));
                for (var i = 0; i < _cases.Count; i++)
                {
                    _cases[i].Phone = Phone("346", i);
                    _cases[i].OwnerPhone = Phone("347", i);
                    _cases[i].Business = setup.AddBusiness($"Shop {i}", new NumberSetup(Phone("348", i)), new NumberSetup(Phone("349", i)));
                }
                return setup;
            },
            new Dictionary<string, string?>
            {
                ["Herald:Delivery:AttemptsMax"] = "2",
                ["Herald:Silo:SiloPort"] = HostProcess.FreeAddress().Port.ToString(CultureInfo.InvariantCulture),
                ["Herald:Silo:GatewayPort"] = HostProcess.FreeAddress().Port.ToString(CultureInfo.InvariantCulture),
                ["Herald:Silo:Address"] = "127.0.0.1",
            });
        var population = new FailurePopulation(_host.Services, Simulator);
        var controlNumber = control!.Numbers[0].PhoneNumberId;
        await population.AddControlSenderAsync(FirstStart.SystemTenant, control);
        foreach (var failure in _cases)
            await population.AddAsync(failure);
        await _host.StartAsync();
        await OpenWindowsAsync(controlNumber);
        await HearOfTemplatesAsync();
        foreach (var failure in _cases)
            await population.LaunchAsync(failure);
    }

    public async Task DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
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
            await Eventually.HoldsAsync("the owner's message has come", async () =>
                await contacts.FindByPhoneAsync(FirstStart.SystemTenant, [owner], CancellationToken.None) is { } contact
                && await contacts.GetWindowAsync(FirstStart.SystemTenant, contact.ContactId, FailurePopulation.ControlSender, CancellationToken.None) is not null);
        }
    }

    /// <summary>WhatsApp's word that a template is approved is a reason to go on with what waits for it, so it comes before anything is refused.</summary>
    private async Task HearOfTemplatesAsync()
    {
        var templates = Get<ITemplateStore>();
        foreach (var failure in _cases.Where(failure => failure.IsLate))
        {
            await Eventually.HoldsAsync("WhatsApp has told of the template", async () =>
                await templates.GetAsync(failure.Tenant, failure.Template, CancellationToken.None) is { } row && row.UpdateTime > row.CreateTime);
        }
    }

    private static string Phone(string prefix, int number) => prefix + number.ToString("d8", CultureInfo.InvariantCulture);
}
