namespace Herald.Storage.Contacts;

/// <summary>What became of a contact that was to be written.</summary>
public enum ContactWriteOutcome
{
    /// <summary>It was written.</summary>
    Written = 1,

    /// <summary>The tenant has a contact of that id; nothing was changed.</summary>
    IdExists = 2,

    /// <summary>Another contact of the tenant has one of the identities; nothing was changed.</summary>
    IdentityTaken = 3,

    /// <summary>The contact is absent or was changed meanwhile; nothing was changed.</summary>
    Conflict = 4,
}
