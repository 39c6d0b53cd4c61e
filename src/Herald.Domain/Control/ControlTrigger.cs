namespace Herald.Domain.Control;

/// <summary>What moves the conversation.</summary>
internal enum ControlTrigger
{
    /// <summary>The phone was linked to a tenant.</summary>
    Link = 1,

    /// <summary>The phone is linked to no tenant any more.</summary>
    Unlink = 2,

    /// <summary>Back to the menu: asked for, answered, or given up.</summary>
    ShowMenu = 3,

    /// <summary>Which tenant is meant must be asked.</summary>
    AskTenant = 4,

    /// <summary>A tenant was chosen.</summary>
    ChooseTenant = 5,

    /// <summary>A list of campaigns, or its next page, is shown.</summary>
    OfferCampaigns = 6,

    /// <summary>A campaign is to be paused or resumed.</summary>
    PauseOrResume = 7,

    /// <summary>A one-time code for launching is given out.</summary>
    AskLaunchCode = 8,

    /// <summary>A one-time code for cancelling is given out.</summary>
    AskCancelCode = 9,

    /// <summary>The code was typed back rightly and in time.</summary>
    CodeRight = 10,

    /// <summary>A wrong code, with tries left.</summary>
    CodeWrong = 11,

    /// <summary>The code ran out, or its tries are used up.</summary>
    CodeSpent = 12,

    /// <summary>Which language is wanted is asked.</summary>
    AskLanguage = 13,

    /// <summary>A language was chosen.</summary>
    ChooseLanguage = 14,

    /// <summary>Whether to opt a contact out is asked.</summary>
    AskOptOut = 15,

    /// <summary>Whether to unlink is asked.</summary>
    AskUnlink = 16,

    /// <summary>Yes.</summary>
    Confirm = 17,
}
