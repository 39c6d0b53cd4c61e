namespace Grpc.AspNetCore.HealthChecks;

/// <summary>A service that can be asked about and the checks that speak for it.</summary>
public sealed class ServiceMapping
{
    /// <summary>Makes a mapping.</summary>
    /// <param name="name">The service's name; empty for the server as a whole.</param>
    /// <param name="predicate">Chooses the checks.</param>
    public ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        Name = name;
        HealthCheckPredicate = predicate;
    }

    /// <summary>The service's name; empty for the server as a whole.</summary>
    public string Name { get; }

    /// <summary>Chooses the checks.</summary>
    public Func<HealthCheckMapContext, bool>? HealthCheckPredicate { get; }

    internal bool Includes(string checkName, IEnumerable<string> tags) =>
        HealthCheckPredicate is null || HealthCheckPredicate(new HealthCheckMapContext(checkName, tags));
}
