using Herald.Domain.Campaigns;
using Herald.Domain.Control;
using Herald.Domain.Templates;
using Herald.Domain.Tenants;

namespace Herald.Domain.Tests.Control;

/// <summary>An owner's phone and a host with a few campaigns. Each turn runs until it has no request left, as a grain would run it.</summary>
internal sealed class ControlHarness
{
    public static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Shop = TenantId.Parse("0197c8d2-0000-7000-8000-000000000001");
    public static readonly TenantId Cafe = TenantId.Parse("0197c8d2-0000-7000-8000-000000000002");
    private static readonly OwnerId Ana = OwnerId.Parse("0197c8d2-0000-7000-8000-0000000000aa");

    private readonly ControlConversation _conversation = new(new SeededRandomSource(5));

    public ControlSessionState Session { get; set; } = new();

    public List<ControlLink> Links { get; } = [];

    public List<CampaignCard> Campaigns { get; } = [];

    public List<TemplateCard> Templates { get; } = [];

    public Dictionary<string, ControlLink> LinkCodes { get; } = [];

    /// <summary>What the host was asked to do, look-ups left out, in order.</summary>
    public List<ControlRequest> Acts { get; } = [];

    /// <summary>What the host refuses every act with.</summary>
    public Rejection? Refusal { get; set; }

    /// <summary>The campaign as the host answers a launch that does not agree to be spread over days.</summary>
    public CampaignCard? OverLimit { get; set; }

    public DateTimeOffset Now { get; set; } = Start;

    public TimeSpan UndoWindow { get; set; }

    public static ControlLink Link(TenantId tenant, OwnerRole role, string language = "en") =>
        new(tenant, Ana, tenant == Shop ? "Lucky Shrub" : "Café Sol", role, language);

    public static ControlHarness LinkedAs(OwnerRole role, string language = "en")
    {
        var harness = new ControlHarness();
        harness.Links.Add(Link(Shop, role, language));
        return harness;
    }

    public CampaignCard AddCampaign(string name, CampaignState state, long recipients = 1000)
    {
        var card = new CampaignCard
        {
            Id = CampaignId.Parse($"0197c8d2-0000-7000-8000-0000000c{Campaigns.Count:d4}"),
            Name = name,
            State = state,
            TemplateName = "spring_sale",
            TemplateState = TemplateState.Approved,
            SenderName = "+1 555 078 3881",
            Recipients = recipients,
        };
        Campaigns.Add(card);
        return card;
    }

    public IReadOnlyList<ControlReply> Type(string text) => Send(new ControlInput(text, null));

    public IReadOnlyList<ControlReply> Tap(string id) => Send(new ControlInput("whatever was written on it", id));

    public IReadOnlyList<ControlReply> Tap(ControlRow row) => Send(new ControlInput(row.Title, row.Id));

    public IReadOnlyList<ControlReply> Tap(ControlButton button) => Send(new ControlInput(button.Title, button.Id));

    private List<ControlReply> Send(ControlInput input)
    {
        var facts = new ControlFacts([.. Links], Now, "en", UndoWindow);
        var turn = _conversation.Begin(Session, input, facts);
        List<ControlReply> replies = [.. turn.Replies];
        for (var steps = 0; turn.Request is { } request; steps++)
        {
            Assert.True(steps < 10, "The turn does not end.");
            turn = _conversation.Continue(turn.Session, request, Answer(request), facts);
            replies.AddRange(turn.Replies);
        }
        Assert.NotEqual(ControlState.Linked, turn.Session.State);
        Assert.NotEmpty(replies);
        Session = turn.Session;
        return replies;
    }

    private ControlAnswer Answer(ControlRequest request)
    {
        switch (request)
        {
            case ControlRequest.FindCampaigns find:
                Assert.Equal(Session.Tenant ?? find.Tenant.Value, find.Tenant.Value);
                var skip = find.Cursor.Length == 0 ? 0 : int.Parse(find.Cursor, null);
                var found = Campaigns
                    .Where(card => find.States.Contains(card.State) && card.Name.Contains(find.NameContains, StringComparison.OrdinalIgnoreCase))
                    .Skip(skip)
                    .ToList();
                return new ControlAnswer.Campaigns(
                    [.. found.Take(find.PageSize)], found.Count > find.PageSize ? $"{skip + find.PageSize}" : string.Empty);
            case ControlRequest.LoadCampaign load:
                return new ControlAnswer.Campaign(Campaigns.Find(card => card.Id == load.Campaign));
            case ControlRequest.ListTemplates:
                return new ControlAnswer.Templates(Templates);
            case ControlRequest.LoadOptOuts:
                return new ControlAnswer.OptOuts(1, 20, 3000);
            case ControlRequest.LinkOwner link:
                Acts.Add(request);
                var isKnown = LinkCodes.Remove(link.Code, out var made);
                if (isKnown)
                    Links.Add(made!);
                return new ControlAnswer.Linked(made);
            case ControlRequest.LaunchCampaign { AcceptsSpread: false } when OverLimit is not null:
                Acts.Add(request);
                return new ControlAnswer.Campaign(OverLimit);
            default:
                Acts.Add(request);
                return new ControlAnswer.Outcome(Refusal);
        }
    }
}
