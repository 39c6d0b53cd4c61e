using System.Security.Cryptography;
using System.Text;

namespace Herald.Grains.Control;

/// <summary>
/// Link codes as they are stored: hashed, so that who reads the table cannot link a phone with one. Six digits are guessed quickly by
/// who has the hash; they live for minutes, work once, and a phone is blocked after a few wrong ones.
/// </summary>
public static class OwnerLinkCodes
{
    /// <summary>The hash under which a code is stored and looked up: SHA-256 over a fixed prefix and the code's digits.</summary>
    public static byte[] Hash(string code) => SHA256.HashData(Encoding.UTF8.GetBytes("herald-owner-link:" + code));
}
