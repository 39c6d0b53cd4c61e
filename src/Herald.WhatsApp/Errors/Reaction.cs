namespace Herald.WhatsApp.Errors;

/// <summary>The one thing Herald does about an error of Meta's.</summary>
public enum Reaction
{
    /// <summary>The message fails for good; nothing else stops.</summary>
    FailMessage,

    /// <summary>It was not sent and may be sent again after a growing pause.</summary>
    RetryWithBackoff,

    /// <summary>It was not sent; the sender goes slower and sends it again.</summary>
    SlowDownSender,

    /// <summary>It was not sent; it may be sent again once a state at Meta has passed, minutes from now.</summary>
    RetryLater,

    /// <summary>It was not sent; this contact has had too many messages in seconds and gets it later.</summary>
    WaitForContact,

    /// <summary>It fails, and this contact gets no marketing for at least a day.</summary>
    HoldContact,

    /// <summary>It fails; this contact's 24 hour window is closed and only templates may go to them.</summary>
    CloseWindow,

    /// <summary>It fails; this contact cannot be reached on WhatsApp.</summary>
    MarkContactUnreachable,

    /// <summary>It fails; this contact stopped marketing from this sender.</summary>
    OptOut,

    /// <summary>It fails; the account may send to nobody in this contact's country, and what else falls due for it within a day fails without being tried.</summary>
    CloseCountry,

    /// <summary>
    /// The template can't be sent now; its campaigns pause. With the scope of an account no template of its category can be: all campaigns of the account with
    /// such templates pause.
    /// </summary>
    PauseTemplate,

    /// <summary>The phone number may send no marketing for hours; the rest goes on, slowly.</summary>
    StopMarketing,

    /// <summary>The phone number can't send now; all its sending pauses.</summary>
    PauseSender,

    /// <summary>The tenant lacks a permission or a payment; its sending pauses until a person has acted.</summary>
    PauseTenant,

    /// <summary>The token is dead; the tenant must connect again.</summary>
    DisconnectToken,

    /// <summary>Meta locked the account; all its sending stops and a person must appeal.</summary>
    LockAccount,

    /// <summary>Nobody knows whether it was sent: it is never repeated by itself.</summary>
    UnknownOutcome,
}
