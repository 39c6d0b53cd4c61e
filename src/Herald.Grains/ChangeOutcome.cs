using Orleans;

namespace Herald.Grains;

/// <summary>How a grain answered a command.</summary>
[GenerateSerializer]
public enum ChangeOutcome
{
    /// <summary>The change is written.</summary>
    Accepted = 0,

    /// <summary>The entity does not exist.</summary>
    NotFound = 1,

    /// <summary>The caller's version is not the current one.</summary>
    VersionMismatch = 2,

    /// <summary>The entity's state does not allow the command; <see cref="ChangeResult.AllowedStates"/> says which would.</summary>
    StateNotAllowed = 3,

    /// <summary>The campaign's template cannot be sent now.</summary>
    TemplateNotUsable = 4,

    /// <summary>The campaign's sender cannot send now.</summary>
    SenderNotUsable = 5,

    /// <summary>The campaign's contact list does not exist any more.</summary>
    ContactListNotUsable = 6,

    /// <summary>A value breaks a rule; <see cref="ChangeResult.Detail"/> names the field and the rule.</summary>
    Invalid = 7,

    /// <summary>An entity of that identity exists already.</summary>
    AlreadyExists = 8,
}
