namespace Grpc.Core;

/// <summary>TLS for a channel.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeerCallback;

    /// <summary>TLS with the machine's own trust.</summary>
    public SslCredentials()
        : this(null, null, null)
    {
    }

    /// <summary>TLS with given roots.</summary>
    /// <param name="rootCertificates">Trusted roots as PEM, or null for the machine's.</param>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null, null)
    {
    }

    /// <summary>TLS with given roots and a certificate of the client's own.</summary>
    /// <param name="rootCertificates">Trusted roots as PEM, or null for the machine's.</param>
    /// <param name="keyCertificatePair">The client's own certificate, or null.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>TLS with given roots, a certificate of the client's own and a further check of the server.</summary>
    /// <param name="rootCertificates">Trusted roots as PEM, or null for the machine's.</param>
    /// <param name="keyCertificatePair">The client's own certificate, or null.</param>
    /// <param name="verifyPeerCallback">The check, or null.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>Trusted roots as PEM, or null for the machine's.</summary>
    public string? RootCertificates { get; }

    /// <summary>The client's own certificate, or null.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    internal override bool IsComposable => true;

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeerCallback);
    }
}
