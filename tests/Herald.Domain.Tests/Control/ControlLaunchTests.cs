using Herald.Domain.Campaigns;
using Herald.Domain.Control;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Domain.Tests.Control;

public sealed class ControlLaunchTests
{
    private readonly ControlHarness _harness = ControlHarness.LinkedAs(OwnerRole.Manager);

    [Fact]
    public void A_launch_shows_what_it_means_and_waits_for_its_code()
    {
        var card = _harness.AddCampaign("Spring sale", CampaignState.Draft, recipients: 5000);
        _harness.Campaigns[0] = card with { EstimatedDuration = TimeSpan.FromSeconds(63), EstimatedCost = "125.00 USD" };

        var reply = Assert.Single(_harness.Type("launch"));

        Assert.Equal(ControlState.ConfirmingLaunch, _harness.Session.State);
        Assert.All(
            ["Spring sale", "5,000", "spring_sale", "+1 555 078 3881", "63 seconds", "125.00 USD", _harness.Session.Code],
            part => Assert.Contains(part, reply.Text, StringComparison.Ordinal));
        Assert.Equal(4, _harness.Session.Code.Length);
        Assert.Empty(_harness.Acts);
    }

    [Fact]
    public void The_code_typed_back_launches_once()
    {
        var card = _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch spring");
        var code = _harness.Session.Code;

        var reply = Assert.Single(_harness.Type(code));

        Assert.Equal([new ControlRequest.LaunchCampaign(ControlHarness.Shop, card.Id, ControlHarness.Start, AcceptsSpread: false)], _harness.Acts);
        Assert.Contains("Spring sale", reply.Text, StringComparison.Ordinal);
        Assert.Contains("1,000", reply.Text, StringComparison.Ordinal);
        Assert.Equal(ControlState.Menu, _harness.Session.State);
        _harness.Type(code);
        Assert.Single(_harness.Acts);
    }

    [Fact]
    public void A_launch_over_the_limit_shows_the_figures_and_its_code_agrees()
    {
        var card = _harness.AddCampaign("Spring sale", CampaignState.Draft, recipients: 5000);
        _harness.Campaigns[0] = card with { DailyLimit = 2000, ReachableNow = 1234, SpreadDays = 4 };

        var asked = Assert.Single(_harness.Type("launch"));
        _harness.Type(_harness.Session.Code);

        Assert.All(["2,000", "1,234", "4 days"], part => Assert.Contains(part, asked.Text, StringComparison.Ordinal));
        Assert.Equal([new ControlRequest.LaunchCampaign(ControlHarness.Shop, card.Id, ControlHarness.Start, AcceptsSpread: true)], _harness.Acts);
    }

    [Fact]
    public void A_launch_that_fits_into_the_limit_says_nothing_of_spreading()
    {
        // Of the 5,000 most were reached today already, or write in a window.
        var card = _harness.AddCampaign("Spring sale", CampaignState.Draft, recipients: 5000);
        _harness.Campaigns[0] = card with { DailyLimit = 2000 };

        var asked = Assert.Single(_harness.Type("launch"));

        Assert.DoesNotContain("2,000", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("spread", asked.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_launch_that_went_over_the_limit_since_it_was_shown_is_asked_about_again()
    {
        var card = _harness.AddCampaign("Spring sale", CampaignState.Draft, recipients: 5000);
        _harness.Type("launch");
        var code = _harness.Session.Code;
        _harness.OverLimit = card with { DailyLimit = 2000, ReachableNow = 1234, SpreadDays = 4 };

        var askedAgain = Assert.Single(_harness.Type(code));
        _harness.Type(_harness.Session.Code);

        Assert.Contains("1,234", askedAgain.Text, StringComparison.Ordinal);
        Assert.Equal([false, true], _harness.Acts.Cast<ControlRequest.LaunchCampaign>().Select(act => act.AcceptsSpread));
        Assert.Equal(ControlState.Menu, _harness.Session.State);
    }

    [Fact]
    public void A_large_launch_needs_a_longer_code()
    {
        _harness.AddCampaign("Everybody", CampaignState.Draft, recipients: ControlLimits.LongCodeRecipientsMin);

        _harness.Type("launch");

        Assert.Equal(6, _harness.Session.Code.Length);
    }

    [Fact]
    public void Three_wrong_codes_end_it()
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch");
        var (code, wrong) = (_harness.Session.Code, Other(_harness.Session.Code));

        Assert.Contains("2", Assert.Single(_harness.Type(wrong)).Text, StringComparison.Ordinal);
        Assert.Contains("1", Assert.Single(_harness.Type(wrong)).Text, StringComparison.Ordinal);
        Assert.Equal(ControlState.ConfirmingLaunch, _harness.Session.State);
        _harness.Type(wrong);

        Assert.Equal(ControlState.Menu, _harness.Session.State);
        _harness.Type(code);
        Assert.Empty(_harness.Acts);
    }

    [Fact]
    public void A_right_code_after_a_wrong_one_launches()
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch");
        var code = _harness.Session.Code;

        _harness.Type(Other(code));
        _harness.Type(code);

        Assert.Single(_harness.Acts);
    }

    [Fact]
    public void A_code_that_is_out_of_date_launches_nothing()
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch");
        _harness.Now += ControlLimits.CodeLifetime;

        var reply = Assert.Single(_harness.Type(_harness.Session.Code));

        Assert.Contains("out of date", reply.Text, StringComparison.Ordinal);
        Assert.Equal(ControlState.Menu, _harness.Session.State);
        Assert.Empty(_harness.Acts);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("cancel")]
    [InlineData("volver")]
    [InlineData("menu")]
    [InlineData("campaigns")]
    [InlineData("help")]
    public void Anything_but_the_code_makes_it_void(string text)
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.AddCampaign("Autumn sale", CampaignState.Completed);
        _harness.Type("launch spring");
        var code = _harness.Session.Code;

        _harness.Type(text);
        _harness.Type(code);

        Assert.Empty(_harness.Acts);
        Assert.NotEqual(ControlState.ConfirmingLaunch, _harness.Session.State);
    }

    [Fact]
    public void A_yes_is_not_enough()
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch");

        _harness.Type("yes");

        Assert.Empty(_harness.Acts);
        Assert.Equal(ControlState.ConfirmingLaunch, _harness.Session.State);
    }

    [Fact]
    public void A_new_launch_makes_the_older_code_void()
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.AddCampaign("Autumn sale", CampaignState.Draft);
        _harness.Type("launch spring");
        var older = _harness.Session.Code;
        _harness.Type("launch autumn");
        Assert.NotEqual(older, _harness.Session.Code);

        _harness.Type(older);

        Assert.Empty(_harness.Acts);
    }

    [Fact]
    public void A_refusal_of_the_host_is_told_and_is_no_launch()
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch");
        _harness.Refusal = new Rejection(RejectionReason.SenderNotReady, "The sender is Restricted.", []);
        _harness.UndoWindow = TimeSpan.FromSeconds(30);

        var reply = Assert.Single(_harness.Type(_harness.Session.Code));

        Assert.Contains("number cannot send", reply.Text, StringComparison.Ordinal);
        Assert.Null(_harness.Session.UndoCampaign);
    }

    [Fact]
    public void A_campaign_without_approved_template_gets_no_code()
    {
        var card = _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Campaigns[0] = card with { TemplateState = TemplateState.Pending };

        var reply = Assert.Single(_harness.Type("launch"));

        Assert.Contains("not approved", reply.Text, StringComparison.Ordinal);
        Assert.Empty(_harness.Session.Code);
    }

    [Fact]
    public void A_campaign_without_audience_gets_no_code()
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft, recipients: 0);

        _harness.Type("launch");

        Assert.Equal(ControlState.Menu, _harness.Session.State);
        Assert.Empty(_harness.Session.Code);
    }

    [Fact]
    public void An_old_button_of_a_campaign_that_runs_already_shows_its_figures()
    {
        var card = _harness.AddCampaign("Spring sale", CampaignState.Running);

        var reply = Assert.Single(_harness.Tap($"c:launch:{card.Id}"));

        Assert.Contains("running", reply.Text, StringComparison.Ordinal);
        Assert.Equal(ControlState.Menu, _harness.Session.State);
    }

    [Fact]
    public void A_viewer_cannot_launch_by_any_way()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Viewer);
        var card = harness.AddCampaign("Spring sale", CampaignState.Draft);

        Assert.Contains("viewer", Assert.Single(harness.Type("launch")).Text, StringComparison.Ordinal);
        Assert.Contains("viewer", Assert.Single(harness.Tap($"c:launch:{card.Id}")).Text, StringComparison.Ordinal);
        Assert.Empty(harness.Session.Code);
    }

    [Fact]
    public void A_role_lowered_while_the_code_is_out_launches_nothing()
    {
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch");
        _harness.Links[0] = _harness.Links[0] with { Role = OwnerRole.Viewer };

        _harness.Type(_harness.Session.Code);

        Assert.Empty(_harness.Acts);
    }

    [Fact]
    public void A_launch_can_be_undone_within_its_window()
    {
        _harness.UndoWindow = TimeSpan.FromSeconds(30);
        var card = _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch");
        var launched = Assert.Single(_harness.Type(_harness.Session.Code));
        Assert.Contains("30 seconds", launched.Text, StringComparison.Ordinal);
        _harness.Type("help");

        _harness.Now += TimeSpan.FromSeconds(29);
        var undone = Assert.Single(_harness.Tap(launched.Buttons[0]));

        Assert.Equal(
            [
                new ControlRequest.LaunchCampaign(ControlHarness.Shop, card.Id, ControlHarness.Start + _harness.UndoWindow, AcceptsSpread: false),
                new ControlRequest.CancelCampaign(ControlHarness.Shop, card.Id, IsUndo: true),
            ],
            _harness.Acts);
        Assert.Contains("Spring sale", undone.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void After_the_window_a_launch_cannot_be_undone()
    {
        _harness.UndoWindow = TimeSpan.FromSeconds(30);
        _harness.AddCampaign("Spring sale", CampaignState.Draft);
        _harness.Type("launch");
        _harness.Type(_harness.Session.Code);

        _harness.Now += TimeSpan.FromSeconds(30);
        _harness.Type("undo");

        Assert.Single(_harness.Acts);
    }

    private static string Other(string code) => (code[0] == '0' ? '1' : '0') + code[1..];
}
