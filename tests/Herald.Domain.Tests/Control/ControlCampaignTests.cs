using Herald.Domain.Campaigns;
using Herald.Domain.Control;
using Herald.Domain.Tenants;

namespace Herald.Domain.Tests.Control;

public sealed class ControlCampaignTests
{
    private readonly ControlHarness _harness = ControlHarness.LinkedAs(OwnerRole.Owner);

    [Fact]
    public void A_long_list_has_pages()
    {
        for (var i = 1; i <= 20; i++)
            _harness.AddCampaign($"Campaign {i}", CampaignState.Draft);

        var first = Assert.Single(_harness.Type("campaigns"));
        var second = Assert.Single(_harness.Tap(first.Rows[^1]));
        var third = Assert.Single(_harness.Type("more"));

        Assert.Equal([10, 10, 2], [first.Rows.Count, second.Rows.Count, third.Rows.Count]);
        Assert.Equal("Campaign 10", second.Rows[0].Title);
        Assert.Equal("Campaign 20", third.Rows[^1].Title);
        Assert.Equal(ControlState.ChoosingCampaign, _harness.Session.State);
    }

    [Fact]
    public void After_the_last_page_there_is_no_more()
    {
        _harness.AddCampaign("One", CampaignState.Draft);
        _harness.AddCampaign("Two", CampaignState.Draft);
        _harness.Type("campaigns");

        var reply = Assert.Single(_harness.Type("more"));

        Assert.Contains("HELP", reply.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("two")]
    [InlineData("status two")]
    [InlineData("status 2")]
    [InlineData("estado TWO")]
    public void A_campaign_is_chosen_by_number_or_name(string text)
    {
        _harness.AddCampaign("Plan one", CampaignState.Draft);
        _harness.AddCampaign("Plan two", CampaignState.Running);
        _harness.Type("campaigns");

        var reply = Assert.Single(_harness.Type(text));

        Assert.Contains("Plan two", reply.Text, StringComparison.Ordinal);
        Assert.Contains("running", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_a_row_counts_for_what_the_list_is_shown_for()
    {
        _harness.AddCampaign("Plan one", CampaignState.Running);
        var second = _harness.AddCampaign("Plan two", CampaignState.Running);
        _harness.Type("pause");

        _harness.Type("2");

        Assert.Equal([new ControlRequest.PauseCampaign(ControlHarness.Shop, second.Id)], _harness.Acts);
    }

    [Fact]
    public void The_only_running_campaign_is_paused_without_a_question()
    {
        var card = _harness.AddCampaign("Spring", CampaignState.Running);
        _harness.AddCampaign("Autumn", CampaignState.Draft);

        var reply = Assert.Single(_harness.Type("pausar"));

        Assert.Equal([new ControlRequest.PauseCampaign(ControlHarness.Shop, card.Id)], _harness.Acts);
        Assert.Contains("Spring", reply.Text, StringComparison.Ordinal);
        Assert.Equal($"c:resume:{card.Id}", reply.Buttons[0].Id);
    }

    [Fact]
    public void A_paused_campaign_is_resumed_by_its_button()
    {
        var card = _harness.AddCampaign("Spring", CampaignState.Paused);

        _harness.Tap($"c:resume:{card.Id}");

        Assert.Equal([new ControlRequest.ResumeCampaign(ControlHarness.Shop, card.Id)], _harness.Acts);
    }

    [Theory]
    [InlineData("launch", "can be launched")]
    [InlineData("pause", "running")]
    [InlineData("resume", "paused")]
    [InlineData("cancel", "can be cancelled")]
    [InlineData("status", "no campaigns")]
    [InlineData("campaigns", "no campaigns")]
    [InlineData("status xyz", "\"xyz\"")]
    public void Where_there_is_none_it_says_so(string text, string part)
    {
        Assert.Contains(part, Assert.Single(_harness.Type(text)).Text, StringComparison.Ordinal);
        Assert.Equal(ControlState.Menu, _harness.Session.State);
    }

    [Fact]
    public void A_campaign_of_another_business_or_gone_is_not_found()
    {
        var reply = Assert.Single(_harness.Tap("c:status:0197c8d2-0000-7000-8000-00000000dead"));

        Assert.Contains("no longer there", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figures_are_shown_with_what_can_be_done_next()
    {
        _harness.AddCampaign("Spring", CampaignState.Paused);
        _harness.Campaigns[0] = _harness.Campaigns[0] with { PauseCause = PauseCause.QualityGuard, Sent = 1234, Read = 99, OptedOut = 7 };

        var reply = Assert.Single(_harness.Type("status"));

        Assert.All(["1,234", "99", "7", "the quality guard"], part => Assert.Contains(part, reply.Text, StringComparison.Ordinal));
        Assert.Equal(["Resume", "Cancel campaign", "Menu"], reply.Buttons.Select(button => button.Title));
    }

    [Fact]
    public void Cancelling_needs_its_code()
    {
        var card = _harness.AddCampaign("Spring", CampaignState.Running);
        _harness.Type("cancel spring");
        Assert.Equal(ControlState.ConfirmingCancel, _harness.Session.State);
        Assert.Empty(_harness.Acts);

        _harness.Type(_harness.Session.Code);

        Assert.Equal([new ControlRequest.CancelCampaign(ControlHarness.Shop, card.Id, IsUndo: false)], _harness.Acts);
    }

    [Theory]
    [InlineData(OwnerRole.Manager)]
    [InlineData(OwnerRole.Viewer)]
    public void Only_an_owner_cancels(OwnerRole role)
    {
        var harness = ControlHarness.LinkedAs(role);
        harness.AddCampaign("Spring", CampaignState.Running);

        harness.Type("cancel");

        Assert.Empty(harness.Session.Code);
        Assert.Equal(ControlState.Menu, harness.Session.State);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("opt out +16505551234")]
    public void A_viewer_changes_nothing(string text)
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Viewer);
        harness.AddCampaign("Spring", CampaignState.Running);
        harness.AddCampaign("Autumn", CampaignState.Paused);

        harness.Type(text);

        Assert.Empty(harness.Acts);
        Assert.Equal(ControlState.Menu, harness.Session.State);
    }

    [Fact]
    public void A_list_left_alone_for_long_is_forgotten()
    {
        _harness.AddCampaign("Plan one", CampaignState.Running);
        _harness.AddCampaign("Plan two", CampaignState.Running);
        _harness.Type("pause");
        _harness.Now += ControlLimits.IdleMax + TimeSpan.FromSeconds(1);

        _harness.Type("2");

        Assert.Empty(_harness.Acts);
        Assert.Equal(ControlState.Menu, _harness.Session.State);
    }
}
