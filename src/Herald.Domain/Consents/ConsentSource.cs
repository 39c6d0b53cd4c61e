namespace Herald.Domain.Consents;

/// <summary>Where a consent event came from.</summary>
public enum ConsentSource
{
    /// <summary>A file of contacts; never lifts a revoke.</summary>
    Import = 1,

    /// <summary>A partner system.</summary>
    Api = 2,

    /// <summary>A word typed by the contact.</summary>
    Keyword = 3,

    /// <summary>A button or list reply tapped by the contact.</summary>
    Button = 4,

    /// <summary>WhatsApp's own preference or an error that reports it.</summary>
    Meta = 5,

    /// <summary>An owner, on the control number.</summary>
    OwnerChat = 6,

    /// <summary>A person in the web console.</summary>
    Console = 7,

    /// <summary>A refusal of an erased person, kept as a keyed hash, who is a contact again.</summary>
    Erasure = 8,
}
