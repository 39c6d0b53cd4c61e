using System.Net;
using System.Text.Json;

namespace Herald.Simulator.Tests;

/// <summary>The executable's command line.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task It_prints_what_it_serves_and_ends_with_its_token()
    {
        using var ending = new CancellationTokenSource();
        var output = new SignallingWriter();

        var run = SimulatorCommand.RunAsync(
            ["--urls", "http://127.0.0.1:0", "--seed", "5", "--calm", "--per-second", "0", "--business", "Bakery:4930123456:HIGH"], output, ending.Token);
        var printed = JsonDocument.Parse(await output.Flushed.WaitAsync(Rig.Limit)).RootElement;
        using var client = new HttpClient { BaseAddress = new Uri(printed.GetProperty("base_address").GetString()!) };
        var business = printed.GetProperty("businesses")[0];
        client.DefaultRequestHeaders.Authorization = new("Bearer", business.GetProperty("token").GetString());
        var answer = await client.GetAsync($"v23.0/{business.GetProperty("numbers")[0].GetProperty("phone_number_id").GetString()}?fields=throughput");
        await ending.CancelAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("HIGH", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await run.WaitAsync(Rig.Limit));
    }

    [Theory]
    [InlineData("--urls", "nowhere")]
    [InlineData("--business", "Bakery")]
    [InlineData("--business", "Bakery:4930123456:LOW")]
    [InlineData("--seed", "x")]
    public async Task A_wrong_argument_ends_it_with_an_error(string option, string value)
    {
        using var output = new StringWriter();

        var code = await SimulatorCommand.RunAsync([option, value], output, CancellationToken.None);

        Assert.NotEqual(0, code);
        Assert.NotEmpty(output.ToString());
    }

    /// <summary>Tells what was written up to the first flush.</summary>
    private sealed class SignallingWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _flushed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Flushed => _flushed.Task;

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            _flushed.TrySetResult(ToString());
            return Task.CompletedTask;
        }
    }
}
