using Herald.Domain.Templates;

namespace Herald.Domain.Tests.Templates;

public sealed class TemplateLifecycleTests
{
    [Theory]
    [InlineData("APPROVED", TemplateState.Approved)]
    [InlineData("REINSTATED", TemplateState.Approved)]
    [InlineData("UNARCHIVED", TemplateState.Approved)]
    [InlineData("PENDING", TemplateState.Pending)]
    [InlineData("REJECTED", TemplateState.Rejected)]
    [InlineData("PAUSED", TemplateState.Paused)]
    [InlineData("DISABLED", TemplateState.Disabled)]
    [InlineData("IN_APPEAL", TemplateState.InAppeal)]
    [InlineData("PENDING_DELETION", TemplateState.PendingDeletion)]
    [InlineData("DELETED", TemplateState.Deleted)]
    [InlineData("LIMIT_EXCEEDED", TemplateState.LimitExceeded)]
    [InlineData("ARCHIVED", TemplateState.Archived)]
    [InlineData("approved", TemplateState.Approved)]
    public void Every_word_of_Meta_leads_from_every_living_state_to_its_own(string word, TemplateState expected)
    {
        Assert.True(TemplateLifecycle.TryGetTrigger(word, out var trigger));

        foreach (var state in Enum.GetValues<TemplateState>().Where(state => state != TemplateState.Deleted))
            Assert.Equal(expected, TemplateLifecycle.Decide(state, trigger).Change);
    }

    [Fact]
    public void A_deleted_template_stays_deleted()
    {
        foreach (var trigger in Enum.GetValues<TemplateTrigger>())
            Assert.Equal(TemplateState.Deleted, TemplateLifecycle.Decide(TemplateState.Deleted, trigger).Change);
    }

    [Fact]
    public void Nothing_leads_back_to_draft()
    {
        foreach (var state in Enum.GetValues<TemplateState>().Where(state => state != TemplateState.Draft))
        {
            foreach (var trigger in Enum.GetValues<TemplateTrigger>())
                Assert.NotEqual(TemplateState.Draft, TemplateLifecycle.Decide(state, trigger).Change);
        }
    }

    [Theory]
    [InlineData("FLAGGED")]
    [InlineData("LOCKED")]
    [InlineData("SOMETHING_NEW")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_words_do_not_touch_the_state(string? word) => Assert.False(TemplateLifecycle.TryGetTrigger(word, out _));
}
