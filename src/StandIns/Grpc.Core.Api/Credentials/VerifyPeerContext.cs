namespace Grpc.Core;

/// <summary>The server that is being checked.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>The name that was called.</summary>
    public string TargetName { get; }

    /// <summary>The server's certificate, as PEM.</summary>
    public string PeerPem { get; }
}
