namespace Herald.Host.Keys;

/// <summary>A certificate with its private key, in the notation of Kestrel's own settings.</summary>
internal sealed class KeyRingCertificate
{
    /// <summary>A PKCS #12 file (<c>.pfx</c>), or a PEM file if <see cref="KeyPath"/> is set. Required.</summary>
    public string Path { get; set; } = "";

    /// <summary>The PEM file of the private key.</summary>
    public string? KeyPath { get; set; }

    /// <summary>The password of the PKCS #12 file or of the PEM key, if it has one.</summary>
    public string? Password { get; set; }
}
