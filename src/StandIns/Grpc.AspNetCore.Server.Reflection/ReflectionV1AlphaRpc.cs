using Google.Protobuf;

using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace Grpc.AspNetCore.Server.Reflection;

/// <summary>The service <c>grpc.reflection.v1alpha.ServerReflection</c>, whose messages are the same on the wire as those of v1.</summary>
internal sealed class ReflectionV1AlphaRpc(MappedServices services) : ServerReflection.ServerReflectionBase
{
    public override async Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            var answer = services.Answer(Grpc.Reflection.V1.ServerReflectionRequest.Parser.ParseFrom(request.ToByteString()));
            await responseStream.WriteAsync(ServerReflectionResponse.Parser.ParseFrom(answer.ToByteString()));
        }
    }
}
