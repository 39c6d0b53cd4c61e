using Herald.Domain;
using Herald.Grains.Secrets;
using Herald.Storage;
using Herald.Storage.Keys;
using Herald.Testing;
using Microsoft.AspNetCore.DataProtection;

namespace Herald.Grains.Tests.Secrets;

public sealed class StoredIdentityKeyTests : IAsyncLifetime
{
    private readonly EphemeralDataProtectionProvider _ring = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync(DatabaseProvider.Sqlite);

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task The_key_is_made_once_and_is_the_same_for_every_node_after_every_start()
    {
        var nodes = Enumerable.Range(0, 8).Select(_ => KeyOf(_ring)).ToList();

        var keys = await Task.WhenAll(nodes.Select(node => Task.Run(async () => (await node.GetAsync(default)).ToArray())));
        var restarted = (await KeyOf(_ring).GetAsync(default)).ToArray();

        Assert.Equal(32, restarted.Length);
        Assert.Contains(restarted, one => one != 0);
        Assert.All(keys, key => Assert.Equal(restarted, key));
        var stored = await _database.Get<IIdentityKeyStore>().FindAsync(default);
        Assert.False(stored.AsSpan().IndexOf(restarted) >= 0, "The key lies readable in the database.");
    }

    [Fact]
    public async Task A_key_that_another_ring_encrypted_is_refused_with_what_to_restore_and_not_replaced()
    {
        await KeyOf(_ring).GetAsync(default);
        var before = await _database.Get<IIdentityKeyStore>().FindAsync(default);

        var refused = await Assert.ThrowsAsync<IdentityKeyException>(
            async () => await KeyOf(new EphemeralDataProtectionProvider()).GetAsync(default));

        Assert.Contains("data_protection_keys", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await _database.Get<IIdentityKeyStore>().FindAsync(default));
    }

    private StoredIdentityKey KeyOf(IDataProtectionProvider ring) => new(
        _database.Get<IIdentityKeyStore>(), new DataProtectionSecretProtector(ring), new CryptoRandomSource(), TimeProvider.System);
}
