using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Herald.Grains.Secrets;
using Herald.Storage.Tenants;
using Herald.WhatsApp;

namespace Herald.Delivery.Messages;

/// <summary>A sender's access token in the clear, for as long as its row is in use.</summary>
internal sealed class SenderTokens(ISecretProtector protector)
{
    private readonly ConditionalWeakTable<byte[], AccessToken> _byCipher = [];

    /// <summary>Null when the sender has none, or when this installation's keys cannot read it.</summary>
    public AccessToken? Find(SenderRow sender)
    {
        if (sender.TokenCipher is not { } cipher)
            return null;
        if (_byCipher.TryGetValue(cipher, out var known))
            return known;
        try
        {
            var token = new AccessToken(protector.Unprotect(cipher));
            _byCipher.AddOrUpdate(cipher, token);
            return token;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
