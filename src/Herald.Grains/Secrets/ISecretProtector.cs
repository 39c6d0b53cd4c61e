namespace Herald.Grains.Secrets;

/// <summary>Encrypts what must not lie readable in the database: access tokens.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts a secret for storage.</summary>
    byte[] Protect(string secret);

    /// <summary>Reads a stored secret.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The bytes were not made with this installation's keys.</exception>
    string Unprotect(byte[] protectedSecret);
}
