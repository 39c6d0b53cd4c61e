using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Control;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Domain.Tests.Control;

public sealed class ControlSessionTests
{
    private static readonly string[] Inputs =
    [
        "menu", "campaigns", "launch", "launch plan 1", "pause", "resume", "cancel", "status", "undo", "templates", "opt-outs", "opt out +16505551234",
        "language", "switch", "unlink", "LINK 123456", "LINK 000000", "more", "yes", "no", "1", "2", "0000", "help", "STOP", "plan", "code",
    ];

    [Fact]
    public void Whatever_an_owner_sends_every_turn_ends_within_the_limits_and_survives_storage() => Prop.ForAll(
        (from inputs in Gen.Elements(Inputs).ArrayOf()
         from role in Gen.Elements(Enum.GetValues<OwnerRole>())
         from language in Gen.Elements("en", "es", "pt", "fr")
         select (inputs, role, language)).ToArbitrary(),
        run =>
        {
            var harness = ControlHarness.LinkedAs(run.role, run.language);
            harness.LinkCodes["123456"] = ControlHarness.Link(ControlHarness.Cafe, run.role, run.language);
            harness.UndoWindow = TimeSpan.FromSeconds(30);
            foreach (var state in Enum.GetValues<CampaignState>())
                harness.AddCampaign($"Plan {(int)state} {new string('x', 40)}", state, 1000 * (int)state);
            foreach (var input in run.inputs)
            {
                var replies = harness.Type(input == "code" ? harness.Session.Code : input);
                Assert.All(replies, AssertWithinLimits);
                harness.Session = JsonSerializer.Deserialize<ControlSessionState>(JsonSerializer.Serialize(harness.Session))!;
            }
            if (run.role == OwnerRole.Viewer)
            {
                Assert.All(harness.Acts, act => Assert.True(
                    act is ControlRequest.LinkOwner or ControlRequest.UnlinkOwner or ControlRequest.SetLanguage, $"A viewer did {act}."));
            }
            if (run.role == OwnerRole.Manager)
                Assert.DoesNotContain(harness.Acts, act => act is ControlRequest.CancelCampaign { IsUndo: false });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(40));

    [Fact]
    public void A_session_is_stored_and_read_back_whole()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.AddCampaign("Spring", CampaignState.Draft);
        harness.Type("launch");

        var json = JsonSerializer.Serialize(harness.Session);
        var again = JsonSerializer.Deserialize<ControlSessionState>(json)!;

        Assert.Equal(json, JsonSerializer.Serialize(again));
        harness.Session = again;
        harness.Type(again.Code);
        Assert.Single(harness.Acts);
    }

    [Fact]
    public void A_turn_changes_a_copy_only()
    {
        var harness = ControlHarness.LinkedAs(OwnerRole.Owner);
        harness.AddCampaign("One", CampaignState.Draft);
        harness.AddCampaign("Two", CampaignState.Draft);
        var before = harness.Session;
        var json = JsonSerializer.Serialize(before);

        harness.Type("campaigns");

        Assert.Equal(json, JsonSerializer.Serialize(before));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("pt")]
    public void Notices_keep_within_the_limits_and_name_what_they_are_about(string language)
    {
        var card = new ControlHarness().AddCampaign("Spring sale", CampaignState.Paused) with { PauseCause = PauseCause.QualityGuard };
        var contact = ContactId.Parse("0197c8d2-0000-7000-8000-00000000c0de");

        ControlReply[] notices =
        [
            ControlNotices.CampaignFinished(language, card),
            ControlNotices.CampaignPaused(language, card.Id, card.Name, card.PauseCause),
            ControlNotices.CampaignsPaused(language, [.. Enumerable.Repeat("Spring sale " + new string('x', 188), 12)], card.PauseCause),
            ControlNotices.TemplateDecided(language, new TemplateCard("Spring sale", "en", TemplateCategory.Marketing, TemplateState.Approved)),
            ControlNotices.TemplateDecided(language, new TemplateCard("Spring sale", "en", TemplateCategory.Marketing, TemplateState.Rejected)),
            ControlNotices.NearMiss(language, contact, "Spring sale", "Lucky Shrub"),
        ];

        Assert.All(notices, notice =>
        {
            AssertWithinLimits(notice);
            Assert.Contains("Spring sale", notice.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Campaigns_that_were_paused_together_are_named_up_to_ten()
    {
        var two = ControlNotices.CampaignsPaused("en", ["Spring sale", "Summer sale"], PauseCause.TemplatePaused);
        var twelve = ControlNotices.CampaignsPaused("en", [.. Enumerable.Range(1, 12).Select(i => $"Sale {i}.")], PauseCause.TemplatePaused);

        Assert.StartsWith("*2 campaigns* were paused: ", two.Text, StringComparison.Ordinal);
        Assert.EndsWith("• Spring sale\n• Summer sale", two.Text, StringComparison.Ordinal);
        Assert.EndsWith("• Sale 10.\n… and 2 more", twelve.Text, StringComparison.Ordinal);
    }

    private static void AssertWithinLimits(ControlReply reply)
    {
        var isPlain = reply.Buttons.Count == 0 && reply.Rows.Count == 0;
        Assert.InRange(Length(reply.Text), 1, isPlain ? ControlLimits.PlainTextMax : ControlLimits.InteractiveTextMax);
        Assert.InRange(reply.Buttons.Count, 0, ControlLimits.ButtonsMax);
        Assert.InRange(reply.Rows.Count, 0, ControlLimits.RowsMax);
        Assert.False(reply.Buttons.Count > 0 && reply.Rows.Count > 0);
        Assert.All(reply.Buttons, button => Assert.InRange(Length(button.Title), 1, ControlLimits.ButtonTitleMax));
        Assert.Equal(reply.Buttons.Count, reply.Buttons.Select(button => button.Title).Distinct().Count());
        Assert.All(reply.Rows, row =>
        {
            Assert.InRange(Length(row.Title), 1, ControlLimits.RowTitleMax);
            Assert.InRange(Length(row.Description), 0, ControlLimits.RowDescriptionMax);
            Assert.InRange(row.Id.Length, 1, 200);
        });
        Assert.Equal(reply.Rows.Count, reply.Rows.Select(row => row.Id).Distinct().Count());
        Assert.All(reply.Buttons.Select(button => button.Id).Concat(reply.Rows.Select(row => row.Id)), id => Assert.True(ControlConversation.IsReplyId(id)));
    }

    private static int Length(string text) => text.EnumerateRunes().Count();
}
