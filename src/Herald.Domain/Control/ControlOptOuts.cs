using Herald.Domain.Contacts;

namespace Herald.Domain.Control;

/// <summary>Opting a person out on the owner's word.</summary>
internal static class ControlOptOuts
{
    /// <summary>By a typed phone number, or by a contact that a suggestion named.</summary>
    public static void Start(ControlContext context, ControlCommand command)
    {
        context.Rest();
        if (command is { IsTapped: true, Id: { } contact })
        {
            if (!context.TryMove(ControlTrigger.AskOptOut))
                return;
            context.Session.OptOutContact = contact;
            AskYes(context, context.Texts.Get(ControlText.AskOptOutContact, context.Link!.TenantName));
            return;
        }

        var phone = PhoneNumber.Parse(command.Argument, defaultRegion: null);
        if (!phone.IsValid)
        {
            context.Say(phone.Error == PhoneNumberError.Empty ? ControlText.OptOutUsage : ControlText.OptOutBadPhone);
            return;
        }
        if (!context.TryMove(ControlTrigger.AskOptOut))
            return;
        context.Session.OptOutPhone = phone.Number.Digits;
        AskYes(context, context.Texts.Get(ControlText.AskOptOut, phone.Number.Display, context.Link!.TenantName));
    }

    public static bool TryAnswer(ControlContext context, ControlCommand command)
    {
        if (command.Verb != ControlVerb.Yes)
            return ControlMenus.TryDecline(context, command);
        if (!context.TryMove(ControlTrigger.Confirm))
            return true;
        if (context.Session.OptOutContact is { } contact)
            context.Ask(new ControlRequest.OptOutContact(context.Tenant, new ContactId(contact)));
        else if (PhoneNumber.TryFromDigits(context.Session.OptOutPhone, out var phone))
            context.Ask(new ControlRequest.OptOutPhone(context.Tenant, phone));
        else
            throw new InvalidOperationException("An opt-out was confirmed that nobody was named for.");
        return true;
    }

    private static void AskYes(ControlContext context, string text) => context.Reply(ControlReply.WithButtons(
        text, context.Button(ControlVerb.Yes, ControlText.ButtonYes), context.Button(ControlVerb.No, ControlText.ButtonNo)));
}
