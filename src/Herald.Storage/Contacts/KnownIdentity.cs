using Herald.Domain.Contacts;

namespace Herald.Storage.Contacts;

/// <summary>An identity that a contact has.</summary>
internal readonly record struct KnownIdentity(ContactId ContactId, IdentityKind Kind, string Value);
