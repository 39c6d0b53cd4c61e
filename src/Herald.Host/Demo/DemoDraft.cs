namespace Herald.Host.Demo;

/// <summary>A campaign that is ready to be launched by the person at the terminal.</summary>
/// <param name="Key">The API key of its tenant.</param>
/// <param name="Campaign">Its resource name.</param>
internal sealed record DemoDraft(string Key, string Campaign);
