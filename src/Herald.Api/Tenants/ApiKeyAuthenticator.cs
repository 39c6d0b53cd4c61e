using System.Collections.Concurrent;
using Herald.Api.Calls;
using Herald.Api.Errors;
using Herald.Domain.Tenants;
using Herald.Storage;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Options;

namespace Herald.Api.Tenants;

/// <summary>
/// Tells who a key belongs to. Valid keys are remembered for a few seconds; unknown ones never, so that a key works as soon as it is
/// made. A malformed, an unknown and a wrong key get the same answer.
/// </summary>
internal sealed class ApiKeyAuthenticator : IDisposable
{
    /// <summary>The channel on which nodes tell each other of revoked keys; the payload is the key's id.</summary>
    public const string Channel = "herald_api_key";

    private const string Scheme = "Bearer ";
    private const int EntriesMax = 10_000;
    private readonly ConcurrentDictionary<string, Entry> _known = new(StringComparer.Ordinal);
    private readonly IApiKeyStore _keys;
    private readonly ITenantStore _tenants;
    private readonly IDatabaseSignals _signals;
    private readonly TimeProvider _time;
    private readonly TimeSpan _cacheTime;
    private readonly IDisposable _subscription;

    public ApiKeyAuthenticator(
        IApiKeyStore keys, ITenantStore tenants, IDatabaseSignals signals, IOptions<HeraldApiOptions> options, TimeProvider time)
    {
        (_keys, _tenants, _signals, _time) = (keys, tenants, signals, time);
        _cacheTime = options.Value.KeyCacheTime;
        _subscription = signals.Subscribe(Channel, Forget);
    }

    public void Dispose() => _subscription.Dispose();

    /// <summary>Who calls with this header.</summary>
    /// <exception cref="ApiException">There is no key, or it is not valid.</exception>
    public async ValueTask<Caller> AuthenticateAsync(string? authorization, CancellationToken ct)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            throw ApiErrors.KeyMissing();
        if (!ApiKeyFormat.TryParse(authorization[Scheme.Length..].Trim(), out var key))
            throw ApiErrors.KeyInvalid();
        var entry = await FindAsync(key.Id.ToString(), ct);
        if (entry is null || !ApiKeyFormat.Verify(key.Secret, entry.SecretHash))
            throw ApiErrors.KeyInvalid();
        return entry.IsRevoked ? throw ApiErrors.KeyRevoked() : entry.Caller;
    }

    /// <summary>Makes this node and all others forget a key that was revoked.</summary>
    public async Task ForgetEverywhereAsync(string keyId, CancellationToken ct)
    {
        Forget(keyId);
        await _signals.PublishAsync(Channel, keyId, ct);
    }

    private async ValueTask<Entry?> FindAsync(string keyId, CancellationToken ct)
    {
        if (_known.TryGetValue(keyId, out var known) && _time.GetElapsedTime(known.ReadAt) < _cacheTime)
            return known;
        var readAt = _time.GetTimestamp();
        if (await _keys.FindAsync(keyId, ct) is not { } row || await _tenants.GetAsync(row.TenantId, ct) is not { } tenant)
            return null;
        var caller = new Caller(row.TenantId, tenant.Kind == TenantKind.System, tenant.State, keyId, row.Scopes);
        var entry = new Entry(caller, row.SecretHash, row.RevokeTime is not null, readAt);
        if (entry.IsRevoked)
            return entry;
        if (_known.Count >= EntriesMax)
            _known.Clear();
        _known[keyId] = entry;
        return entry;
    }

    private void Forget(string keyId)
    {
        // The empty payload means that signals may have been missed.
        if (keyId.Length == 0)
            _known.Clear();
        else
            _known.TryRemove(keyId, out _);
    }

    private sealed record Entry(Caller Caller, byte[] SecretHash, bool IsRevoked, long ReadAt);
}
