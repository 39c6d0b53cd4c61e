using Herald.Domain.Tenants;

namespace Herald.Domain.Control;

/// <summary>Linking, unlinking, and choosing among several tenants.</summary>
internal static class ControlLinks
{
    private const int LinkCodeLength = 6;

    /// <summary>To a phone without link a bare code is a code, too.</summary>
    public static void Welcome(ControlContext context, ControlCommand command)
    {
        if (command is { Verb: ControlVerb.None, Digits.Length: LinkCodeLength })
            TryLink(context, command);
        else
            context.Reply(ControlReply.Plain(context.Texts[ControlText.Welcome]));
    }

    public static void TryLink(ControlContext context, ControlCommand command)
    {
        var session = context.Session;
        if (session.LinkBlockedUntil is { } until && until > context.Facts.Now)
        {
            var minutes = (long)Math.Ceiling((until - context.Facts.Now).TotalMinutes);
            context.Reply(ControlReply.Plain(context.Texts.Get(ControlText.LinkBlocked, context.Texts.Number(minutes))));
        }
        else if (command.Digits is { Length: LinkCodeLength } code)
        {
            context.Ask(new ControlRequest.LinkOwner(code));
        }
        else
        {
            context.Reply(ControlReply.Plain(context.Texts[context.Links.Count == 0 ? ControlText.Welcome : ControlText.LinkFailed]));
        }
    }

    public static void AfterLinking(ControlContext context, ControlAnswer.Linked answer)
    {
        var session = context.Session;
        if (answer.Link is not { } link)
        {
            session.LinkFailures++;
            if (session.LinkFailures >= ControlLimits.LinkTriesMax)
            {
                session.LinkFailures = 0;
                session.LinkBlockedUntil = context.Facts.Now + ControlLimits.LinkBlock;
            }
            context.Reply(ControlReply.Plain(context.Texts[ControlText.LinkFailed]));
            return;
        }

        session.LinkFailures = 0;
        session.LinkBlockedUntil = null;
        context.ChangeLinks([.. context.Links.Where(each => each.Tenant != link.Tenant), link], link.Tenant);
        context.Rest();
        context.Reply(ControlReply.Plain(context.Texts.Get(ControlText.LinkDone, link.TenantName, context.Texts.Role(link.Role))));
        ControlMenus.ShowMenu(context);
    }

    /// <summary>Takes what was sent as the choice of a tenant if it can be one; else asks.</summary>
    public static void ChooseTenant(ControlContext context, ControlCommand command)
    {
        if (FindLink(context, command) is not { } link)
        {
            AskTenant(context);
            return;
        }
        if (context.Session.State == ControlState.ChoosingTenant)
            context.TryMove(ControlTrigger.ChooseTenant);
        context.Choose(link);
        context.Rest();
        ControlMenus.ShowMenu(context);
    }

    /// <summary>A tenant is chosen already and was only going to be changed, so any other command may come instead.</summary>
    public static bool TryChooseTenant(ControlContext context, ControlCommand command)
    {
        if (command.Verb != ControlVerb.None)
            return false;
        ChooseTenant(context, command);
        return true;
    }

    public static void AskTenant(ControlContext context)
    {
        if (context.Links.Count == 0)
        {
            context.Reply(ControlReply.Plain(context.Texts[ControlText.Welcome]));
            return;
        }
        context.Session.Forget();
        context.TryMove(ControlTrigger.AskTenant);
        context.Reply(ControlReply.WithList(
            context.Texts[ControlText.ChooseTenant],
            context.Texts[ControlText.ListButton],
            [.. context.Links.Take(ControlLimits.RowsMax).Select(link => new ControlRow(
                ControlVocabulary.Id(ControlVerb.Switch, link.Tenant.ToString()), link.TenantName, context.Texts.Role(link.Role)))]));
    }

    public static void AskUnlink(ControlContext context)
    {
        context.Session.Forget();
        if (!context.TryMove(ControlTrigger.AskUnlink))
            return;
        context.Reply(ControlReply.WithButtons(
            context.Texts.Get(ControlText.AskUnlink, context.Link!.TenantName),
            context.Button(ControlVerb.Yes, ControlText.ButtonYes),
            context.Button(ControlVerb.No, ControlText.ButtonNo)));
    }

    public static bool TryAnswerUnlink(ControlContext context, ControlCommand command)
    {
        if (command.Verb == ControlVerb.Yes)
        {
            if (context.TryMove(ControlTrigger.Confirm))
                context.Ask(new ControlRequest.UnlinkOwner(context.Tenant));
            return true;
        }
        return ControlMenus.TryDecline(context, command);
    }

    public static void AfterUnlinking(ControlContext context, TenantId tenant)
    {
        var reply = ControlReply.Plain(context.Texts.Get(ControlText.Unlinked, context.Link!.TenantName));
        context.ChangeLinks([.. context.Links.Where(link => link.Tenant != tenant)], null);
        context.Reply(reply);
        if (context.Links.Count > 0 && context.Link is null)
            AskTenant(context);
        else if (context.Link is not null)
            ControlMenus.ShowMenu(context);
    }

    private static ControlLink? FindLink(ControlContext context, ControlCommand command)
    {
        if (command.Verb is not (ControlVerb.Switch or ControlVerb.None) || command.Argument.Length == 0)
            return null;
        if (command.IsTapped)
            return context.Links.FirstOrDefault(link => link.Tenant.Value == command.Id);
        if (command.RowNumber is > 0 and var number && number <= context.Links.Count)
            return context.Links[number - 1];
        var named = context.Links.Where(link => link.TenantName.Contains(command.Argument, StringComparison.OrdinalIgnoreCase)).ToList();
        return named.Count == 1 ? named[0] : null;
    }
}
