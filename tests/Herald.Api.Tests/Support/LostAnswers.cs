using Herald.Domain.Messages;
using Herald.Storage;

namespace Herald.Api.Tests.Support;

/// <summary>Crashes between an effect and its answer.</summary>
public static class LostAnswers
{
    /// <summary>Brings the request into the state that such a crash leaves. How many answers were forgotten.</summary>
    public static Task<int> ForgetAnswerAsync(this ApiHost host, string requestId) =>
        ExecuteAsync(host, "UPDATE idempotent_requests SET response = NULL WHERE request_id = @id", requestId);

    /// <summary>Together with the answer it leaves what a crash before the effect does. On SQLite. How many messages were forgotten.</summary>
    public static Task<int> ForgetMessageAsync(this ApiHost host, MessageId message) =>
        ExecuteAsync(host, "DELETE FROM messages WHERE message_id = @id", message.Value.ToString("D").ToUpperInvariant());

    private static Task<int> ExecuteAsync(ApiHost host, string sql, string id) => host.Get<IDatabase>().WriteAsync(
        async (connection, transaction) =>
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@id", id);
            command.Parameters.Add(parameter);
            return await command.ExecuteNonQueryAsync();
        },
        CancellationToken.None);
}
