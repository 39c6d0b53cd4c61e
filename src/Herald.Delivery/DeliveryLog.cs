using Herald.Domain.Campaigns;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Microsoft.Extensions.Logging;

namespace Herald.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(2001, LogLevel.Information, "Sender {Tenant}/{Sender} is owned by this node now (epoch {Epoch}).")]
    public static partial void SenderOwned(this ILogger log, TenantId tenant, SenderId sender, long epoch);

    [LoggerMessage(2002, LogLevel.Information, "Sender {Tenant}/{Sender} is let go of.")]
    public static partial void SenderLetGo(this ILogger log, TenantId tenant, SenderId sender);

    [LoggerMessage(2003, LogLevel.Warning, "The database cannot be used now by {Loop}; trying again.")]
    public static partial void StorageUnavailable(this ILogger log, Exception error, string loop);

    [LoggerMessage(2004, LogLevel.Warning, "Sender {Tenant}/{Sender} was stopped with {InFlight} requests in flight; they become UNKNOWN.")]
    public static partial void DrainTimedOut(this ILogger log, TenantId tenant, SenderId sender, int inFlight);

    [LoggerMessage(2005, LogLevel.Information, "Campaign {Tenant}/{Campaign}: {Added} more recipients frozen, done: {Done}.")]
    public static partial void AudienceFrozen(this ILogger log, TenantId tenant, CampaignId campaign, int added, bool done);

    [LoggerMessage(2006, LogLevel.Information, "Campaign {Tenant}/{Campaign} is complete.")]
    public static partial void CampaignCompleted(this ILogger log, TenantId tenant, CampaignId campaign);

    [LoggerMessage(2007, LogLevel.Debug, "Message {Tenant}/{Message} settled as {Outcome}, code {Code}.")]
    public static partial void MessageSettled(this ILogger log, TenantId tenant, MessageId message, string outcome, int code);

    [LoggerMessage(2008, LogLevel.Warning, "{Count} claimed messages had no outcome when their claim ended; they are UNKNOWN now.")]
    public static partial void ClaimsExpired(this ILogger log, int count);

    [LoggerMessage(2009, LogLevel.Warning, "The database cannot be used now for: {What}; trying again.")]
    public static partial void StorageRetried(this ILogger log, Exception error, string what);

    [LoggerMessage(2010, LogLevel.Warning, "Sender {Tenant}/{Sender} slows down after code {Code}: {Rate} messages a second now.")]
    public static partial void SenderSlowedDown(this ILogger log, TenantId tenant, SenderId sender, int code, double rate);

    [LoggerMessage(2016, LogLevel.Information, "Campaign {Tenant}/{Campaign} goes on: {Cause} is over.")]
    public static partial void CampaignLifted(this ILogger log, TenantId tenant, CampaignId campaign, string cause);

    [LoggerMessage(2017, LogLevel.Information, "Sender {Tenant}/{Sender} was looked at: its number is {Status} at WhatsApp.")]
    public static partial void SenderChecked(this ILogger log, TenantId tenant, SenderId sender, string status);

    [LoggerMessage(2014, LogLevel.Information, "The grace time of {Count} messages without an outcome is over; {Resent} of them go once more.")]
    public static partial void GraceEnded(this ILogger log, int count, int resent);

    [LoggerMessage(2013, LogLevel.Information, "{Count} queued messages of ended campaigns were cancelled.")]
    public static partial void OrphansCancelled(this ILogger log, int count);

    [LoggerMessage(2040, LogLevel.Information, "{Count} queued messages had become too late to send; they are EXPIRED now.")]
    public static partial void MessagesExpired(this ILogger log, int count);

    [LoggerMessage(2041, LogLevel.Information, "Sender {Tenant}/{Sender} has another level at Meta: {Rate} messages a second now.")]
    public static partial void LevelChanged(this ILogger log, TenantId tenant, SenderId sender, int rate);

    [LoggerMessage(2042, LogLevel.Information, "{Count} messages that the limit of a portfolio had put off are due now: there is room for them.")]
    public static partial void MessagesBroughtForward(this ILogger log, int count);

    [LoggerMessage(2050, LogLevel.Warning, "The settings of tenant {Tenant} cannot be read now; what hangs on them waits.")]
    public static partial void SettingsUnavailable(this ILogger log, Exception error, TenantId tenant);

    [LoggerMessage(2044, LogLevel.Warning, "Sender {Tenant}/{Sender}: WhatsApp does not answer, or only that it fails (code {Code}); single messages find out when it does again.")]
    public static partial void MetaDoesNotAnswer(this ILogger log, TenantId tenant, SenderId sender, int code);

    [LoggerMessage(2045, LogLevel.Information, "Sender {Tenant}/{Sender}: WhatsApp answers again; {Rate} messages a second now.")]
    public static partial void MetaAnswersAgain(this ILogger log, TenantId tenant, SenderId sender, double rate);
}
