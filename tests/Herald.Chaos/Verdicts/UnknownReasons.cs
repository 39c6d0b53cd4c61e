using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Herald.Chaos.Verdicts;

/// <summary>Why messages are UNKNOWN, noted while they are: the row says something else once they have ended.</summary>
internal sealed class UnknownReasons
{
    // Message state 25 is Unknown.
    private const string ReasonsSql = "SELECT message_id AS messageid, state, error_code AS errorcode, error_detail AS errordetail FROM messages WHERE state = 25";

    private readonly ConcurrentDictionary<Guid, string> _details = new();

    /// <summary>What was said of it; null if it was never seen UNKNOWN.</summary>
    public string? Find(Guid message) => _details.TryGetValue(message, out var detail) ? detail : null;

    /// <summary>Looks at those that are UNKNOWN now, and returns how many.</summary>
    public async Task<int> LookAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        var messages = (await connection.QueryAsync<StoredMessage>(new CommandDefinition(ReasonsSql, cancellationToken: ct))).AsList();
        foreach (var message in messages)
            _details[message.MessageId] = message.ErrorDetail;
        return messages.Count;
    }
}
