namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Options of the health service.</summary>
public sealed class GrpcHealthChecksOptions
{
    /// <summary>
    /// The services that can be asked about and the checks that speak for each. The empty name, which is the server as
    /// a whole, is there from the start, with all checks.
    /// </summary>
    public ServiceMappingCollection Services { get; } = [];
}
