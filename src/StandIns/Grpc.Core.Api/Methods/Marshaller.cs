namespace Grpc.Core;

/// <summary>Turns messages into bytes and back.</summary>
/// <typeparam name="T">The message.</typeparam>
public class Marshaller<T>
{
    /// <summary>Makes a marshaller of functions on arrays.</summary>
    /// <param name="serializer">Turns a message into bytes.</param>
    /// <param name="deserializer">Turns bytes into a message.</param>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        Serializer = serializer ?? throw new ArgumentNullException(nameof(serializer));
        Deserializer = deserializer ?? throw new ArgumentNullException(nameof(deserializer));
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>Makes a marshaller of functions on the library's own buffers.</summary>
    /// <param name="serializer">Writes a message.</param>
    /// <param name="deserializer">Reads a message.</param>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ContextualSerializer = serializer ?? throw new ArgumentNullException(nameof(serializer));
        ContextualDeserializer = deserializer ?? throw new ArgumentNullException(nameof(deserializer));
        Serializer = _ => throw new NotImplementedException("This marshaller has a contextual serializer only.");
        Deserializer = _ => throw new NotImplementedException("This marshaller has a contextual deserializer only.");
    }

    /// <summary>Turns a message into bytes; throws when the marshaller was made of functions on buffers.</summary>
    public Func<T, byte[]> Serializer { get; }

    /// <summary>Turns bytes into a message; throws when the marshaller was made of functions on buffers.</summary>
    public Func<byte[], T> Deserializer { get; }

    /// <summary>Writes a message.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>Reads a message.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }
}
