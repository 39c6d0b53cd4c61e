namespace Herald.Domain.Control;

/// <summary>What the host found or did; see <see cref="ControlRequest"/>.</summary>
public abstract record ControlAnswer
{
    private ControlAnswer()
    {
    }

    /// <summary>The outcome of linking.</summary>
    /// <param name="Link">The new link, or null if the code is wrong, used or out of date.</param>
    public sealed record Linked(ControlLink? Link) : ControlAnswer;

    /// <summary>The outcome of an act.</summary>
    /// <param name="Rejection">Why it was refused; null if it was done.</param>
    public sealed record Outcome(Rejection? Rejection) : ControlAnswer;

    /// <summary>A page of campaigns.</summary>
    /// <param name="Items">The campaigns.</param>
    /// <param name="NextCursor">Where the next page begins; empty if there is none.</param>
    public sealed record Campaigns(IReadOnlyList<CampaignCard> Items, string NextCursor) : ControlAnswer;

    /// <summary>One campaign.</summary>
    /// <param name="Card">The campaign, or null if the tenant has none of that id.</param>
    public sealed record Campaign(CampaignCard? Card) : ControlAnswer;

    /// <summary>The templates.</summary>
    /// <param name="Items">The templates.</param>
    public sealed record Templates(IReadOnlyList<TemplateCard> Items) : ControlAnswer;

    /// <summary>How many people opted out of marketing.</summary>
    /// <param name="LastDay">In the last 24 hours.</param>
    /// <param name="LastWeek">In the last seven days.</param>
    /// <param name="Total">Are opted out now.</param>
    public sealed record OptOuts(long LastDay, long LastWeek, long Total) : ControlAnswer;
}
