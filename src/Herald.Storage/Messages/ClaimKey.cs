using Herald.Domain.Messages;

namespace Herald.Storage.Messages;

/// <summary>One claim of a message, which no later claim of it equals.</summary>
/// <param name="MessageId">The message.</param>
/// <param name="Attempt">The claim's count, from 1.</param>
public readonly record struct ClaimKey(MessageId MessageId, int Attempt);
