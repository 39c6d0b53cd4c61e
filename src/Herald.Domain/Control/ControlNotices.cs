using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;

namespace Herald.Domain.Control;

/// <summary>What Herald tells an owner unasked. They change no conversation; their buttons work in any state.</summary>
public static class ControlNotices
{
    /// <summary>So many names fit into a text, however long they are, and are still read.</summary>
    private const int NamedMax = 10;

    /// <summary>A campaign ended.</summary>
    public static ControlReply CampaignFinished(string language, CampaignCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var texts = ControlTexts.For(language);
        var text = texts.Get(
            ControlText.NoticeFinished,
            card.Name,
            texts.Number(card.Sent),
            texts.Number(card.Delivered),
            texts.Number(card.Read),
            texts.Number(card.Failed),
            texts.Number(card.OptedOut));
        return ControlReply.WithButtons(text, Button(texts, ControlVerb.Status, card.Id.ToString(), ControlText.ButtonStatus));
    }

    /// <summary>A campaign was paused by something or somebody else.</summary>
    /// <param name="language">The owner's language.</param>
    /// <param name="campaign">The campaign.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cause">Who or what paused it; not None.</param>
    public static ControlReply CampaignPaused(string language, CampaignId campaign, string name, PauseCause cause)
    {
        ArgumentOutOfRangeException.ThrowIfEqual((int)cause, (int)PauseCause.None);
        var texts = ControlTexts.For(language);
        return ControlReply.WithButtons(
            texts.Get(ControlText.NoticePaused, name, texts.Cause(cause)),
            Button(texts, ControlVerb.Resume, campaign.ToString(), ControlText.ButtonResume),
            Button(texts, ControlVerb.Status, campaign.ToString(), ControlText.ButtonStatus));
    }

    /// <summary>Several campaigns were paused for one and the same; the first ten are named.</summary>
    /// <param name="language">The owner's language.</param>
    /// <param name="names">Their names; two or more.</param>
    /// <param name="cause">Who or what paused them; not None.</param>
    public static ControlReply CampaignsPaused(string language, IReadOnlyList<string> names, PauseCause cause)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfLessThan(names.Count, 2);
        ArgumentOutOfRangeException.ThrowIfEqual((int)cause, (int)PauseCause.None);
        var texts = ControlTexts.For(language);
        var lines = names.Take(NamedMax).Select(name => $"• {name}");
        if (names.Count > NamedMax)
            lines = lines.Append(texts.Get(ControlText.NoticePausedMore, texts.Number(names.Count - NamedMax)));
        return ControlReply.Plain(texts.Get(ControlText.NoticePausedTogether, texts.Number(names.Count), texts.Cause(cause), string.Join('\n', lines)));
    }

    /// <summary>Meta decided on a template: Approved or Rejected.</summary>
    public static ControlReply TemplateDecided(string language, TemplateCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        var texts = ControlTexts.For(language);
        var key = card.State == Templates.TemplateState.Approved ? ControlText.NoticeTemplateApproved : ControlText.NoticeTemplateRejected;
        return ControlReply.Plain(texts.Get(key, card.Name, card.Language));
    }

    /// <summary>A contact wrote something close to an opt-out; the owner may carry it out.</summary>
    /// <param name="language">The owner's language.</param>
    /// <param name="contact">The contact.</param>
    /// <param name="contactName">How the owner knows them.</param>
    /// <param name="tenantName">The business.</param>
    public static ControlReply NearMiss(string language, ContactId contact, string contactName, string tenantName)
    {
        var texts = ControlTexts.For(language);
        return ControlReply.WithButtons(
            texts.Get(ControlText.NoticeNearMiss, contactName, tenantName),
            Button(texts, ControlVerb.OptOut, contact.ToString(), ControlText.ButtonOptOut));
    }

    /// <summary>A number of the business stopped sending.</summary>
    /// <param name="language">The owner's language.</param>
    /// <param name="trouble">Why.</param>
    /// <param name="number">The number as Meta shows it.</param>
    public static ControlReply SenderStopped(string language, SenderTrouble trouble, string number) =>
        ControlReply.Plain(ControlTexts.For(language).Get(Enum.Parse<ControlText>($"Notice{trouble}"), number));

    private static ControlButton Button(ControlTexts texts, ControlVerb verb, string argument, ControlText title) =>
        new(ControlVocabulary.Id(verb, argument), texts[title]);
}
