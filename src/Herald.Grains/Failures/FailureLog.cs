using Herald.Domain.Campaigns;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Microsoft.Extensions.Logging;

namespace Herald.Grains.Failures;

internal static partial class FailureLog
{
    [LoggerMessage(2011, LogLevel.Warning, "Sender {Tenant}/{Sender} moved to {State} after code {Code}.")]
    public static partial void SenderMoved(this ILogger log, TenantId tenant, SenderId sender, string state, int code);

    [LoggerMessage(2012, LogLevel.Warning, "Campaign {Tenant}/{Campaign} is paused after code {Code}.")]
    public static partial void CampaignPaused(this ILogger log, TenantId tenant, CampaignId campaign, int code);

    [LoggerMessage(2043, LogLevel.Warning, "Campaign {Tenant}/{Campaign} is paused: {Cause}.")]
    public static partial void CampaignHalted(this ILogger log, TenantId tenant, CampaignId campaign, string cause);

    [LoggerMessage(2046, LogLevel.Warning, "Sender {Tenant}/{Sender} sends nothing to addresses that begin with {Prefix} for a day after code {Code}.")]
    public static partial void CountryClosed(this ILogger log, TenantId tenant, SenderId sender, string prefix, int code);

    [LoggerMessage(2015, LogLevel.Information, "Sender {Tenant}/{Sender} can send again.")]
    public static partial void SenderRecovered(this ILogger log, TenantId tenant, SenderId sender);
}
