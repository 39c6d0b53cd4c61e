using System.Globalization;
using System.Text;
using Herald.Domain.Campaigns;

namespace Herald.Domain.Control;

/// <summary>One-time codes: given out with what they confirm, typed back once, within their time.</summary>
internal static class ControlCodes
{
    private const int ShortCodeLength = 4;
    private const int LongCodeLength = 6;

    /// <summary>Gives out a new code for a campaign and makes any older one void.</summary>
    public static void GiveOut(ControlContext context, CampaignCard card)
    {
        var session = context.Session;
        var length = card.Recipients >= ControlLimits.LongCodeRecipientsMin ? LongCodeLength : ShortCodeLength;
        var code = new StringBuilder(length);
        for (var i = 0; i < length; i++)
            code.Append(context.Random.Next(10).ToString(CultureInfo.InvariantCulture));

        session.Forget();
        session.Campaign = card.Id.Value;
        session.CampaignName = card.Name;
        session.CampaignRecipients = card.Recipients;
        session.Code = code.ToString();
        session.CodeExpireTime = context.Facts.Now + ControlLimits.CodeLifetime;
    }

    public static bool TryAnswer(ControlContext context, ControlCommand command)
    {
        // CANCEL alone, while something waits to be confirmed, is meant for that.
        if (command is { Verb: ControlVerb.Cancel, Argument.Length: 0 })
            return ControlMenus.TryDecline(context, command with { Verb = ControlVerb.No });
        if (command.Verb == ControlVerb.Yes)
        {
            context.Say(ControlText.CodeAwaited);
            return true;
        }
        if (command is not { Verb: ControlVerb.None, Digits: { } digits })
            return ControlMenus.TryDecline(context, command);
        Check(context, digits);
        return true;
    }

    private static void Check(ControlContext context, string digits)
    {
        var session = context.Session;
        if (session.CodeExpireTime is not { } expireTime || expireTime <= context.Facts.Now)
            Spend(context, ControlText.CodeExpired);
        else if (string.Equals(digits, session.Code, StringComparison.Ordinal))
            Accept(context);
        else if (++session.CodeFailures >= ControlLimits.CodeTriesMax)
            Spend(context, ControlText.CodeSpent);
        else if (context.TryMove(ControlTrigger.CodeWrong))
            context.Say(ControlText.CodeWrong, context.Texts.Number(ControlLimits.CodeTriesMax - session.CodeFailures));
    }

    private static void Spend(ControlContext context, ControlText text)
    {
        context.TryMove(ControlTrigger.CodeSpent);
        context.Session.Forget();
        context.Say(text);
    }

    private static void Accept(ControlContext context)
    {
        var session = context.Session;
        var isLaunch = session.State == ControlState.ConfirmingLaunch;
        if (!context.TryMove(ControlTrigger.CodeRight))
            return;
        session.Code = string.Empty;
        session.CodeExpireTime = null;
        var campaign = new CampaignId(session.Campaign ?? throw new InvalidOperationException("A code was out for no campaign."));
        context.Ask(isLaunch
            ? new ControlRequest.LaunchCampaign(context.Tenant, campaign, context.Facts.Now + context.Facts.UndoWindow, session.IsSpreadShown)
            : new ControlRequest.CancelCampaign(context.Tenant, campaign, IsUndo: false));
    }
}
