namespace Grpc.Core;

/// <summary>Credentials that are added to each call, on a channel that is secure.</summary>
public abstract class CallCredentials
{
    /// <summary>Puts several credentials together; all are added, in order.</summary>
    /// <param name="credentials">At least two credentials.</param>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new CompositeCallCredentials(credentials);

    /// <summary>Makes credentials of a function that adds to the headers.</summary>
    /// <param name="interceptor">The function.</param>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) => new InterceptorCallCredentials(interceptor);

    /// <summary>Tells a channel what these credentials are. Called by the library alone.</summary>
    /// <param name="configurator">What is told.</param>
    /// <param name="state">Handed on to the configurator.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);

    private sealed class CompositeCallCredentials : CallCredentials
    {
        private readonly CallCredentials[] _credentials;

        public CompositeCallCredentials(CallCredentials[] credentials)
        {
            ArgumentNullException.ThrowIfNull(credentials);
            if (credentials.Length < 2)
            {
                throw new ArgumentException("At least two credentials are needed to compose.", nameof(credentials));
            }

            _credentials = [.. credentials];
        }

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, _credentials);
    }

    private sealed class InterceptorCallCredentials(AsyncAuthInterceptor interceptor) : CallCredentials
    {
        private readonly AsyncAuthInterceptor _interceptor = interceptor ?? throw new ArgumentNullException(nameof(interceptor));

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetAsyncAuthInterceptorCredentials(state, _interceptor);
    }
}
