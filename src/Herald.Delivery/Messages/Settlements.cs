using Herald.Storage;
using Herald.Storage.Messages;
using Microsoft.Extensions.Logging;

namespace Herald.Delivery.Messages;

/// <summary>
/// Writes outcomes, many in one commit. An outcome that cannot be written now is tried again until it is: the message's slot stays
/// taken meanwhile, so that a database that is away slows the sending down instead of losing what became of it.
/// </summary>
internal sealed class Settlements : IAsyncDisposable
{
    private readonly GroupCommitWriter<Settlement> _writer;
    private readonly TimeProvider _time;
    private readonly ILogger<Settlements> _log;

    public Settlements(IMessageStore messages, TimeProvider time, ILogger<Settlements> log)
    {
        _time = time;
        _log = log;
        _writer = new GroupCommitWriter<Settlement>("settlements", new GroupCommitOptions(), messages.SettleAsync, time);
    }

    public async Task WriteAsync(Settlement settlement)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            try
            {
                await _writer.WriteAsync(settlement, CancellationToken.None);
                _log.MessageSettled(settlement.TenantId, settlement.MessageId, settlement.Outcome.ToString(), settlement.ErrorCode);
                return;
            }
            catch (Exception error) when (TransientErrors.IsTransient(error))
            {
                _log.SettleRetried(error, 1);
                await Task.Delay(backoff.Next(), _time, CancellationToken.None);
            }
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
