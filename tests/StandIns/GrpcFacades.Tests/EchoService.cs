using Grpc.Core;

using GrpcFacades.Tests.V1;

namespace GrpcFacades.Tests;

/// <summary>The service that the socket tests call.</summary>
internal sealed class EchoServiceRpc : EchoService.EchoServiceBase
{
    public override Task<SayResponse> Say(SayRequest request, ServerCallContext context) =>
        Task.FromResult(new SayResponse { Text = request.Text });
}
