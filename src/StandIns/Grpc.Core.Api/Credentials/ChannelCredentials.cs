namespace Grpc.Core;

/// <summary>How a channel secures its connections.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No security: plain text.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>TLS with the machine's own trust.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    internal virtual bool IsComposable => false;

    /// <summary>Puts together a channel's security and credentials that are added to each call.</summary>
    /// <param name="channelCredentials">The security; not <see cref="Insecure"/>, which would show the credentials to everyone.</param>
    /// <param name="callCredentials">What is added to each call.</param>
    /// <exception cref="ArgumentException">The channel credentials are not secure.</exception>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials) =>
        new CompositeChannelCredentials(channelCredentials, callCredentials);

    /// <summary>Tells a channel what these credentials are. Called by the library alone.</summary>
    /// <param name="configurator">What is told.</param>
    /// <param name="state">Handed on to the configurator.</param>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state);

    private sealed class InsecureCredentials : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetInsecureCredentials(state);
    }

    private sealed class CompositeChannelCredentials : ChannelCredentials
    {
        private readonly ChannelCredentials _channelCredentials;
        private readonly CallCredentials _callCredentials;

        public CompositeChannelCredentials(ChannelCredentials channelCredentials, CallCredentials callCredentials)
        {
            ArgumentNullException.ThrowIfNull(channelCredentials);
            ArgumentNullException.ThrowIfNull(callCredentials);
            if (!channelCredentials.IsComposable)
            {
                throw new ArgumentException(
                    "Call credentials need a channel that is secure, such as one with SslCredentials.", nameof(channelCredentials));
            }

            _channelCredentials = channelCredentials;
            _callCredentials = callCredentials;
        }

        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, _channelCredentials, _callCredentials);
    }
}
