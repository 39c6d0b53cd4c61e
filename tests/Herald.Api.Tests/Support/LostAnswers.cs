using Herald.Storage;

namespace Herald.Api.Tests.Support;

/// <summary>Crashes between an effect and its answer.</summary>
public static class LostAnswers
{
    /// <summary>Brings the request into the state that such a crash leaves. How many answers were forgotten.</summary>
    public static Task<int> ForgetAnswerAsync(this ApiHost host, string requestId) => host.Get<IDatabase>().WriteAsync(
        async (connection, transaction) =>
        {
            await using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "UPDATE idempotent_requests SET response = NULL WHERE request_id = @id";
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@id", requestId);
            command.Parameters.Add(parameter);
            return await command.ExecuteNonQueryAsync();
        },
        CancellationToken.None);
}
