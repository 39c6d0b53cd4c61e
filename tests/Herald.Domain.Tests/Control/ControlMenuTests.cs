using Herald.Domain.Contacts;
using Herald.Domain.Control;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Domain.Tests.Control;

public sealed class ControlMenuTests
{
    [Theory]
    [InlineData(OwnerRole.Owner, "campaigns launch pause resume cancel templates optouts language help")]
    [InlineData(OwnerRole.Manager, "campaigns launch pause resume templates optouts language help")]
    [InlineData(OwnerRole.Viewer, "campaigns templates optouts language help")]
    public void The_menu_shows_what_the_role_may_do(OwnerRole role, string verbs)
    {
        var reply = Assert.Single(ControlHarness.LinkedAs(role).Type("menu"));

        Assert.Equal(verbs.Split(' ').Select(verb => "c:" + verb), reply.Rows.Select(row => row.Id));
    }

    [Fact]
    public void The_menu_of_an_owner_of_two_businesses_fits_into_a_list()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.Links.Add(ControlHarness.Link(ControlHarness.Cafe, OwnerRole.Owner));
        harness.Type("hi");

        var reply = Assert.Single(harness.Type("1"));

        Assert.Equal(ControlLimits.RowsMax, reply.Rows.Count);
    }

    [Theory]
    [InlineData("menu", "es")]
    [InlineData("MENÚ", "es")]
    [InlineData("Hola!", "pt")]
    [InlineData("oi", "en")]
    public void Words_of_every_language_count_in_every_language(string text, string language)
    {
        Assert.NotEmpty(Assert.Single(ControlHarness.LinkedAs(OwnerRole.Viewer, language).Type(text)).Rows);
    }

    [Theory]
    [InlineData("STOP")]
    [InlineData("stop launch")]
    [InlineData("what is this?")]
    [InlineData("👍")]
    [InlineData("")]
    [InlineData("no refunds")]
    public void What_is_no_command_does_nothing_but_point_to_help(string text)
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);

        Assert.Contains("HELP", Assert.Single(harness.Type(text)).Text, StringComparison.Ordinal);
        Assert.Empty(harness.Acts);
        Assert.Equal(ControlState.Menu, harness.Session.State);
    }

    [Theory]
    [InlineData("language es", "español")]
    [InlineData("idioma português", "português")]
    [InlineData("lang English", "English")]
    public void The_language_is_changed_by_one_command(string text, string part)
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Viewer);

        var reply = Assert.Single(harness.Type(text));

        Assert.Contains(part, reply.Text, StringComparison.Ordinal);
        Assert.IsType<ControlRequest.SetLanguage>(Assert.Single(harness.Acts));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("español")]
    public void The_language_is_changed_by_choice(string text)
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Viewer);
        var question = Assert.Single(harness.Type("language"));
        Assert.Equal(ControlConversation.Languages.Select(language => "c:language:" + language), question.Buttons.Select(button => button.Id));

        harness.Type(text);

        Assert.Equal([new ControlRequest.SetLanguage(ControlHarness.Shop, "es")], harness.Acts);
        Assert.Equal(ControlState.Menu, harness.Session.State);
    }

    [Fact]
    public void The_language_is_changed_by_its_button()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Viewer);
        var question = Assert.Single(harness.Type("language"));

        harness.Tap(question.Buttons[2]);

        Assert.Equal([new ControlRequest.SetLanguage(ControlHarness.Shop, "pt")], harness.Acts);
    }

    [Fact]
    public void Templates_are_listed_with_their_state()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Viewer);
        harness.Templates.Add(new TemplateCard("spring_sale", "en_US", TemplateCategory.Marketing, TemplateState.Approved));
        harness.Templates.Add(new TemplateCard("order_update", "es", TemplateCategory.Utility, TemplateState.Pending));

        var reply = Assert.Single(harness.Type("templates"));

        Assert.Contains("spring_sale (en_US): approved", reply.Text, StringComparison.Ordinal);
        Assert.Contains("order_update (es): in review", reply.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Opt_outs_are_counted()
    {
        Assert.Contains("3,000", Assert.Single(ControlHarness.LinkedAs(OwnerRole.Viewer).Type("opt-outs")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_grouped_as_the_language_does()
    {
        Assert.Contains("3.000", Assert.Single(ControlHarness.LinkedAs(OwnerRole.Viewer, "pt").Type("descadastros")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_person_is_opted_out_by_phone_after_a_yes()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Manager);
        var question = Assert.Single(harness.Type("opt out +1 (650) 555-1234"));
        Assert.Contains("+16505551234", question.Text, StringComparison.Ordinal);
        Assert.Empty(harness.Acts);

        harness.Tap(question.Buttons[0]);

        var act = Assert.IsType<ControlRequest.OptOutPhone>(Assert.Single(harness.Acts));
        Assert.Equal("16505551234", act.Phone.Digits);
        Assert.Empty(harness.Session.OptOutPhone);
    }

    [Theory]
    [InlineData("opt out")]
    [InlineData("opt out 6505551234")]
    [InlineData("opt out everybody")]
    public void Without_a_whole_phone_number_nobody_is_opted_out(string text)
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);

        harness.Type(text);
        harness.Type("yes");

        Assert.Empty(harness.Acts);
    }

    [Fact]
    public void A_suggestion_is_carried_out_by_its_button_and_a_yes()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        var contact = ContactId.Parse("0197c8d2-0000-7000-8000-00000000c0de");
        var notice = ControlNotices.NearMiss("en", contact, "Pablo", "Lucky Shrub");

        harness.Tap(Assert.Single(notice.Buttons));
        harness.Type("yes");

        Assert.Equal([new ControlRequest.OptOutContact(ControlHarness.Shop, contact)], harness.Acts);
    }

    [Fact]
    public void An_answer_of_the_wrong_kind_is_an_error_of_the_host()
    {
        var facts = new ControlFacts([ControlHarness.Link(ControlHarness.Shop, OwnerRole.Owner)], ControlHarness.Start, "en", TimeSpan.Zero);
        var conversation = new ControlConversation(new SeededRandomSource(1));

        Assert.Throws<ArgumentException>(() => conversation.Continue(
            new ControlSessionState(), new ControlRequest.ListTemplates(ControlHarness.Shop), new ControlAnswer.OptOuts(0, 0, 0), facts));
    }
}
