using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The services that can be asked about, by name.</summary>
public sealed class ServiceMappingCollection : IEnumerable<ServiceMapping>
{
    private readonly Dictionary<string, ServiceMapping> _mappings = new(StringComparer.Ordinal);

    /// <summary>Says which checks speak for a service, in place of what was said of it before.</summary>
    /// <param name="name">The service's name; empty for the server as a whole.</param>
    /// <param name="predicate">Chooses the checks.</param>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(predicate);
        _mappings[name] = new ServiceMapping(name, predicate);
    }

    /// <summary>Adds a service.</summary>
    /// <param name="service">The service.</param>
    /// <exception cref="ArgumentException">There is a service of that name.</exception>
    public void Add(ServiceMapping service)
    {
        ArgumentNullException.ThrowIfNull(service);
        _mappings.Add(service.Name, service);
    }

    /// <summary>Takes a service out; nothing happens when there is none of that name.</summary>
    /// <param name="name">The service's name.</param>
    public void Remove(string name) => _mappings.Remove(name);

    /// <summary>Takes all services out, the empty name included.</summary>
    public void Clear() => _mappings.Clear();

    /// <summary>Goes through the services.</summary>
    public IEnumerator<ServiceMapping> GetEnumerator() => _mappings.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal bool TryGet(string name, [NotNullWhen(true)] out ServiceMapping? mapping) => _mappings.TryGetValue(name, out mapping);
}
