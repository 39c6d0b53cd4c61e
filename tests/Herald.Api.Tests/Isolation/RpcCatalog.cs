using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Herald.Contracts;

namespace Herald.Api.Tests.Isolation;

/// <summary>All methods of the contract, found in its descriptors, and a way to call any of them.</summary>
internal static class RpcCatalog
{
    public static IReadOnlyList<MethodDescriptor> Methods { get; } = [.. FindMethods()];

    /// <summary>Calls a method and reads all of its answers.</summary>
    public static async Task<IMessage?> CallAsync(ChannelBase channel, MethodDescriptor method, IMessage request, Metadata headers)
    {
        var invoker = channel.CreateCallInvoker();
        var options = new CallOptions(headers);
        if (method.IsClientStreaming)
        {
            using var upload = invoker.AsyncClientStreamingCall(Describe(method, MethodType.ClientStreaming), null, options);
            try
            {
                await upload.RequestStream.WriteAsync(request);
                await upload.RequestStream.CompleteAsync();
            }
            catch (Exception exception) when (exception is RpcException or InvalidOperationException)
            {
                // The server may answer before it has read all; its answer tells.
            }
            return await upload.ResponseAsync;
        }
        if (!method.IsServerStreaming)
            return await invoker.AsyncUnaryCall(Describe(method, MethodType.Unary), null, options, request);
        using var download = invoker.AsyncServerStreamingCall(Describe(method, MethodType.ServerStreaming), null, options, request);
        return await download.ResponseStream.MoveNext(CancellationToken.None) ? download.ResponseStream.Current : null;
    }

    private static Method<IMessage, IMessage> Describe(MethodDescriptor method, MethodType type) => new(
        type, method.Service.FullName, method.Name, MarshallerOf(method.InputType), MarshallerOf(method.OutputType));

    private static Marshaller<IMessage> MarshallerOf(MessageDescriptor message) =>
        Marshallers.Create(value => value.ToByteArray(), bytes => message.Parser.ParseFrom(bytes));

    private static IEnumerable<MethodDescriptor> FindMethods() =>
        from type in typeof(TenantName).Assembly.GetTypes()
        let property = type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)
        where property?.PropertyType == typeof(FileDescriptor)
        from service in ((FileDescriptor)property.GetValue(null)!).Services
        from method in service.Methods
        orderby method.FullName
        select method;
}
