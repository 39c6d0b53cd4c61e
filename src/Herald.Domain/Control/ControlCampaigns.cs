using Herald.Domain.Campaigns;
using Herald.Domain.Templates;

namespace Herald.Domain.Control;

/// <summary>Finding a campaign and doing something with it.</summary>
internal static class ControlCampaigns
{
    private static readonly CampaignState[] All = Enum.GetValues<CampaignState>();

    /// <summary>A command about a campaign: by a tapped id, by the number of a row shown last, by a part of its name, or by choice.</summary>
    public static void Start(ControlContext context, ControlAction action, ControlCommand command)
    {
        if (!MayDo(context, action))
            return;
        if (command is { IsTapped: true, Id: { } id })
            Load(context, new CampaignId(id), action);
        else if (context.Session.ChoiceAt(command.RowNumber) is { } choice)
            Load(context, choice, action);
        else
            Find(context, action, command.Argument);
    }

    public static void Find(ControlContext context, ControlAction action, string nameContains)
    {
        context.Rest();
        AskPage(context, action, nameContains, string.Empty);
    }

    /// <summary>While a list is shown: a number, a part of a name, or the next page.</summary>
    public static bool TryChoose(ControlContext context, ControlCommand command)
    {
        var session = context.Session;
        if (command.Verb == ControlVerb.More)
        {
            if (session.NextCursor.Length == 0)
                return false;
            AskPage(context, session.Action, session.NameContains, session.NextCursor);
            return true;
        }
        if (command.Verb != ControlVerb.None || command.Argument.Length == 0)
            return false;
        var action = session.Action == ControlAction.Browse ? ControlAction.Status : session.Action;
        if (session.ChoiceAt(command.RowNumber) is { } choice)
            Load(context, choice, action);
        else
            AskPage(context, action, command.Argument, string.Empty);
        return true;
    }

    public static void AfterFinding(ControlContext context, ControlRequest.FindCampaigns find, ControlAnswer.Campaigns found)
    {
        var texts = context.Texts;
        if (found.Items.Count == 0)
        {
            context.Rest();
            if (find.NameContains.Length > 0)
                context.Say(ControlText.NoneNamed, find.NameContains);
            else
                context.Say(NoneText(find.Action));
            return;
        }
        var isOnlyOne = found is { Items.Count: 1, NextCursor.Length: 0 } && find.Cursor.Length == 0;
        if (isOnlyOne && find.Action != ControlAction.Browse)
        {
            AfterLoading(context, find.Action, found.Items[0]);
            return;
        }

        var session = context.Session;
        context.TryMove(ControlTrigger.OfferCampaigns);
        session.Forget();
        session.Action = find.Action;
        session.NameContains = find.NameContains;
        session.NextCursor = found.NextCursor;
        session.Choices = [.. found.Items.Select(card => card.Id.Value)];
        var verb = find.Action == ControlAction.Browse ? ControlVerb.Status : Enum.Parse<ControlVerb>(find.Action.ToString());
        var rows = found.Items.Select(card => new ControlRow(
            ControlVocabulary.Id(verb, card.Id.ToString()),
            card.Name,
            texts.Get(ControlText.RowCard, texts.State(card.State), texts.Number(card.Recipients))));
        if (found.NextCursor.Length > 0)
            rows = rows.Append(new ControlRow(ControlVocabulary.Id(ControlVerb.More), texts[ControlText.More], string.Empty));
        context.Reply(ControlReply.WithList(texts[ChooseText(find.Action)], texts[ControlText.ListButton], [.. rows]));
    }

    public static void AfterLoading(ControlContext context, ControlAction action, CampaignCard? card)
    {
        context.Rest();
        if (card is null)
        {
            context.Say(ControlText.CampaignNotFound);
            return;
        }
        context.Session.Campaign = card.Id.Value;
        context.Session.CampaignName = card.Name;
        switch (action)
        {
            case ControlAction.Launch:
                ConfirmLaunch(context, card);
                break;
            case ControlAction.Cancel:
                ConfirmCancel(context, card);
                break;
            case ControlAction.Pause when context.TryMove(ControlTrigger.PauseOrResume):
                context.Ask(new ControlRequest.PauseCampaign(context.Tenant, card.Id));
                break;
            case ControlAction.Resume when context.TryMove(ControlTrigger.PauseOrResume):
                context.Ask(new ControlRequest.ResumeCampaign(context.Tenant, card.Id));
                break;
            case ControlAction.Status or ControlAction.Browse:
                SayStatus(context, card);
                break;
        }
    }

    public static void Undo(ControlContext context)
    {
        var session = context.Session;
        context.Rest();
        if (session.UndoCampaign is not { } campaign || session.UndoUntil is not { } until || until <= context.Facts.Now)
        {
            context.Say(ControlText.UndoTooLate);
            return;
        }
        // Who may launch may also undo it, though cancelling at any other time is the owner's.
        if (!context.TryMove(ControlTrigger.PauseOrResume))
            return;
        session.CampaignName = session.UndoCampaignName;
        context.Ask(new ControlRequest.CancelCampaign(context.Tenant, new CampaignId(campaign), IsUndo: true));
    }

    /// <summary>Says what was done.</summary>
    public static void AfterActing(ControlContext context, ControlRequest request)
    {
        var session = context.Session;
        var (name, recipients) = (session.CampaignName, session.CampaignRecipients);
        context.Rest();
        switch (request)
        {
            case ControlRequest.LaunchCampaign launch:
                SayLaunched(context, launch, name, recipients);
                break;
            case ControlRequest.PauseCampaign pause:
                SayDone(context, ControlText.Paused, name, context.Button(ControlVerb.Resume, pause.Campaign.ToString(), ControlText.ButtonResume), pause.Campaign);
                break;
            case ControlRequest.ResumeCampaign resume:
                SayDone(context, ControlText.Resumed, name, context.Button(ControlVerb.Pause, resume.Campaign.ToString(), ControlText.ButtonPause), resume.Campaign);
                break;
            case ControlRequest.CancelCampaign cancel:
                session.UndoCampaign = null;
                SayDone(context, cancel.IsUndo ? ControlText.Undone : ControlText.Cancelled, name, null, cancel.Campaign);
                break;
            default:
                throw new ArgumentException($"{request.GetType().Name} is no act on a campaign.", nameof(request));
        }
    }

    private static void SayLaunched(ControlContext context, ControlRequest.LaunchCampaign launch, string name, long recipients)
    {
        var texts = context.Texts;
        var session = context.Session;
        var canUndo = context.Facts.UndoWindow > TimeSpan.Zero;
        session.UndoCampaign = canUndo ? launch.Campaign.Value : null;
        session.UndoCampaignName = name;
        session.UndoUntil = launch.FirstSendTime;
        var text = canUndo
            ? texts.Get(ControlText.LaunchedWithUndo, name, texts.Number(recipients), texts.Duration(context.Facts.UndoWindow))
            : texts.Get(ControlText.Launched, name, texts.Number(recipients));
        List<ControlButton?> buttons =
        [
            canUndo ? context.Button(ControlVerb.Undo, ControlText.ButtonUndo) : null,
            context.Button(ControlVerb.Status, launch.Campaign.ToString(), ControlText.ButtonStatus),
            context.Button(ControlVerb.Pause, launch.Campaign.ToString(), ControlText.ButtonPause),
        ];
        context.Reply(ControlReply.WithButtons(text, [.. buttons.OfType<ControlButton>()]));
    }

    private static void SayDone(ControlContext context, ControlText key, string name, ControlButton? first, CampaignId campaign)
    {
        List<ControlButton?> buttons =
        [
            first,
            context.Button(ControlVerb.Status, campaign.ToString(), ControlText.ButtonStatus),
            context.Button(ControlVerb.Menu, ControlText.ButtonMenu),
        ];
        context.Reply(ControlReply.WithButtons(context.Texts.Get(key, name), [.. buttons.OfType<ControlButton>()]));
    }

    private static void ConfirmLaunch(ControlContext context, CampaignCard card)
    {
        var texts = context.Texts;
        if (card.State is not (CampaignState.Draft or CampaignState.Scheduled))
        {
            SayStatus(context, card);
            return;
        }
        if (card.TemplateState != TemplateState.Approved)
        {
            context.Say(ControlText.TemplateNotApproved);
            return;
        }
        if (card.Recipients == 0)
        {
            context.Say(ControlText.AudienceEmpty);
            return;
        }
        if (!context.TryMove(ControlTrigger.AskLaunchCode))
            return;

        ControlCodes.GiveOut(context, card);
        context.Session.IsSpreadShown = card.ReachableNow is not null;
        List<string> lines = [texts.Get(
            ControlText.ConfirmLaunch, card.Name, texts.Number(card.Recipients), card.TemplateName, texts.State(card.TemplateState), card.SenderName)];
        if (card.EstimatedDuration is { } duration)
            lines.Add(texts.Get(ControlText.LineDuration, texts.Duration(duration)));
        if (card.EstimatedCost.Length > 0)
            lines.Add(texts.Get(ControlText.LineCost, card.EstimatedCost));
        if (card.DailyLimit is { } limit && card.ReachableNow is not null)
            lines.Add(texts.Get(ControlText.LineDailyLimit, texts.Number(limit)));
        if (card.ReachableNow is { } reachable)
            lines.Add(texts.Get(ControlText.LineSpread, texts.Number(reachable), texts.Number(card.SpreadDays)));
        lines.Add(string.Empty);
        lines.Add(texts.Get(ControlText.TypeToLaunch, context.Session.Code, texts.Number((long)ControlLimits.CodeLifetime.TotalMinutes)));
        context.Reply(ControlReply.WithButtons(string.Join('\n', lines), context.Button(ControlVerb.No, ControlText.ButtonNo)));
    }

    private static void ConfirmCancel(ControlContext context, CampaignCard card)
    {
        var texts = context.Texts;
        if (CampaignLifecycle.IsFinal(card.State))
        {
            SayStatus(context, card);
            return;
        }
        if (!context.TryMove(ControlTrigger.AskCancelCode))
            return;

        ControlCodes.GiveOut(context, card);
        var unsent = card.State is CampaignState.Draft or CampaignState.Scheduled ? card.Recipients : card.Queued;
        var question = texts.Get(ControlText.ConfirmCancel, card.Name, texts.State(card.State), texts.Number(unsent));
        var code = texts.Get(ControlText.TypeToCancel, context.Session.Code, texts.Number((long)ControlLimits.CodeLifetime.TotalMinutes));
        context.Reply(ControlReply.WithButtons($"{question}\n\n{code}", context.Button(ControlVerb.No, ControlText.ButtonNo)));
    }

    private static void SayStatus(ControlContext context, CampaignCard card)
    {
        var id = card.Id.ToString();
        List<ControlButton?> buttons =
        [
            card.State is CampaignState.Draft or CampaignState.Scheduled && context.May(ControlTrigger.AskLaunchCode)
                ? context.Button(ControlVerb.Launch, id, ControlText.ButtonLaunch) : null,
            card.State == CampaignState.Running && context.May(ControlTrigger.PauseOrResume)
                ? context.Button(ControlVerb.Pause, id, ControlText.ButtonPause) : null,
            card.State == CampaignState.Paused && context.May(ControlTrigger.PauseOrResume)
                ? context.Button(ControlVerb.Resume, id, ControlText.ButtonResume) : null,
            !CampaignLifecycle.IsFinal(card.State) && context.May(ControlTrigger.AskCancelCode)
                ? context.Button(ControlVerb.Cancel, id, ControlText.ButtonCancel) : null,
            context.Button(ControlVerb.Menu, ControlText.ButtonMenu),
        ];
        context.Reply(ControlReply.WithButtons(StatusText(context.Texts, card), [.. buttons.OfType<ControlButton>()]));
    }

    private static string StatusText(ControlTexts texts, CampaignCard card)
    {
        var text = texts.Get(
            ControlText.StatusCard,
            card.Name,
            texts.State(card.State),
            $"{card.TemplateName} ({texts.State(card.TemplateState)})",
            card.SenderName,
            texts.Number(card.Recipients),
            texts.Number(card.Queued),
            texts.Number(card.Sent),
            texts.Number(card.Delivered),
            texts.Number(card.Read),
            texts.Number(card.Failed),
            texts.Number(card.Suppressed),
            texts.Number(card.OptedOut));
        return card.State == CampaignState.Paused && card.PauseCause != PauseCause.None
            ? $"{text}\n{texts.Get(ControlText.LinePausedBy, texts.Cause(card.PauseCause))}"
            : text;
    }

    private static bool MayDo(ControlContext context, ControlAction action)
    {
        var trigger = action switch
        {
            ControlAction.Launch => ControlTrigger.AskLaunchCode,
            ControlAction.Cancel => ControlTrigger.AskCancelCode,
            ControlAction.Pause or ControlAction.Resume => ControlTrigger.PauseOrResume,
            _ => ControlTrigger.ShowMenu,
        };
        if (context.May(trigger))
            return true;
        context.Rest();
        context.Say(ControlText.RoleForbids, context.Texts.Role(context.Link!.Role), context.Link.TenantName);
        return false;
    }

    private static void Load(ControlContext context, CampaignId campaign, ControlAction action)
    {
        context.Rest();
        context.Ask(new ControlRequest.LoadCampaign(context.Tenant, campaign, action));
    }

    private static void AskPage(ControlContext context, ControlAction action, string nameContains, string cursor) =>
        context.Ask(new ControlRequest.FindCampaigns(context.Tenant, action, StatesFor(action), nameContains, cursor, ControlLimits.PageSize));

    private static CampaignState[] StatesFor(ControlAction action) => action switch
    {
        ControlAction.Launch => [CampaignState.Draft, CampaignState.Scheduled],
        ControlAction.Pause => [CampaignState.Running],
        ControlAction.Resume => [CampaignState.Paused],
        ControlAction.Cancel => [.. All.Where(state => !CampaignLifecycle.IsFinal(state))],
        _ => All,
    };

    private static ControlText ChooseText(ControlAction action) => action switch
    {
        ControlAction.Launch => ControlText.ChooseToLaunch,
        ControlAction.Pause => ControlText.ChooseToPause,
        ControlAction.Resume => ControlText.ChooseToResume,
        ControlAction.Cancel => ControlText.ChooseToCancel,
        _ => ControlText.ChooseToBrowse,
    };

    private static ControlText NoneText(ControlAction action) => action switch
    {
        ControlAction.Launch => ControlText.NoneToLaunch,
        ControlAction.Pause => ControlText.NoneToPause,
        ControlAction.Resume => ControlText.NoneToResume,
        ControlAction.Cancel => ControlText.NoneToCancel,
        _ => ControlText.NoCampaigns,
    };
}
