using Herald.Storage.Keys;

namespace Herald.Testing;

/// <summary>The same key in every test.</summary>
public sealed class TestIdentityKey : IIdentityKey
{
    private static readonly byte[] Key = new byte[32];

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>> GetAsync(CancellationToken ct) => ValueTask.FromResult<ReadOnlyMemory<byte>>(Key);
}
