using Grpc.Core;
using Herald.Contracts.Errors.V1;

namespace Herald.Api.Tests.Support;

/// <summary>Errors as a client sees them.</summary>
public static class Expect
{
    private const int DetailsMax = 5_000;

    /// <summary>The one detail of a call that must fail so.</summary>
    public static async Task<ErrorDetail> FailsAsync(StatusCode code, Reason reason, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        var detail = DetailOf(exception);
        Assert.Equal((code, reason), (exception.StatusCode, detail.Reason));
        return detail;
    }

    /// <summary>A call that must fail for this one field.</summary>
    public static async Task FieldFailsAsync(string field, string rule, Func<Task> call)
    {
        var detail = await FailsAsync(StatusCode.InvalidArgument, Reason.FieldInvalid, call);
        Assert.Contains((field, rule), detail.FieldViolations.Select(violation => (violation.Field, violation.Rule)));
    }

    public static ErrorDetail DetailOf(RpcException exception)
    {
        var bytes = exception.Trailers.GetValueBytes("grpc-status-details-bin");
        Assert.True(bytes is not null, $"{exception.Status} carries no details.");
        Assert.True(bytes.Length <= DetailsMax, $"{bytes.Length} bytes of details are more than some clients take.");
        var status = Google.Rpc.Status.Parser.ParseFrom(bytes);
        Assert.Equal((int)exception.StatusCode, status.Code);
        Assert.Equal(exception.Status.Detail, status.Message);
        var detail = Assert.Single(status.Details).Unpack<ErrorDetail>();
        Assert.Equal("herald", detail.Domain);
        return detail;
    }
}
