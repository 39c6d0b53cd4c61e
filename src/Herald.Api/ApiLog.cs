using Microsoft.Extensions.Logging;

namespace Herald.Api;

/// <summary>Log lines of the API. Ids and reasons only: never a key's secret, a phone number, a token or a text.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(EventId = 4000, Level = LogLevel.Error, Message = "{Method} failed; the caller was told {CorrelationId}.")]
    public static partial void Failed(ILogger logger, string method, string correlationId, Exception exception);

    [LoggerMessage(EventId = 4001, Level = LogLevel.Warning, Message = "{Method} found the database unavailable.")]
    public static partial void Unavailable(ILogger logger, string method, Exception exception);

    [LoggerMessage(EventId = 4002, Level = LogLevel.Debug, Message = "{Method} was refused: {Reason}.")]
    public static partial void Refused(ILogger logger, string method, Contracts.Errors.V1.Reason reason);

    [LoggerMessage(EventId = 4003, Level = LogLevel.Information, Message = "{Method} was denied to the key {KeyId} of tenant {Tenant}: {Reason}.")]
    public static partial void Denied(ILogger logger, string method, string keyId, Domain.Tenants.TenantId tenant, Contracts.Errors.V1.Reason reason);
}
