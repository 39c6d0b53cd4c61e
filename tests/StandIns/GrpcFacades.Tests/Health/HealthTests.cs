using Grpc.AspNetCore.HealthChecks;
using Grpc.Core;
using Grpc.Health.V1;

using GrpcFacades.Tests.Calls;

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace GrpcFacades.Tests.Health;

/// <summary>The service <c>grpc.health.v1.Health</c> over a socket.</summary>
public sealed class HealthTests
{
    private static readonly string[] DatabaseTags = ["database"];

    [Theory]
    [InlineData(HealthStatus.Healthy, ServingStatus.Serving)]
    [InlineData(HealthStatus.Degraded, ServingStatus.Serving)]
    [InlineData(HealthStatus.Unhealthy, ServingStatus.NotServing)]
    public async Task The_server_as_a_whole_is_as_well_as_its_worst_check(HealthStatus worst, ServingStatus expected)
    {
        await using var server = await StartAsync(checks => checks
            .AddCheck("good", () => HealthCheckResult.Healthy())
            .AddCheck("worst", () => new HealthCheckResult(worst)));

        Assert.Equal(expected, await CheckAsync(server, ""));
    }

    [Fact]
    public async Task Without_checks_nothing_is_known()
    {
        await using var server = await StartAsync(_ => { });

        Assert.Equal(ServingStatus.Unknown, await CheckAsync(server, ""));
    }

    [Fact]
    public async Task A_service_is_as_well_as_the_checks_chosen_for_it()
    {
        await using var server = await StartAsync(
            checks => checks
                .AddCheck("memory", () => HealthCheckResult.Healthy())
                .AddCheck("postgres", () => HealthCheckResult.Unhealthy(), DatabaseTags),
            options =>
            {
                options.Services.Map("herald.tenants", check => check.Tags.Contains("database"));
                options.Services.Map("herald.echo", check => check.Name == "memory");
            });

        Assert.Equal(ServingStatus.NotServing, await CheckAsync(server, "herald.tenants"));
        Assert.Equal(ServingStatus.Serving, await CheckAsync(server, "herald.echo"));
        Assert.Equal(ServingStatus.NotServing, await CheckAsync(server, ""));
    }

    [Fact]
    public async Task An_unknown_service_is_not_found()
    {
        await using var server = await StartAsync(checks => checks.AddCheck("good", () => HealthCheckResult.Healthy()));

        var failure = await Assert.ThrowsAsync<RpcException>(() => CheckAsync(server, "no.such.Service"));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task The_default_service_can_be_taken_out()
    {
        await using var server = await StartAsync(
            checks => checks.AddCheck("good", () => HealthCheckResult.Healthy()),
            options => options.Services.Remove(""));

        var failure = await Assert.ThrowsAsync<RpcException>(() => CheckAsync(server, ""));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task A_watch_of_an_unknown_service_says_so_and_goes_on()
    {
        await using var server = await StartAsync(checks => checks.AddCheck("good", () => HealthCheckResult.Healthy()));
        using var watch = Watch(server, "no.such.Service");

        Assert.Equal(ServingStatus.ServiceUnknown, await NextAsync(watch));

        var next = watch.ResponseStream.MoveNext(CancellationToken.None);
        Assert.Equal(ServingStatus.Serving, await CheckAsync(server, ""));
        Assert.False(next.IsCompleted);
    }

    [Fact]
    public async Task A_watch_tells_of_every_change()
    {
        var isHealthy = true;
        await using var server = await StartAsync(checks => checks.AddCheck(
            "switch", () => Volatile.Read(ref isHealthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy()));
        using var watch = Watch(server, "");

        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
        Volatile.Write(ref isHealthy, false);
        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        Volatile.Write(ref isHealthy, true);
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));
    }

    [Fact]
    public async Task A_watch_ends_with_not_serving_when_the_server_stops()
    {
        await using var server = await StartAsync(checks => checks.AddCheck("good", () => HealthCheckResult.Healthy()));
        using var watch = Watch(server, "");
        Assert.Equal(ServingStatus.Serving, await NextAsync(watch));

        var stopping = server.App.StopAsync();

        Assert.Equal(ServingStatus.NotServing, await NextAsync(watch));
        Assert.False(await watch.ResponseStream.MoveNext(CancellationToken.None).Within("the end of the watch"));
        await stopping.Within("the stop of the server");
    }

    [Fact]
    public async Task Mapping_without_registration_is_refused()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => EchoServer.StartAsync(map: app => app.MapGrpcHealthChecksService()));

        Assert.Contains("AddGrpcHealthChecks", failure.Message, StringComparison.Ordinal);
    }

    private static Task<EchoServer> StartAsync(
        Action<IHealthChecksBuilder> addChecks, Action<GrpcHealthChecksOptions>? configure = null) => EchoServer.StartAsync(
            services: services =>
            {
                // One second is the shortest period that the framework allows.
                services.Configure<HealthCheckPublisherOptions>(options =>
                {
                    options.Delay = TimeSpan.Zero;
                    options.Period = TimeSpan.FromSeconds(1);
                });
                addChecks(services.AddGrpcHealthChecks(options => configure?.Invoke(options)));
            },
            map: app => app.MapGrpcHealthChecksService());

    private static async Task<ServingStatus> CheckAsync(EchoServer server, string service)
    {
        var client = new Grpc.Health.V1.Health.HealthClient(server.Channel);
        var response = await client.CheckAsync(new HealthCheckRequest { Service = service }).ResponseAsync.Within("the check");
        return response.Status;
    }

    private static AsyncServerStreamingCall<HealthCheckResponse> Watch(EchoServer server, string service) =>
        new Grpc.Health.V1.Health.HealthClient(server.Channel).Watch(new HealthCheckRequest { Service = service });

    private static async Task<ServingStatus> NextAsync(AsyncServerStreamingCall<HealthCheckResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).Within("the next state"));
        return watch.ResponseStream.Current.Status;
    }
}
