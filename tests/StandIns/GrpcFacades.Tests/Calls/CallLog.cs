using System.Collections.Concurrent;

namespace GrpcFacades.Tests.Calls;

/// <summary>What interceptors saw, in order.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyCollection<string> Entries => _entries;

    public void Add(string entry) => _entries.Enqueue(entry);
}
