using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message is read from.</summary>
public abstract class DeserializationContext
{
    /// <summary>The number of bytes of the message.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>Gives the message's bytes in an array of its own. The message can be read once.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>Gives the message's bytes where they lie; valid only until the deserializer returns. The message can be read once.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotImplementedException();
}
