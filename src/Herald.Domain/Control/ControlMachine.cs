using Herald.Domain.Tenants;
using Stateless;

namespace Herald.Domain.Control;

/// <summary>
/// The table of the conversation, drawn in ControlConversation.md. Commands may be given at any time, so what they lead to is
/// declared once, on Linked; a guard stands for each thing that a role may not do.
/// </summary>
internal static class ControlMachine
{
    public static StateMachine<ControlState, ControlTrigger> Create(Func<ControlState> read, Action<ControlState> write, Func<OwnerRole?> role)
    {
        var machine = new StateMachine<ControlState, ControlTrigger>(read, write);
        // A lower number may do more; without a role nothing is allowed.
        bool IsManager() => role() <= OwnerRole.Manager;
        bool IsOwner() => role() <= OwnerRole.Owner;

        machine.Configure(ControlState.Unlinked)
            .Permit(ControlTrigger.Link, ControlState.Menu);
        machine.Configure(ControlState.Linked)
            .Permit(ControlTrigger.Link, ControlState.Menu)
            .Permit(ControlTrigger.Unlink, ControlState.Unlinked)
            .Permit(ControlTrigger.ShowMenu, ControlState.Menu)
            .Permit(ControlTrigger.AskTenant, ControlState.ChoosingTenant)
            .Permit(ControlTrigger.OfferCampaigns, ControlState.ChoosingCampaign)
            .PermitIf(ControlTrigger.PauseOrResume, ControlState.Menu, IsManager, "MANAGER or OWNER")
            .PermitIf(ControlTrigger.AskLaunchCode, ControlState.ConfirmingLaunch, IsManager, "MANAGER or OWNER")
            .PermitIf(ControlTrigger.AskCancelCode, ControlState.ConfirmingCancel, IsOwner, "OWNER")
            .PermitIf(ControlTrigger.AskOptOut, ControlState.ConfirmingOptOut, IsManager, "MANAGER or OWNER")
            .Permit(ControlTrigger.AskLanguage, ControlState.ChoosingLanguage)
            .Permit(ControlTrigger.AskUnlink, ControlState.ConfirmingUnlink);
        machine.Configure(ControlState.Menu).SubstateOf(ControlState.Linked);
        machine.Configure(ControlState.ChoosingTenant).SubstateOf(ControlState.Linked)
            .Permit(ControlTrigger.ChooseTenant, ControlState.Menu);
        machine.Configure(ControlState.ChoosingCampaign).SubstateOf(ControlState.Linked);
        machine.Configure(ControlState.ConfirmingLaunch).SubstateOf(ControlState.Linked)
            .PermitIf(ControlTrigger.CodeRight, ControlState.Menu, IsManager, "MANAGER or OWNER")
            .PermitReentry(ControlTrigger.CodeWrong)
            .Permit(ControlTrigger.CodeSpent, ControlState.Menu);
        machine.Configure(ControlState.ConfirmingCancel).SubstateOf(ControlState.Linked)
            .PermitIf(ControlTrigger.CodeRight, ControlState.Menu, IsOwner, "OWNER")
            .PermitReentry(ControlTrigger.CodeWrong)
            .Permit(ControlTrigger.CodeSpent, ControlState.Menu);
        machine.Configure(ControlState.ChoosingLanguage).SubstateOf(ControlState.Linked)
            .Permit(ControlTrigger.ChooseLanguage, ControlState.Menu);
        machine.Configure(ControlState.ConfirmingOptOut).SubstateOf(ControlState.Linked)
            .PermitIf(ControlTrigger.Confirm, ControlState.Menu, IsManager, "MANAGER or OWNER");
        machine.Configure(ControlState.ConfirmingUnlink).SubstateOf(ControlState.Linked)
            .Permit(ControlTrigger.Confirm, ControlState.Menu);
        return machine;
    }
}
