using System.Security.Cryptography;

namespace Orleans.Runtime;

/// <summary>Tells this silo from all others, also from itself after a restart.</summary>
internal sealed class SiloIdentity
{
    public string Id { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);
}
