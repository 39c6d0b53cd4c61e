using Herald.Domain.Senders;

namespace Herald.Storage.Tenants;

/// <summary>What a sender's owner knows of its pace, so that a restart and the next owner go on with it.</summary>
public interface ISenderPaceStore
{
    /// <summary>
    /// Writes the rows in one statement. A row is left out when the node does not hold the sender's lease under the row's epoch, or when a later
    /// epoch has written. How many were written.
    /// </summary>
    Task<int> SaveAsync(IReadOnlyCollection<SenderPaceRow> rows, string node, CancellationToken ct);

    /// <summary>The rows of these senders, whichever of them have one, in any order.</summary>
    Task<IReadOnlyList<SenderPaceRow>> ListAsync(IReadOnlyCollection<SenderId> senders, CancellationToken ct);
}
