using Grpc.Core;

using GrpcFacades.Tests.V1;

namespace GrpcFacades.Tests.Calls;

/// <summary>What the echo service does, for a test to replace.</summary>
internal sealed class EchoBehaviour
{
    public Func<SayRequest, ServerCallContext, Task<SayResponse>> Say { get; set; } =
        (request, _) => Task.FromResult(new SayResponse { Text = request.Text });

    public Func<IAsyncStreamReader<SayRequest>, IServerStreamWriter<SayResponse>, ServerCallContext, Task> Chat { get; set; } =
        async (requests, responses, context) =>
        {
            await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
            {
                await responses.WriteAsync(new SayResponse { Text = request.Text }, context.CancellationToken);
            }
        };
}
