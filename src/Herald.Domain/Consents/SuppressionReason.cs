namespace Herald.Domain.Consents;

/// <summary>Why a message was not sent to a contact.</summary>
public enum SuppressionReason
{
    /// <summary>It may be sent.</summary>
    None = 0,

    /// <summary>Marketing needs a recorded opt-in, and there is none.</summary>
    NoOptIn = 1,

    /// <summary>The contact revoked this purpose for the whole tenant.</summary>
    OptedOut = 2,

    /// <summary>The contact stopped marketing from this sender in WhatsApp's own settings.</summary>
    SenderPreference = 3,

    /// <summary>The contact has no identity that a message can be sent to.</summary>
    NoAddress = 4,

    /// <summary>The tenant or an operator barred the contact from all messages.</summary>
    Restricted = 5,

    /// <summary>The contact's data was erased; the opt-out outlives it as a keyed hash.</summary>
    Erased = 6,

    /// <summary>The same person is in the audience already under another identity.</summary>
    Duplicate = 7,

    /// <summary>It is no template, and when its turn came, the time in which such messages may go had passed.</summary>
    WindowClosed = 8,

    /// <summary>WhatsApp said that the contact cannot be reached; so until their address changes or they write.</summary>
    Unreachable = 9,
}
