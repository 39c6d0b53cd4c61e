namespace Herald.Storage.Contacts;

/// <summary>The kinds of contact_identities.</summary>
internal enum IdentityKind
{
    Phone = 1,
    UserId = 2,
    ParentUserId = 3,
    Username = 4,
}
