using Herald.Storage;
using Herald.Storage.Messages;
using Microsoft.Extensions.Logging;

namespace Herald.Delivery.Messages;

/// <summary>Writes outcomes, many in one commit; returns when the outcome is durable.</summary>
internal sealed class Settlements : IAsyncDisposable
{
    private readonly GroupCommitWriter<Settlement> _writer;
    private readonly StorageRetry _retry;
    private readonly ILogger<Settlements> _log;

    public Settlements(IMessageStore messages, StorageRetry retry, TimeProvider time, ILogger<Settlements> log)
    {
        _retry = retry;
        _log = log;
        _writer = new GroupCommitWriter<Settlement>("settlements", new GroupCommitOptions(), messages.SettleAsync, time);
    }

    public async Task WriteAsync(Settlement settlement)
    {
        await _retry.RunAsync("settling a message", async () =>
        {
            await _writer.WriteAsync(settlement, CancellationToken.None);
            return true;
        });
        _log.MessageSettled(settlement.TenantId, settlement.MessageId, settlement.Outcome.ToString(), settlement.ErrorCode);
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
