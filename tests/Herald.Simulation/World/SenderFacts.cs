namespace Herald.Simulation.World;

/// <summary>One number of one business.</summary>
internal sealed record SenderFacts(string Tenant, string Id, string PhoneNumberId, string Token);
