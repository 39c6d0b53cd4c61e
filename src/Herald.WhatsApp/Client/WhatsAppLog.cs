using Herald.WhatsApp.Errors;
using Microsoft.Extensions.Logging;

namespace Herald.WhatsApp.Client;

/// <summary>Log lines of the client: ids of accounts and numbers, codes and trace ids. A message id is left out, since it encodes the phone number.</summary>
internal static partial class WhatsAppLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Call} of node {NodeId} answered {HttpStatus}")]
    public static partial void Answered(ILogger logger, string call, string nodeId, int httpStatus);

    [LoggerMessage(2, LogLevel.Debug, "{Call} of node {NodeId} refused: code {Code}, subcode {Subcode}, HTTP {HttpStatus}, trace {TraceId}, reaction {Reaction}")]
    public static partial void Refused(
        ILogger logger, string call, string nodeId, int? code, int? subcode, int httpStatus, string? traceId, Reaction reaction);

    [LoggerMessage(3, LogLevel.Information, "{Call} of node {NodeId} has an unknown outcome: {Kind}, HTTP {HttpStatus}")]
    public static partial void OutcomeUnknown(ILogger logger, string call, string nodeId, UnknownKind kind, int? httpStatus);

    [LoggerMessage(4, LogLevel.Information, "{Call} of node {NodeId} was not sent: {Kind}")]
    public static partial void NotSent(ILogger logger, string call, string nodeId, NotSentKind kind);
}
