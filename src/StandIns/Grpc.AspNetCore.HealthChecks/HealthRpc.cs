using Grpc.Core;
using Grpc.Health.V1;

using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>The health service. The first answer always comes of checks that are run for it; changes come of the periodic run.</summary>
internal sealed class HealthRpc(
    HealthCheckService checks,
    PublishedStatuses published,
    IOptions<GrpcHealthChecksOptions> options,
    IHostApplicationLifetime lifetime) : Health.V1.Health.HealthBase
{
    public override async Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context)
    {
        var status = await RunChecksAsync(request.Service, context.CancellationToken);
        return status == HealthCheckResponse.Types.ServingStatus.ServiceUnknown
            ? throw new RpcException(new Status(StatusCode.NotFound, ""))
            : new HealthCheckResponse { Status = status };
    }

    public override async Task Watch(
        HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responseStream, ServerCallContext context)
    {
        // An open watch would keep the server from stopping, so it ends with the application.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            context.CancellationToken, lifetime.ApplicationStopping);

        // Asked for before the checks run, so that no publication is missed meanwhile.
        var publication = published.NextPublication;
        var sent = await RunChecksAsync(request.Service, context.CancellationToken);
        await responseStream.WriteAsync(new HealthCheckResponse { Status = sent });
        while (await FinishesBeforeAsync(publication, ending.Token))
        {
            publication = published.NextPublication;
            var status = published.Find(request.Service);
            if (status != sent)
            {
                await responseStream.WriteAsync(new HealthCheckResponse { Status = status });
                sent = status;
            }
        }

        if (!context.CancellationToken.IsCancellationRequested)
        {
            await responseStream.WriteAsync(new HealthCheckResponse
            {
                Status = HealthCheckResponse.Types.ServingStatus.NotServing,
            });
        }
    }

    private static async Task<bool> FinishesBeforeAsync(Task task, CancellationToken cancellationToken)
    {
        await task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    private async Task<HealthCheckResponse.Types.ServingStatus> RunChecksAsync(string service, CancellationToken cancellationToken)
    {
        if (!options.Value.Services.TryGet(service, out var mapping))
        {
            return HealthCheckResponse.Types.ServingStatus.ServiceUnknown;
        }

        var report = await checks.CheckHealthAsync(check => mapping.Includes(check.Name, check.Tags), cancellationToken);
        return ServingStatuses.Of(report.Entries.Values);
    }
}
