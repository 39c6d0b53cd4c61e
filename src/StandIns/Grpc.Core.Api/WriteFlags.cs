namespace Grpc.Core;

/// <summary>How one message is written.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>The message may wait in a buffer until more is written.</summary>
    BufferHint = 0x1,

    /// <summary>The message is not compressed even if the call is.</summary>
    NoCompress = 0x2,
}
