using Grpc.Core;
using Herald.Api.Errors;
using Herald.Domain;
using Herald.Grains;
using Microsoft.Extensions.Logging;

namespace Herald.Api.Interceptors;

/// <summary>
/// The outermost one: every failure leaves Herald as a status of the contract. What nobody foresaw becomes INTERNAL with a number under
/// which the log, and only the log, tells the cause.
/// </summary>
internal sealed class ErrorInterceptor(IIdSource ids, TimeProvider time, ILogger<ErrorInterceptor> logger) : CallInterceptor
{
    protected override async Task<TResult> AroundAsync<TResult>(ServerCallContext context, Func<Task<TResult>> next)
    {
        try
        {
            return await next();
        }
        catch (RpcException)
        {
            throw;
        }
        catch (Exception exception)
        {
            throw Translate(context, exception);
        }
    }

    private RpcException Translate(ServerCallContext context, Exception exception)
    {
        if (exception is ApiException refusal)
        {
            ApiLog.Refused(logger, context.Method, refusal.Detail.Reason);
            return refusal.ToRpcException();
        }
        // Whatever breaks after the caller has gone breaks because of that.
        if (context.CancellationToken.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            return context.Deadline <= time.GetUtcNow().UtcDateTime
                ? new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline of the call has passed."))
                : new RpcException(new Status(StatusCode.Cancelled, "The caller cancelled the call."));
        }
        if (GrainCallErrors.MayPass(exception))
        {
            ApiLog.Unavailable(logger, context.Method, exception);
            return ApiErrors.Unavailable().ToRpcException();
        }
        var correlationId = ids.NewId().ToString("N");
        ApiLog.Failed(logger, context.Method, correlationId, exception);
        return ApiErrors.Internal(correlationId).ToRpcException();
    }
}
