using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a message is written to.</summary>
public abstract class SerializationContext
{
    /// <summary>Gives the whole message at once. Call it once, and nothing else.</summary>
    /// <param name="payload">The message's bytes, which must not change afterwards.</param>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>Gives the buffer to write to; then call <see cref="Complete()"/>.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Says how many bytes will be written, before the buffer is asked for.</summary>
    /// <param name="payloadLength">The number of bytes.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Says that the message has been written to the buffer.</summary>
    public virtual void Complete() => throw new NotImplementedException();
}
