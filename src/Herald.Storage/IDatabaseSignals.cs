namespace Herald.Storage;

/// <summary>
/// Hints that something changed, so that loops need not poll often. A signal may come twice, late, or, when a connection breaks, be
/// replaced by one with the empty payload, which means "look at everything". It never carries data that matters.
/// </summary>
public interface IDatabaseSignals
{
    /// <summary>
    /// Calls <paramref name="onSignal"/> with the payload of every signal on <paramref name="channel"/> until the result is disposed.
    /// The call must return at once and must not throw.
    /// </summary>
    IDisposable Subscribe(string channel, Action<string> onSignal);

    /// <summary>
    /// False while signals on <paramref name="channel"/> may pass unheard by this node, and that is known: from then on until its subscribers are told
    /// to look at everything. What must not happen after a signal that may have been missed, must not happen meanwhile. Nobody hears a channel
    /// that nobody here has subscribed to.
    /// </summary>
    bool Hears(string channel);

    /// <summary>Tells all subscribers on all nodes now, outside any transaction.</summary>
    Task PublishAsync(string channel, string payload, CancellationToken ct);
}
