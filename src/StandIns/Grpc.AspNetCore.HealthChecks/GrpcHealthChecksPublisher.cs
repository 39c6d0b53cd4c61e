using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Takes the results of the periodic run of all checks and makes them the states of the services.</summary>
internal sealed class GrpcHealthChecksPublisher(PublishedStatuses statuses, IOptions<GrpcHealthChecksOptions> options)
    : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        statuses.Publish(options.Value.Services.Select(mapping => KeyValuePair.Create(
            mapping.Name,
            ServingStatuses.Of(report.Entries
                .Where(entry => mapping.Includes(entry.Key, entry.Value.Tags))
                .Select(entry => entry.Value)))));
        return Task.CompletedTask;
    }
}
