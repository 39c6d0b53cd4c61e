using Herald.Domain.Control;
using Herald.Domain.Tenants;

namespace Herald.Domain.Tests.Control;

public sealed class ControlLinkTests
{
    [Fact]
    public void A_phone_without_link_is_told_how_to_link_itself()
    {
        var harness = new ControlHarness();

        var reply = Assert.Single(harness.Type("hello"));

        Assert.Contains("LINK", reply.Text, StringComparison.Ordinal);
        Assert.Equal(ControlState.Unlinked, harness.Session.State);
        Assert.Empty(harness.Acts);
    }

    [Theory]
    [InlineData("LINK 123456")]
    [InlineData("link 123 456")]
    [InlineData("Link: 123-456")]
    [InlineData("LINK123456")]
    [InlineData("vincular 123456")]
    [InlineData("LINK １２３４５６")]
    [InlineData("LINK ١٢٣٤٥٦")]
    [InlineData("123456")]
    public void A_right_code_links_the_phone_and_shows_the_menu(string text)
    {
        var harness = new ControlHarness();
        harness.LinkCodes["123456"] = ControlHarness.Link(ControlHarness.Shop, OwnerRole.Manager);

        var replies = harness.Type(text);

        Assert.Equal(2, replies.Count);
        Assert.Contains("Lucky Shrub", replies[0].Text, StringComparison.Ordinal);
        Assert.Contains("manager", replies[0].Text, StringComparison.Ordinal);
        Assert.NotEmpty(replies[1].Rows);
        Assert.Equal(ControlState.Menu, harness.Session.State);
        Assert.Equal(ControlHarness.Shop.Value, harness.Session.Tenant);
    }

    [Theory]
    [InlineData("LINK")]
    [InlineData("LINK 12345")]
    [InlineData("LINK 1234567")]
    [InlineData("LINK abcdef")]
    public void What_cannot_be_a_code_is_not_looked_up(string text)
    {
        var harness = new ControlHarness();

        harness.Type(text);

        Assert.Empty(harness.Acts);
        Assert.Equal(0, harness.Session.LinkFailures);
    }

    [Fact]
    public void Guessing_codes_blocks_the_phone_for_an_hour()
    {
        var harness = new ControlHarness();
        for (var i = 0; i < ControlLimits.LinkTriesMax; i++)
            harness.Type($"LINK 00000{i}");
        harness.LinkCodes["123456"] = ControlHarness.Link(ControlHarness.Shop, OwnerRole.Owner);
        harness.Acts.Clear();

        var reply = Assert.Single(harness.Type("LINK 123456"));

        Assert.Contains("60", reply.Text, StringComparison.Ordinal);
        Assert.Empty(harness.Acts);

        harness.Now += ControlLimits.LinkBlock;
        harness.Type("LINK 123456");
        Assert.Equal(ControlState.Menu, harness.Session.State);
    }

    [Fact]
    public void A_linked_phone_that_guesses_codes_is_blocked_too()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        for (var i = 0; i < ControlLimits.LinkTriesMax; i++)
            harness.Type($"LINK 00000{i}");
        harness.Acts.Clear();

        harness.Type("LINK 999999");

        Assert.Empty(harness.Acts);
    }

    [Fact]
    public void Unlinking_is_asked_for_once_more()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Viewer);

        var question = Assert.Single(harness.Type("log out"));
        Assert.Equal(ControlState.ConfirmingUnlink, harness.Session.State);
        Assert.Equal(2, question.Buttons.Count);
        harness.Type("yes");

        Assert.Equal([new ControlRequest.UnlinkOwner(ControlHarness.Shop)], harness.Acts);
        Assert.Equal(ControlState.Unlinked, harness.Session.State);
    }

    [Fact]
    public void A_no_keeps_the_link()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);

        harness.Type("unlink");
        harness.Type("no");

        Assert.Empty(harness.Acts);
        Assert.Equal(ControlState.Menu, harness.Session.State);
    }

    [Fact]
    public void A_link_taken_away_from_outside_ends_the_conversation()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.AddCampaign("Spring", Domain.Campaigns.CampaignState.Draft);
        harness.Type("launch");
        harness.Links.Clear();

        var reply = Assert.Single(harness.Type(harness.Session.Code));

        Assert.Contains("LINK", reply.Text, StringComparison.Ordinal);
        Assert.Equal(ControlState.Unlinked, harness.Session.State);
        Assert.Empty(harness.Acts);
        Assert.Empty(harness.Session.Code);
    }

    [Fact]
    public void An_owner_of_two_businesses_chooses_one_first()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.Links.Add(ControlHarness.Link(ControlHarness.Cafe, OwnerRole.Viewer));

        var question = Assert.Single(harness.Type("launch"));

        Assert.Equal(ControlState.ChoosingTenant, harness.Session.State);
        Assert.Equal(["Lucky Shrub", "Café Sol"], question.Rows.Select(row => row.Title));
        harness.Tap(question.Rows[1]);
        Assert.Equal(ControlHarness.Cafe.Value, harness.Session.Tenant);
        Assert.Equal(ControlState.Menu, harness.Session.State);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("sol")]
    public void A_business_can_be_chosen_by_typing(string text)
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.Links.Add(ControlHarness.Link(ControlHarness.Cafe, OwnerRole.Viewer));
        harness.Type("hi");

        harness.Type(text);

        Assert.Equal(ControlHarness.Cafe.Value, harness.Session.Tenant);
    }

    [Fact]
    public void The_business_can_be_switched_at_any_time()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.Links.Add(ControlHarness.Link(ControlHarness.Cafe, OwnerRole.Viewer));
        harness.Type("hi");
        harness.Type("1");

        harness.Type("switch");
        Assert.Equal(ControlState.ChoosingTenant, harness.Session.State);
        harness.Type("help");
        Assert.Equal((ControlState.Menu, ControlHarness.Shop.Value), (harness.Session.State, harness.Session.Tenant));
        harness.Type("switch sol");

        Assert.Equal((ControlState.Menu, ControlHarness.Cafe.Value), (harness.Session.State, harness.Session.Tenant));
    }

    [Fact]
    public void Linking_a_second_business_goes_to_it()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.LinkCodes["777777"] = ControlHarness.Link(ControlHarness.Cafe, OwnerRole.Manager);
        harness.Type("menu");

        harness.Type("LINK 777777");

        Assert.Equal(ControlHarness.Cafe.Value, harness.Session.Tenant);
    }

    [Fact]
    public void After_unlinking_one_of_two_the_other_is_left()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.Links.Add(ControlHarness.Link(ControlHarness.Cafe, OwnerRole.Viewer));
        harness.Type("hi");
        harness.Type("1");

        harness.Type("unlink");
        harness.Tap("c:yes");

        Assert.Equal((ControlState.Menu, ControlHarness.Cafe.Value), (harness.Session.State, harness.Session.Tenant));
    }
}
