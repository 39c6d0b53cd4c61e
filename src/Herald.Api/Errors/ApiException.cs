using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Herald.Contracts.Errors.V1;

namespace Herald.Api.Errors;

/// <summary>A call that fails for a reason of the contract. The outermost interceptor turns it into a status with its one detail.</summary>
internal sealed class ApiException : Exception
{
    private const string DetailsTrailer = "grpc-status-details-bin";
    private const string Domain = "herald";
    private const int MetadataValueMax = 1_000;

    public ApiException(Reason reason, string message, params ReadOnlySpan<(string Key, string Value)> metadata)
        : base(message)
    {
        Detail = new ErrorDetail { Reason = reason, Domain = Domain };
        foreach (var (key, value) in metadata)
            Detail.Metadata[key] = value.Length <= MetadataValueMax ? value : value[..MetadataValueMax];
    }

    /// <summary>The one detail.</summary>
    public ErrorDetail Detail { get; }

    /// <summary>The canonical code.</summary>
    public StatusCode Code => ErrorTable.CodeOf(Detail.Reason);

    /// <summary>Says how long to wait before trying again.</summary>
    public ApiException RetryAfter(TimeSpan delay)
    {
        Detail.RetryDelay = Duration.FromTimeSpan(delay);
        return this;
    }

    /// <summary>The error as gRPC carries it.</summary>
    public RpcException ToRpcException()
    {
        var status = new Google.Rpc.Status { Code = (int)Code, Message = Message };
        status.Details.Add(Any.Pack(Detail));
        return new RpcException(new Status(Code, Message), new Metadata { { DetailsTrailer, status.ToByteArray() } });
    }
}
