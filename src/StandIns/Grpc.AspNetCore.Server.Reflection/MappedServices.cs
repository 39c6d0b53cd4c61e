using System.Reflection;

using Google.Protobuf.Reflection;

using Grpc.Core;

using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server.Reflection;

/// <summary>Answers questions about the services that the application has mapped.</summary>
/// <param name="endpoints">All endpoints; looked at when the first question comes, since mapping goes on until the start.</param>
internal sealed class MappedServices(EndpointDataSource endpoints)
{
    private readonly Lazy<DescriptorIndex> _index = new(() => new DescriptorIndex(FindServices(endpoints)));

    /// <summary>Answers one question.</summary>
    public Grpc.Reflection.V1.ServerReflectionResponse Answer(Grpc.Reflection.V1.ServerReflectionRequest request)
    {
        var response = new Grpc.Reflection.V1.ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case Grpc.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase.FileByFilename:
                AddFile(response, _index.Value.FindFile(request.FileByFilename), "There is no such file.");
                break;
            case Grpc.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase.FileContainingSymbol:
                AddFile(response, _index.Value.FindFileOfSymbol(request.FileContainingSymbol), "There is no such symbol.");
                break;
            case Grpc.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new();
                response.ListServicesResponse.Service.AddRange(
                    _index.Value.ServiceNames.Select(name => new Grpc.Reflection.V1.ServiceResponse { Name = name }));
                break;
            default:
                response.ErrorResponse = NewError(StatusCode.Unimplemented, "This kind of question is not answered here.");
                break;
        }

        return response;
    }

    private static void AddFile(Grpc.Reflection.V1.ServerReflectionResponse response, FileDescriptor? file, string reason)
    {
        if (file is null)
        {
            response.ErrorResponse = NewError(StatusCode.NotFound, reason);
            return;
        }

        response.FileDescriptorResponse = new();
        response.FileDescriptorResponse.FileDescriptorProto.AddRange(
            DescriptorIndex.WithDependencies(file).Select(each => each.SerializedData));
    }

    private static Grpc.Reflection.V1.ErrorResponse NewError(StatusCode code, string message) =>
        new() { ErrorCode = (int)code, ErrorMessage = message };

    private static List<ServiceDescriptor> FindServices(EndpointDataSource endpoints) =>
    [
        .. endpoints.Endpoints
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>()
            .Distinct()
            .Select(FindDescriptor)
            .OfType<ServiceDescriptor>(),
    ];

    // Generated base classes name the class that has the descriptor; a service of another make has none and is left out.
    private static ServiceDescriptor? FindDescriptor(Type serviceType) => serviceType
        .GetCustomAttribute<BindServiceMethodAttribute>()?.BindType
        .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?
        .GetValue(null) as ServiceDescriptor;
}
