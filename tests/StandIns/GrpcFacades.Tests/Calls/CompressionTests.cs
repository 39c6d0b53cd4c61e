using System.IO.Compression;

using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;

using GrpcFacades.Tests.V1;

namespace GrpcFacades.Tests.Calls;

/// <summary>Compressed messages in both directions.</summary>
public sealed class CompressionTests
{
    private static readonly string LongText = string.Concat(Enumerable.Repeat("Herald ", 2000));

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task The_server_compresses_answers_when_told_to(string encoding)
    {
        using var handler = new EncodingHandler();
        await using var server = await EchoServer.StartAsync(
            options => options.ResponseCompressionAlgorithm = encoding,
            channelOptions: new GrpcChannelOptions { HttpHandler = handler, CompressionProviders = AllProviders() });

        var response = await server.Client.SayAsync(new SayRequest { Text = LongText }).ResponseAsync.Within("the answer");

        Assert.Equal(LongText, response.Text);
        Assert.Equal(encoding, handler.ResponseEncoding);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task The_client_compresses_requests_when_told_to(string encoding)
    {
        await using var server = await EchoServer.StartAsync(
            options => options.CompressionProviders = AllProviders(),
            channelOptions: new GrpcChannelOptions { CompressionProviders = AllProviders() });
        var received = new TaskCompletionSource<string?>();
        server.Behaviour.Say = (request, context) =>
        {
            received.SetResult(context.GetHttpContext().Request.Headers["grpc-encoding"]);
            return Task.FromResult(new SayResponse { Text = request.Text });
        };

        var response = await server.Client
            .SayAsync(new SayRequest { Text = LongText }, new Metadata { { "grpc-internal-encoding-request", encoding } })
            .ResponseAsync.Within("the answer");

        Assert.Equal(LongText, response.Text);
        Assert.Equal(encoding, await received.Task.Within("the call"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public void A_provider_undoes_its_own_compression_and_leaves_the_stream_open(string encoding)
    {
        var provider = AllProviders().Single(each => each.EncodingName == encoding);
        var compressed = new MemoryStream();

        using (var writer = new StreamWriter(provider.CreateCompressionStream(compressed, CompressionLevel.SmallestSize)))
        {
            writer.Write(LongText);
        }

        Assert.InRange(compressed.Length, 1, LongText.Length / 10);
        compressed.Position = 0;
        using var reader = new StreamReader(provider.CreateDecompressionStream(compressed));
        Assert.Equal(LongText, reader.ReadToEnd());
    }

    private static ICompressionProvider[] AllProviders() =>
        [new GzipCompressionProvider(CompressionLevel.Fastest), new DeflateCompressionProvider(CompressionLevel.Fastest)];

    private sealed class EncodingHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        public string? ResponseEncoding { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            ResponseEncoding = response.Headers.TryGetValues("grpc-encoding", out var values) ? values.Single() : null;
            return response;
        }
    }
}
