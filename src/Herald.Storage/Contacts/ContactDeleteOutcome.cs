namespace Herald.Storage.Contacts;

/// <summary>What became of a contact that was to be deleted.</summary>
public enum ContactDeleteOutcome
{
    /// <summary>It is gone.</summary>
    Deleted = 1,

    /// <summary>The tenant has no such contact.</summary>
    Absent = 2,

    /// <summary>It has another version; nothing was changed.</summary>
    Conflict = 3,
}
