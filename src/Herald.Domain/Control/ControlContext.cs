using Herald.Domain.Tenants;
using Stateless;

namespace Herald.Domain.Control;

/// <summary>One step of a conversation while it is being decided. Works on a copy of the session.</summary>
internal sealed class ControlContext
{
    private readonly StateMachine<ControlState, ControlTrigger> _machine;
    private readonly List<ControlReply> _replies = [];
    private ControlRequest? _request;

    public ControlContext(ControlSessionState session, ControlFacts facts, IRandomSource random)
    {
        Session = session.Copy();
        Facts = facts;
        Random = random;
        Links = facts.Links;
        _machine = ControlMachine.Create(() => Session.State, state => Session.State = state, () => Link?.Role);
        FollowLinks();
    }

    public ControlSessionState Session { get; }

    public ControlFacts Facts { get; }

    public IRandomSource Random { get; }

    public IReadOnlyList<ControlLink> Links { get; private set; }

    /// <summary>The tenant that commands are for, or null if it is not known yet.</summary>
    public ControlLink? Link => Links.FirstOrDefault(link => link.Tenant.Value == Session.Tenant);

    public TenantId Tenant => Link?.Tenant ?? throw new InvalidOperationException("No tenant is chosen.");

    public ControlTexts Texts => ControlTexts.For(Link?.Language ?? (Links.Count > 0 ? Links[0].Language : null) ?? Facts.FallbackLanguage);

    public bool May(ControlTrigger trigger) => _machine.CanFire(trigger);

    /// <summary>Moves, if the role allows it; else says so. False if it does not.</summary>
    public bool TryMove(ControlTrigger trigger)
    {
        if (!May(trigger))
        {
            var link = Link ?? throw new InvalidOperationException($"{trigger} is not possible in state {Session.State}.");
            Say(ControlText.RoleForbids, Texts.Role(link.Role), link.TenantName);
            return false;
        }
        _machine.Fire(trigger);
        return true;
    }

    /// <summary>Back to the menu state, with every half-done choice forgotten.</summary>
    public void Rest()
    {
        if (Session.State != ControlState.Menu)
            _machine.Fire(ControlTrigger.ShowMenu);
        Session.Forget();
    }

    /// <summary>Takes over a link that was made or taken away during the turn.</summary>
    public void ChangeLinks(IReadOnlyList<ControlLink> links, TenantId? chosen)
    {
        Links = links;
        Session.Tenant = chosen?.Value;
        FollowLinks();
    }

    public void Choose(ControlLink link) => Session.Tenant = link.Tenant.Value;

    public void Ask(ControlRequest request) => _request = request;

    public void Reply(ControlReply reply) => _replies.Add(reply);

    /// <summary>Says a sentence with a way back to the menu.</summary>
    public void Say(ControlText key, params object[] values) =>
        Reply(ControlReply.WithButtons(Texts.Get(key, values), Button(ControlVerb.Menu, ControlText.ButtonMenu)));

    public ControlButton Button(ControlVerb verb, ControlText title) => new(ControlVocabulary.Id(verb), Texts[title]);

    public ControlButton Button(ControlVerb verb, string argument, ControlText title) => new(ControlVocabulary.Id(verb, argument), Texts[title]);

    public ControlTurn Close()
    {
        Session.LastTurnTime = Facts.Now;
        return new ControlTurn(Session, _replies, _request);
    }

    /// <summary>Links are made and taken away outside of the conversation too; the state follows them.</summary>
    private void FollowLinks()
    {
        if (Links.Count == 0)
        {
            if (Session.State != ControlState.Unlinked)
                _machine.Fire(ControlTrigger.Unlink);
            Session.Tenant = null;
            Session.Forget();
            return;
        }
        if (Session.State == ControlState.Unlinked)
            _machine.Fire(ControlTrigger.Link);
        if (Link is not null || (Links.Count > 1 && Session.Tenant is null))
            return;
        Rest();
        Session.Tenant = Links.Count == 1 ? Links[0].Tenant.Value : null;
    }
}
