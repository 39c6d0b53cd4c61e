using Grpc.Core;

using GrpcFacades.Tests.V1;

namespace GrpcFacades.Tests.Calls;

/// <summary>The service that the tests call.</summary>
internal sealed class EchoRpc(EchoBehaviour behaviour) : EchoService.EchoServiceBase
{
    public override Task<SayResponse> Say(SayRequest request, ServerCallContext context) => behaviour.Say(request, context);

    public override async Task<SayResponse> Join(IAsyncStreamReader<SayRequest> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        while (await requestStream.MoveNext())
        {
            texts.Add(requestStream.Current.Text);
        }

        return new SayResponse { Text = string.Join(' ', texts) };
    }

    public override async Task Repeat(
        RepeatRequest request, IServerStreamWriter<SayResponse> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Times; i++)
        {
            await responseStream.WriteAsync(new SayResponse { Text = $"{request.Text} {i}" });
        }
    }

    public override Task Chat(
        IAsyncStreamReader<SayRequest> requestStream,
        IServerStreamWriter<SayResponse> responseStream,
        ServerCallContext context) => behaviour.Chat(requestStream, responseStream, context);
}
