namespace Grpc.Core;

/// <summary>Checks a server further, after its certificate has been found valid; false refuses the connection.</summary>
/// <param name="context">Which server.</param>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);
