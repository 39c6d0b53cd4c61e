namespace Grpc.Core;

/// <summary>Through which channel credentials tell a channel what they are.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>There is no security.</summary>
    /// <param name="state">As given by the channel.</param>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>TLS is used.</summary>
    /// <param name="state">As given by the channel.</param>
    /// <param name="rootCertificates">Trusted roots as PEM, or null for the machine's.</param>
    /// <param name="keyCertificatePair">The client's own certificate, or null.</param>
    /// <param name="verifyPeerCallback">A further check of the server, or null.</param>
    public abstract void SetSslCredentials(
        object? state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback);

    /// <summary>A channel's security goes together with credentials of each call.</summary>
    /// <param name="state">As given by the channel.</param>
    /// <param name="channelCredentials">The security.</param>
    /// <param name="callCredentials">What is added to each call.</param>
    public abstract void SetCompositeCredentials(object? state, ChannelCredentials channelCredentials, CallCredentials callCredentials);
}
