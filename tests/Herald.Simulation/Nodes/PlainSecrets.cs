using System.Text;
using Herald.Grains.Secrets;

namespace Herald.Simulation.Nodes;

/// <summary>Turned around, so that a stored token is not the token itself.</summary>
internal sealed class PlainSecrets : ISecretProtector
{
    public static PlainSecrets Instance { get; } = new();

    public byte[] Protect(string secret) => [.. Encoding.UTF8.GetBytes(secret).Reverse()];

    public string Unprotect(byte[] protectedSecret) => Encoding.UTF8.GetString([.. protectedSecret.Reverse()]);
}
