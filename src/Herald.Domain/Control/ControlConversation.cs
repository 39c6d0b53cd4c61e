namespace Herald.Domain.Control;

/// <summary>
/// The conversation with an owner on a control number: pure decisions. A turn begins with what the owner sent. As long as the
/// answer holds a <see cref="ControlRequest"/>, the host carries it out and goes on with its answer:
/// <code>
/// var turn = conversation.Begin(session, input, facts);
/// while (turn.Request is { } request)
///     turn = conversation.Continue(turn.Session, request, await CarryOut(request), facts);
/// </code>
/// collecting the replies of every step. Then it keeps the session and sends the replies. The states are drawn in ControlConversation.md.
/// </summary>
public sealed class ControlConversation
{
    private readonly IRandomSource _random;

    /// <summary>One-time codes come from <paramref name="random"/>, which must be cryptographic outside of tests.</summary>
    public ControlConversation(IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
    }

    /// <summary>The languages that the conversation can be held in.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "es", "pt"];

    /// <summary>
    /// Whether a tapped id is one of the conversation's own. Such a tap is never looked at for opt-out words: its title may be the
    /// name of a campaign.
    /// </summary>
    public static bool IsReplyId(string? replyId) => replyId is not null && replyId.StartsWith(ControlVocabulary.IdPrefix, StringComparison.Ordinal);

    /// <summary>The first step of a turn: what the owner sent.</summary>
    public ControlTurn Begin(ControlSessionState session, ControlInput input, ControlFacts facts)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(facts);
        var context = new ControlContext(session, facts, _random);
        ForgetStaleChoice(context);
        Route(context, ControlVocabulary.Read(input));
        return context.Close();
    }

    /// <summary>A further step of a turn: what came of its request.</summary>
    /// <param name="session">The session of the step before.</param>
    /// <param name="request">The request of the step before.</param>
    /// <param name="answer">The answer of the kind that the request names.</param>
    /// <param name="facts">The facts of the turn; they need not show a link that the request itself made or took away.</param>
    public ControlTurn Continue(ControlSessionState session, ControlRequest request, ControlAnswer answer, ControlFacts facts)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(facts);
        var context = new ControlContext(session, facts, _random);
        if (request is ControlRequest.LinkOwner)
            ControlLinks.AfterLinking(context, (ControlAnswer.Linked)answer);
        else if (context.Link is null)
            ControlLinks.AskTenant(context);
        else
            Resolve(context, request, answer);
        return context.Close();
    }

    private static void Resolve(ControlContext context, ControlRequest request, ControlAnswer answer)
    {
        switch (request, answer)
        {
            case (ControlRequest.FindCampaigns find, ControlAnswer.Campaigns campaigns):
                ControlCampaigns.AfterFinding(context, find, campaigns);
                break;
            case (ControlRequest.LoadCampaign load, ControlAnswer.Campaign campaign):
                ControlCampaigns.AfterLoading(context, load.Action, campaign.Card);
                break;
            // The limit shrank since the owner saw the campaign: they are asked again, with the figures.
            case (ControlRequest.LaunchCampaign, ControlAnswer.Campaign campaign):
                ControlCampaigns.AfterLoading(context, ControlAction.Launch, campaign.Card);
                break;
            case (ControlRequest.ListTemplates, ControlAnswer.Templates templates):
                ControlMenus.SayTemplates(context, templates.Items);
                break;
            case (ControlRequest.LoadOptOuts, ControlAnswer.OptOuts optOuts):
                ControlMenus.SayOptOuts(context, optOuts);
                break;
            case (_, ControlAnswer.Outcome { Rejection: { } rejection }):
                context.Rest();
                context.Reply(ControlReply.WithButtons(
                    context.Texts.Refusal(rejection), context.Button(ControlVerb.Menu, ControlText.ButtonMenu)));
                break;
            case (_, ControlAnswer.Outcome):
                ResolveDone(context, request);
                break;
            default:
                throw new ArgumentException($"{answer.GetType().Name} does not answer {request.GetType().Name}.", nameof(answer));
        }
    }

    private static void ResolveDone(ControlContext context, ControlRequest request)
    {
        switch (request)
        {
            case ControlRequest.UnlinkOwner unlink:
                ControlLinks.AfterUnlinking(context, unlink.Tenant);
                break;
            case ControlRequest.SetLanguage set:
                ControlMenus.AfterLanguage(context, set.Language);
                break;
            case ControlRequest.OptOutPhone or ControlRequest.OptOutContact:
                context.Rest();
                context.Say(ControlText.OptedOut, context.Link!.TenantName);
                break;
            default:
                ControlCampaigns.AfterActing(context, request);
                break;
        }
    }

    private static void ForgetStaleChoice(ControlContext context)
    {
        var isStale = context.Session.LastTurnTime + ControlLimits.IdleMax < context.Facts.Now;
        // A one-time code says itself that it is out of date.
        if (isStale && context.Session.State is not (ControlState.Unlinked or ControlState.ConfirmingLaunch or ControlState.ConfirmingCancel))
            context.Rest();
    }

    private static void Route(ControlContext context, ControlCommand command)
    {
        if (command.Verb == ControlVerb.Link)
            ControlLinks.TryLink(context, command);
        else if (context.Links.Count == 0)
            ControlLinks.Welcome(context, command);
        else if (command.Verb == ControlVerb.Switch || context.Link is null)
            ControlLinks.ChooseTenant(context, command);
        else if (!TryAnswer(context, command))
            Obey(context, command);
    }

    /// <summary>Takes what was sent as the answer to what was asked, if it can be one.</summary>
    private static bool TryAnswer(ControlContext context, ControlCommand command) => context.Session.State switch
    {
        ControlState.ConfirmingLaunch or ControlState.ConfirmingCancel => ControlCodes.TryAnswer(context, command),
        ControlState.ChoosingTenant => ControlLinks.TryChooseTenant(context, command),
        ControlState.ChoosingCampaign => ControlCampaigns.TryChoose(context, command),
        ControlState.ChoosingLanguage => ControlMenus.TryChooseLanguage(context, command),
        ControlState.ConfirmingOptOut => ControlOptOuts.TryAnswer(context, command),
        ControlState.ConfirmingUnlink => ControlLinks.TryAnswerUnlink(context, command),
        _ => false,
    };

    private static void Obey(ControlContext context, ControlCommand command)
    {
        switch (command.Verb)
        {
            case ControlVerb.Campaigns:
                ControlCampaigns.Find(context, ControlAction.Browse, command.Argument);
                break;
            case ControlVerb.Status or ControlVerb.Launch or ControlVerb.Pause or ControlVerb.Resume or ControlVerb.Cancel:
                ControlCampaigns.Start(context, Enum.Parse<ControlAction>(command.Verb.ToString()), command);
                break;
            case ControlVerb.Undo:
                ControlCampaigns.Undo(context);
                break;
            case ControlVerb.OptOut:
                ControlOptOuts.Start(context, command);
                break;
            case ControlVerb.Unlink:
                ControlLinks.AskUnlink(context);
                break;
            default:
                ControlMenus.Show(context, command);
                break;
        }
    }
}
