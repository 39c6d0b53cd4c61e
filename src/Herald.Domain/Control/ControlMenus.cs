using Herald.Domain.Consents.Keywords;

namespace Herald.Domain.Control;

/// <summary>The menu, help, language and what is only read.</summary>
internal static class ControlMenus
{
    private static readonly (string Language, string Name, string Words)[] LanguageNames =
    [
        ("en", "English", "english ingles inglês en"),
        ("es", "Español", "español spanish espanhol castellano es"),
        ("pt", "Português", "português portuguese portugues pt"),
    ];

    public static void Show(ControlContext context, ControlCommand command)
    {
        if (command.Verb == ControlVerb.Language)
        {
            AskLanguage(context, command);
            return;
        }

        context.Rest();
        switch (command.Verb)
        {
            case ControlVerb.Menu or ControlVerb.No:
                ShowMenu(context);
                break;
            case ControlVerb.Help:
                context.Say(ControlText.Help);
                break;
            case ControlVerb.Templates:
                context.Ask(new ControlRequest.ListTemplates(context.Tenant));
                break;
            case ControlVerb.OptOuts:
                context.Ask(new ControlRequest.LoadOptOuts(context.Tenant));
                break;
            default:
                context.Say(ControlText.NotUnderstood);
                break;
        }
    }

    public static void ShowMenu(ControlContext context)
    {
        List<ControlRow?> rows =
        [
            Row(context, ControlVerb.Campaigns, ControlText.RowCampaigns, ControlText.HintCampaigns),
            context.May(ControlTrigger.AskLaunchCode) ? Row(context, ControlVerb.Launch, ControlText.RowLaunch, ControlText.HintLaunch) : null,
            context.May(ControlTrigger.PauseOrResume) ? Row(context, ControlVerb.Pause, ControlText.RowPause, ControlText.HintPause) : null,
            context.May(ControlTrigger.PauseOrResume) ? Row(context, ControlVerb.Resume, ControlText.RowResume, ControlText.HintResume) : null,
            context.May(ControlTrigger.AskCancelCode) ? Row(context, ControlVerb.Cancel, ControlText.RowCancel, ControlText.HintCancel) : null,
            Row(context, ControlVerb.Templates, ControlText.RowTemplates, ControlText.HintTemplates),
            Row(context, ControlVerb.OptOuts, ControlText.RowOptOuts, ControlText.HintOptOuts),
            Row(context, ControlVerb.Language, ControlText.RowLanguage, ControlText.HintLanguage),
            context.Links.Count > 1 ? Row(context, ControlVerb.Switch, ControlText.RowSwitch, ControlText.HintSwitch) : null,
            Row(context, ControlVerb.Help, ControlText.RowHelp, ControlText.HintHelp),
        ];
        context.Reply(ControlReply.WithList(
            context.Texts.Get(ControlText.MenuText, context.Link!.TenantName), context.Texts[ControlText.MenuButton], [.. rows.OfType<ControlRow>()]));
    }

    /// <summary>True if a question was answered with no: then nothing happens.</summary>
    public static bool TryDecline(ControlContext context, ControlCommand command)
    {
        if (command.Verb != ControlVerb.No)
            return false;
        context.Rest();
        context.Say(ControlText.Declined);
        return true;
    }

    public static bool TryChooseLanguage(ControlContext context, ControlCommand command)
    {
        if (command.Verb != ControlVerb.None || FindLanguage(command) is not { } language)
            return false;
        if (context.TryMove(ControlTrigger.ChooseLanguage))
            context.Ask(new ControlRequest.SetLanguage(context.Tenant, language));
        return true;
    }

    public static void AfterLanguage(ControlContext context, string language)
    {
        context.ChangeLinks(
            [.. context.Links.Select(link => link.Tenant == context.Tenant ? link with { Language = language } : link)], context.Tenant);
        context.Rest();
        context.Say(ControlText.LanguageSet);
    }

    public static void SayTemplates(ControlContext context, IReadOnlyList<TemplateCard> templates)
    {
        if (templates.Count == 0)
        {
            context.Say(ControlText.TemplatesNone);
            return;
        }
        var lines = templates.Select(card => context.Texts.Get(ControlText.TemplateLine, card.Name, card.Language, context.Texts.State(card.State)));
        context.Reply(ControlReply.WithButtons(
            string.Join('\n', lines.Prepend(context.Texts[ControlText.TemplatesTitle])), context.Button(ControlVerb.Menu, ControlText.ButtonMenu)));
    }

    public static void SayOptOuts(ControlContext context, ControlAnswer.OptOuts figures)
    {
        var texts = context.Texts;
        context.Say(
            ControlText.OptOutCounts,
            context.Link!.TenantName,
            texts.Number(figures.LastDay),
            texts.Number(figures.LastWeek),
            texts.Number(figures.Total));
    }

    private static void AskLanguage(ControlContext context, ControlCommand command)
    {
        context.Session.Forget();
        if (FindLanguage(command) is { } language)
        {
            context.Rest();
            context.Ask(new ControlRequest.SetLanguage(context.Tenant, language));
            return;
        }
        context.TryMove(ControlTrigger.AskLanguage);
        context.Reply(ControlReply.WithButtons(
            context.Texts[ControlText.AskLanguage],
            [.. LanguageNames.Select(each => new ControlButton(ControlVocabulary.Id(ControlVerb.Language, each.Language), each.Name))]));
    }

    private static string? FindLanguage(ControlCommand command)
    {
        if (command.RowNumber is > 0 and var number && number <= LanguageNames.Length)
            return LanguageNames[number - 1].Language;
        var wanted = KeywordNormalizer.Normalize(command.Argument);
        return wanted.Length == 0
            ? null
            : LanguageNames.FirstOrDefault(each => KeywordNormalizer.Normalize(each.Words).Split(' ').Contains(wanted)).Language;
    }

    private static ControlRow Row(ControlContext context, ControlVerb verb, ControlText title, ControlText hint) =>
        new(ControlVocabulary.Id(verb), context.Texts[title], context.Texts[hint]);
}
