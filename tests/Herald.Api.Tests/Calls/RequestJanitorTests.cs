using Herald.Api.Calls;
using Herald.Storage.Requests;
using Herald.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;

namespace Herald.Api.Tests.Calls;

public sealed class RequestJanitorTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Requests_older_than_a_day_are_forgotten_in_batches()
    {
        var time = new ManualTimeProvider();
        var requests = Substitute.For<IIdempotencyStore>();
        requests.PurgeAsync(default, default, default).ReturnsForAnyArgs(RequestJanitor.BatchSize, 3);
        using var janitor = new RequestJanitor(requests, time, NullLogger<RequestJanitor>.Instance);
        await janitor.StartAsync(CancellationToken.None);
        await time.WaitForTimerAsync(Limit);

        time.Advance(RequestJanitor.Interval);
        await time.WaitForTimerAsync(Limit);
        await janitor.StopAsync(CancellationToken.None);

        var before = ManualTimeProvider.DefaultStart + RequestJanitor.Interval - RequestJanitor.Life;
        await requests.Received(2).PurgeAsync(before, RequestJanitor.BatchSize, Arg.Any<CancellationToken>());
    }
}
