using Grpc.Core;

namespace GrpcFacades.Tests.Surface;

public sealed class StatusAndExceptionTests
{
    [Fact]
    public void A_status_shows_code_detail_and_cause()
    {
        Assert.Equal("Status(StatusCode=\"NotFound\", Detail=\"gone\")", new Status(StatusCode.NotFound, "gone").ToString());
        Assert.Equal(
            "Status(StatusCode=\"Internal\", Detail=\"bad\", DebugException=\"System.InvalidOperationException: why\")",
            new Status(StatusCode.Internal, "bad", new InvalidOperationException("why")).ToString());
    }

    [Fact]
    public void The_two_usual_statuses_have_no_detail()
    {
        Assert.Equal(StatusCode.OK, Status.DefaultSuccess.StatusCode);
        Assert.Equal("", Status.DefaultSuccess.Detail);
        Assert.Equal(StatusCode.Cancelled, Status.DefaultCancelled.StatusCode);
        Assert.Equal("", Status.DefaultCancelled.Detail);
    }

    [Fact]
    public void An_exception_shows_its_status_unless_it_has_a_message_of_its_own()
    {
        var status = new Status(StatusCode.Aborted, "try again");

        Assert.Equal(status.ToString(), new RpcException(status).Message);
        Assert.Equal("mine", new RpcException(status, "mine").Message);
        Assert.Equal(StatusCode.Aborted, new RpcException(status).StatusCode);
        Assert.Equal("try again", new RpcException(status).Status.Detail);
    }

    [Fact]
    public void An_exception_has_the_cause_of_its_status_and_its_trailers()
    {
        var cause = new InvalidOperationException("why");
        var trailers = new Metadata { { "reason", "X" } };

        var exception = new RpcException(new Status(StatusCode.Internal, "bad", cause), trailers);

        Assert.Same(cause, exception.InnerException);
        Assert.Same(trailers, exception.Trailers);
        Assert.Empty(new RpcException(Status.DefaultCancelled).Trailers);
        Assert.Throws<ArgumentNullException>(() => new RpcException(Status.DefaultCancelled, (Metadata)null!));
    }

    [Fact]
    public void Status_codes_have_the_numbers_of_the_protocol() =>
        Assert.Equal(
            "OK=0 Cancelled=1 Unknown=2 InvalidArgument=3 DeadlineExceeded=4 NotFound=5 AlreadyExists=6 PermissionDenied=7 "
            + "ResourceExhausted=8 FailedPrecondition=9 Aborted=10 OutOfRange=11 Unimplemented=12 Internal=13 Unavailable=14 "
            + "DataLoss=15 Unauthenticated=16",
            string.Join(' ', Enum.GetValues<StatusCode>().Select(code => $"{code}={(int)code}")));
}
