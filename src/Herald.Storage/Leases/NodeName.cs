namespace Herald.Storage.Leases;

/// <summary>This process in lease rows and journals: machine, process id and a random part, so that a restart is another node.</summary>
public sealed record NodeName(string Value);
