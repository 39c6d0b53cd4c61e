namespace Herald.Storage.Tenants;

/// <summary>What became of a sender that was to be added.</summary>
public enum SenderInsertResult
{
    /// <summary>It was added.</summary>
    Inserted = 1,

    /// <summary>The tenant has a sender of that id; nothing was changed.</summary>
    IdExists = 2,

    /// <summary>Some tenant, this one or another, has that phone number id; nothing was changed.</summary>
    PhoneNumberTaken = 3,
}
