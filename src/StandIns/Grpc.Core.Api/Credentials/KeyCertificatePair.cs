namespace Grpc.Core;

/// <summary>A certificate chain with its private key, both as PEM.</summary>
public sealed class KeyCertificatePair
{
    /// <summary>Makes a pair.</summary>
    /// <param name="certificateChain">The certificates, as PEM.</param>
    /// <param name="privateKey">The key, as PEM.</param>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        CertificateChain = certificateChain ?? throw new ArgumentNullException(nameof(certificateChain));
        PrivateKey = privateKey ?? throw new ArgumentNullException(nameof(privateKey));
    }

    /// <summary>The certificates, as PEM.</summary>
    public string CertificateChain { get; }

    /// <summary>The key, as PEM.</summary>
    public string PrivateKey { get; }
}
