using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Herald.Benchmarks.Reads;

/// <summary>A method that does nothing, on the host's own server: the least that any call costs.</summary>
[BindServiceMethod(typeof(EmptyService), nameof(Bind))]
internal class EmptyService
{
    private static readonly Marshaller<Empty> Marshaller = Marshallers.Create(static message => message.ToByteArray(), Empty.Parser.ParseFrom);

    public static Method<Empty, Empty> Method { get; } = new(MethodType.Unary, "benchmarks.EmptyService", nameof(Call), Marshaller, Marshaller);

    public static void Bind(ServiceBinderBase binder, EmptyService? service) =>
        binder.AddMethod(Method, service is null ? null : new UnaryServerMethod<Empty, Empty>(service.Call));

    public virtual Task<Empty> Call(Empty request, ServerCallContext context) => Task.FromResult(request);
}
