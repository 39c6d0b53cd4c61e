using System.Net;

namespace Herald.Simulator.Tests;

/// <summary>Numbers and their registration.</summary>
public sealed class NumberTests
{
    [Fact]
    public async Task A_number_tells_the_fields_asked_for()
    {
        await using var rig = await StartAsync(new NumberSetup("4930123456") { Level = ThroughputLevel.High, VerifiedName = "Kraut & Rüben" });

        var read = await rig.GetAsync($"v23.0/{rig.Number}?fields=id,display_phone_number,verified_name,throughput,is_pin_enabled,status,username");
        var plain = await rig.GetAsync($"v23.0/{rig.Number}");

        Assert.Equal($$$"""{"id":"{{{rig.Number}}}","display_phone_number":"+4930123456","verified_name":"Kraut & R\u00fcben","throughput":{"level":"HIGH"},"is_pin_enabled":false,"status":"CONNECTED"}""", read.Text);
        Assert.Equal("GREEN", plain.Root.GetProperty("quality_rating").GetString());
    }

    [Fact]
    public async Task A_number_that_is_raised_is_away_until_a_webhook_says_that_it_is_done()
    {
        await using var rig = await Rig.StartAsync();
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, "hello", null);

        rig.Control.RaiseThroughput(rig.Number, TimeSpan.FromSeconds(4));
        var during = await rig.SendTextAsync(Rig.Person, "hi");
        var told = await rig.Receiver.WaitForValueAsync("phone_number_quality_update", _ => true);
        var after = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.Equal(131057, during.Code);
        Assert.Equal(("THROUGHPUT_UPGRADE", "15550783881"), (told.GetProperty("event").GetString(), told.GetProperty("display_phone_number").GetString()));
        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Contains("HIGH", (await rig.GetAsync($"v23.0/{rig.Number}?fields=throughput")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbers_of_an_account_are_listed_in_pages()
    {
        await using var rig = await StartAsync(new NumberSetup("15550000001"), new NumberSetup("15550000002"), new NumberSetup("15550000003"));

        var first = await rig.GetAsync($"v23.0/{rig.Waba}/phone_numbers?fields=display_phone_number&limit=2");
        var second = await rig.GetAsync(first.Root.GetProperty("paging").GetProperty("next").GetString()!);
        var back = await rig.GetAsync(second.Root.GetProperty("paging").GetProperty("previous").GetString()!);

        Assert.Equal(2, first.Root.GetProperty("data").GetArrayLength());
        Assert.Equal("+1 555-000-0003", second.Root.GetProperty("data")[0].GetProperty("display_phone_number").GetString());
        Assert.False(second.Root.GetProperty("paging").TryGetProperty("next", out _));
        Assert.Equal(first.Root.GetProperty("data").GetRawText(), back.Root.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task An_account_tells_the_fields_asked_for()
    {
        await using var rig = await Rig.StartAsync();

        var read = await rig.GetAsync($"v23.0/{rig.Waba}?fields=name,currency,owner_business_info{{id}}");

        Assert.Equal(("Lucky Shrub", "USD"), (read.Root.GetProperty("name").GetString(), read.Root.GetProperty("currency").GetString()));
        Assert.Equal(rig.Business.BusinessId, read.Root.GetProperty("owner_business_info").GetProperty("id").GetString());
    }

    [Fact]
    public async Task The_first_registration_sets_the_pin_and_later_ones_must_match_it()
    {
        await using var rig = await StartAsync(new NumberSetup("15550783881") { Registered = false });

        var before = await rig.SendTextAsync(Rig.Person, "hi");
        var first = await RegisterAsync(rig, "212834");
        var wrong = await RegisterAsync(rig, "212835");
        var right = await RegisterAsync(rig, "212834");
        var after = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.Equal((133010, 2593006), (before.Code, before.Error.GetProperty("error_subcode").GetInt32()));
        Assert.Equal("""{"success":true}""", first.Text);
        Assert.Equal((HttpStatusCode.BadRequest, 133005), (wrong.Status, wrong.Code));
        Assert.Equal("The two-step verification PIN you entered is incorrect.", wrong.Details);
        Assert.Equal(HttpStatusCode.OK, right.Status);
        Assert.Equal(HttpStatusCode.OK, after.Status);
    }

    [Theory]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    public async Task A_pin_has_six_digits(string pin)
    {
        await using var rig = await Rig.StartAsync();

        var answer = await RegisterAsync(rig, pin);

        Assert.Equal((100, "Invalid PIN format. PIN must be exactly 6 digits"), (answer.Code, answer.Message));
    }

    [Fact]
    public async Task A_deregistered_number_sends_nothing()
    {
        await using var rig = await Rig.StartAsync();

        var done = await rig.PostAsync($"v23.0/{rig.Number}/deregister", null);
        var again = await rig.PostAsync($"v23.0/{rig.Number}/deregister", null);
        var send = await rig.SendTextAsync(Rig.Person, "hi");

        Assert.Equal("""{"success":true}""", done.Text);
        Assert.Equal(2207051, again.Error.GetProperty("error_subcode").GetInt32());
        Assert.Equal(133010, send.Code);
    }

    [Fact]
    public async Task The_eleventh_registration_in_72_hours_is_too_many()
    {
        var clock = new TestClock();
        await using var rig = await Rig.StartAsync(url => new SimulatorOptions { CallbackUrl = url }, clock);

        var codes = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < 10; attempt++)
        {
            codes.Add((await RegisterAsync(rig, "212834")).Status);
        }

        var tooMany = await RegisterAsync(rig, "212834");
        clock.Advance(TimeSpan.FromHours(72));
        var later = await RegisterAsync(rig, "212834");

        Assert.All(codes, code => Assert.Equal(HttpStatusCode.OK, code));
        Assert.Equal(133016, tooMany.Code);
        Assert.Equal(HttpStatusCode.OK, later.Status);
    }

    [Fact]
    public void A_phone_belongs_to_one_business()
    {
        var options = new SimulatorOptions();
        options.AddBusiness("One", new NumberSetup("+1 555 078 3881"));

        Assert.Throws<ArgumentException>(() => options.AddBusiness("Two", new NumberSetup("15550783881")));
        Assert.Throws<ArgumentException>(() => options.AddBusiness("Two", new NumberSetup("12ab")));
    }

    private static Task<Rig> StartAsync(params NumberSetup[] numbers) => Rig.StartAsync(url =>
    {
        var options = new SimulatorOptions { CallbackUrl = url };
        options.AddBusiness("Lucky Shrub", numbers);
        return options;
    });

    private static Task<Answer> RegisterAsync(Rig rig, string pin) =>
        rig.PostAsync($"v23.0/{rig.Number}/register", $$"""{"messaging_product":"whatsapp","pin":"{{pin}}"}""");
}
