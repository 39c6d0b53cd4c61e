using Herald.Domain.Campaigns;

namespace Herald.Domain.Control;

/// <summary>
/// All that is remembered of a conversation between turns. A plain document for a grain to keep: ids as UUIDs, times with offset zero. Only
/// <see cref="ControlConversation"/> changes it, and always a copy.
/// </summary>
public sealed class ControlSessionState
{
    /// <summary>Where the conversation stands; never <see cref="ControlState.Linked"/> itself.</summary>
    public ControlState State { get; set; } = ControlState.Unlinked;

    /// <summary>The tenant that commands are for; null until one is known.</summary>
    public Guid? Tenant { get; set; }

    /// <summary>The campaign that was chosen last, for example the one that the one-time code is for.</summary>
    public Guid? Campaign { get; set; }

    /// <summary>Its name, for replies.</summary>
    public string CampaignName { get; set; } = string.Empty;

    /// <summary>How many recipients were shown before it was confirmed.</summary>
    public long CampaignRecipients { get; set; }

    /// <summary>Whether it was shown that sending is spread over days, so that the code agrees to that.</summary>
    public bool IsSpreadShown { get; set; }

    /// <summary>What the list of campaigns is shown for.</summary>
    public ControlAction Action { get; set; }

    /// <summary>What the names in the list were searched for; empty for all.</summary>
    public string NameContains { get; set; } = string.Empty;

    /// <summary>Where the next page of the list begins; empty if there is none.</summary>
    public string NextCursor { get; set; } = string.Empty;

    /// <summary>The campaigns on the page shown last, in order, so that a typed number picks one.</summary>
    public List<Guid> Choices { get; set; } = [];

    /// <summary>The one-time code to be typed back; empty if none is out.</summary>
    public string Code { get; set; } = string.Empty;

    /// <summary>When the one-time code is void.</summary>
    public DateTimeOffset? CodeExpireTime { get; set; }

    /// <summary>How often the one-time code was mistyped.</summary>
    public int CodeFailures { get; set; }

    /// <summary>The phone (E.164 digits) that is to be opted out once confirmed; empty if it is a contact.</summary>
    public string OptOutPhone { get; set; } = string.Empty;

    /// <summary>The contact that is to be opted out once confirmed.</summary>
    public Guid? OptOutContact { get; set; }

    /// <summary>The campaign whose launch can still be undone.</summary>
    public Guid? UndoCampaign { get; set; }

    /// <summary>The name of that campaign, for replies.</summary>
    public string UndoCampaignName { get; set; } = string.Empty;

    /// <summary>Until when the launch can be undone.</summary>
    public DateTimeOffset? UndoUntil { get; set; }

    /// <summary>How many wrong link codes came since the last right one or the last block.</summary>
    public int LinkFailures { get; set; }

    /// <summary>Until when link codes are not looked at.</summary>
    public DateTimeOffset? LinkBlockedUntil { get; set; }

    /// <summary>When the last turn was.</summary>
    public DateTimeOffset? LastTurnTime { get; set; }

    /// <summary>A copy that shares nothing with this one.</summary>
    public ControlSessionState Copy()
    {
        var copy = (ControlSessionState)MemberwiseClone();
        copy.Choices = [.. Choices];
        return copy;
    }

    /// <summary>Forgets every half-done choice: the list, the code, the opt-out.</summary>
    internal void Forget()
    {
        Campaign = null;
        CampaignName = string.Empty;
        CampaignRecipients = 0;
        IsSpreadShown = false;
        Action = ControlAction.None;
        NameContains = string.Empty;
        NextCursor = string.Empty;
        Choices = [];
        Code = string.Empty;
        CodeExpireTime = null;
        CodeFailures = 0;
        OptOutPhone = string.Empty;
        OptOutContact = null;
    }

    internal CampaignId? ChoiceAt(int number) => number >= 1 && number <= Choices.Count ? new CampaignId(Choices[number - 1]) : null;
}
