namespace Herald.Domain.Control;

/// <summary>Where the conversation with an owner stands. Stored as these numbers.</summary>
public enum ControlState
{
    /// <summary>The phone is linked to no tenant.</summary>
    Unlinked = 1,

    /// <summary>The phone is linked: what the states below have in common. A session is always in one of those.</summary>
    Linked = 2,

    /// <summary>Waits for a command.</summary>
    Menu = 3,

    /// <summary>The phone is linked to several tenants, and one must be chosen.</summary>
    ChoosingTenant = 4,

    /// <summary>A list of campaigns is shown.</summary>
    ChoosingCampaign = 5,

    /// <summary>Waits for the one-time code that launches.</summary>
    ConfirmingLaunch = 6,

    /// <summary>Waits for the one-time code that cancels.</summary>
    ConfirmingCancel = 7,

    /// <summary>Waits for a language.</summary>
    ChoosingLanguage = 8,

    /// <summary>Waits for a yes to an opt-out of one contact.</summary>
    ConfirmingOptOut = 9,

    /// <summary>Waits for a yes to unlinking this phone.</summary>
    ConfirmingUnlink = 10,
}
