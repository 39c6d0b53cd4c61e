using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Herald.Grains.Secrets;

/// <summary>Encrypts with ASP.NET Data Protection.</summary>
/// <param name="provider">The key ring.</param>
public sealed class DataProtectionSecretProtector(IDataProtectionProvider provider) : ISecretProtector
{
    private readonly IDataProtector _protector = provider.CreateProtector("herald.tokens.v1");

    /// <inheritdoc/>
    public byte[] Protect(string secret) => _protector.Protect(Encoding.UTF8.GetBytes(secret));

    /// <inheritdoc/>
    public string Unprotect(byte[] protectedSecret) => Encoding.UTF8.GetString(_protector.Unprotect(protectedSecret));
}
