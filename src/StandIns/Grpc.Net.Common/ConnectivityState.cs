namespace Grpc.Core;

/// <summary>What a channel's connection is doing.</summary>
public enum ConnectivityState
{
    /// <summary>There is no connection and no attempt to make one.</summary>
    Idle,

    /// <summary>A connection is being made.</summary>
    Connecting,

    /// <summary>There is a connection.</summary>
    Ready,

    /// <summary>The last attempt failed; another will be made.</summary>
    TransientFailure,

    /// <summary>The channel was closed for good.</summary>
    Shutdown,
}
