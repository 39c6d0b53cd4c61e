namespace Herald.Domain.Tenants;

/// <summary>What an owner may do from WhatsApp. A lower number may do more.</summary>
public enum OwnerRole
{
    /// <summary>Everything.</summary>
    Owner = 1,

    /// <summary>See, launch, pause and resume.</summary>
    Manager = 2,

    /// <summary>See only.</summary>
    Viewer = 3,
}
