using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Herald.Api.Calls;

/// <summary>
/// A hash of what a request says, its request id apart. Maps are taken in the order of their keys, since clients write them in any; so a
/// repeated call has the hash of the first one.
/// </summary>
internal static class RequestHash
{
    /// <summary>SHA-256 over the method and the content.</summary>
    public static byte[] Of(string method, IMessage request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, method);
        AppendMessage(hash, request);
        return hash.GetHashAndReset();
    }

    private static void AppendMessage(IncrementalHash hash, IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.Name == "request_id")
                continue;
            var value = field.Accessor.GetValue(message);
            if (field.IsMap)
                AppendMap(hash, field, (System.Collections.IDictionary)value);
            else if (field.IsRepeated)
                AppendList(hash, field, (System.Collections.IList)value);
            else if (!field.HasPresence || field.Accessor.HasValue(message))
                AppendField(hash, field, value);
        }
        Append(hash, -1);
    }

    private static void AppendList(IncrementalHash hash, FieldDescriptor field, System.Collections.IList items)
    {
        foreach (var item in items)
            AppendField(hash, field, item!);
    }

    private static void AppendMap(IncrementalHash hash, FieldDescriptor field, System.Collections.IDictionary entries)
    {
        var valueField = field.MessageType.FindFieldByNumber(2);
        foreach (var key in entries.Keys.Cast<object>().OrderBy(key => key.ToString(), StringComparer.Ordinal))
        {
            Append(hash, field.FieldNumber);
            Append(hash, key.ToString()!);
            AppendField(hash, valueField, entries[key]!);
        }
    }

    private static void AppendField(IncrementalHash hash, FieldDescriptor field, object value)
    {
        Append(hash, field.FieldNumber);
        switch (value)
        {
            case IMessage message:
                AppendMessage(hash, message);
                break;
            case ByteString bytes:
                Append(hash, bytes.Length);
                hash.AppendData(bytes.Span);
                break;
            case System.Enum word:
                Append(hash, word.ToString("D"));
                break;
            default:
                Append(hash, FormattableString.Invariant($"{value}"));
                break;
        }
    }

    private static void Append(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
