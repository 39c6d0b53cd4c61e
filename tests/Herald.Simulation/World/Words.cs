namespace Herald.Simulation.World;

/// <summary>What a person wrote to a business, and in which second by Meta's clock.</summary>
internal sealed record Words(string Tenant, string Contact, string Phone, string Text, long Seconds);
