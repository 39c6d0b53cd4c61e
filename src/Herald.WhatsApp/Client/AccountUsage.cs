namespace Herald.WhatsApp.Client;

/// <summary>What X-Business-Use-Case-Usage tells of one account.</summary>
/// <param name="AccountId">The WhatsApp Business Account.</param>
/// <param name="CallPercent">Share of its calls that are used, 100 at the limit.</param>
/// <param name="RegainAccess">How long it is shut out; zero while it is not.</param>
internal readonly record struct AccountUsage(string AccountId, int CallPercent, TimeSpan RegainAccess);
