namespace Herald.Host.Keys;

/// <summary>How the Data Protection key ring, which encrypts tokens, is itself kept. Section <c>Herald:Keys</c>.</summary>
internal sealed class KeyRingOptions
{
    /// <summary>
    /// Certificates that encrypt the key ring in the database: the first encrypts new keys, all of them decrypt, so that one can be
    /// changed for another. None: the ring lies in the database as it is, and the host says so at its start.
    /// </summary>
    public IList<KeyRingCertificate> Certificates { get; } = [];
}
