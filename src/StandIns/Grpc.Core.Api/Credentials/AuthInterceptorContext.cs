namespace Grpc.Core;

/// <summary>The call for which credentials are asked.</summary>
public class AuthInterceptorContext
{
    /// <summary>Makes a context that is never cancelled.</summary>
    /// <param name="serviceUrl">The service's full address.</param>
    /// <param name="methodName">The method's name.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName)
        : this(serviceUrl, methodName, CancellationToken.None)
    {
    }

    /// <summary>Makes a context.</summary>
    /// <param name="serviceUrl">The service's full address.</param>
    /// <param name="methodName">The method's name.</param>
    /// <param name="cancellationToken">Cancelled with the call.</param>
    public AuthInterceptorContext(string serviceUrl, string methodName, CancellationToken cancellationToken)
    {
        ServiceUrl = serviceUrl ?? throw new ArgumentNullException(nameof(serviceUrl));
        MethodName = methodName ?? throw new ArgumentNullException(nameof(methodName));
        CancellationToken = cancellationToken;
    }

    /// <summary>The service's full address.</summary>
    public string ServiceUrl { get; }

    /// <summary>The method's name.</summary>
    public string MethodName { get; }

    /// <summary>Cancelled with the call.</summary>
    public CancellationToken CancellationToken { get; }
}
