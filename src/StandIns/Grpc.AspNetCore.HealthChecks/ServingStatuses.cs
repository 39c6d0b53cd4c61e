using Grpc.Health.V1;

using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Makes one state of the results of several checks.</summary>
internal static class ServingStatuses
{
    /// <summary>One unhealthy check is enough not to serve, a degraded one serves, and without checks nothing is known.</summary>
    public static HealthCheckResponse.Types.ServingStatus Of(IEnumerable<HealthReportEntry> entries)
    {
        var status = HealthCheckResponse.Types.ServingStatus.Unknown;
        foreach (var entry in entries)
        {
            if (entry.Status == HealthStatus.Unhealthy)
            {
                return HealthCheckResponse.Types.ServingStatus.NotServing;
            }

            status = HealthCheckResponse.Types.ServingStatus.Serving;
        }

        return status;
    }
}
