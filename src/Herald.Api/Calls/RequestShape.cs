using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Herald.Api.Calls;

/// <summary>Where a request message keeps the name of what it is about and its request id. Found once for each type of request.</summary>
internal sealed class RequestShape
{
    private static readonly ConcurrentDictionary<MessageDescriptor, RequestShape> ByType = new();
    private readonly Func<IMessage, string?> _name;
    private readonly Func<IMessage, string?> _requestId;

    private RequestShape(MessageDescriptor request)
    {
        (NameField, _name) = FindName(request);
        (RequestIdField, _requestId) = Find(request, "request_id") ?? ("", static _ => null);
    }

    /// <summary>The path of the name; empty if the request names nothing.</summary>
    public string NameField { get; }

    /// <summary>The path of the request id; empty if the request has none.</summary>
    public string RequestIdField { get; }

    /// <summary>The shape of a type of request.</summary>
    public static RequestShape Of(MessageDescriptor request) => ByType.GetOrAdd(request, static type => new RequestShape(type));

    /// <summary>The name of the resource or of its parent, as the caller wrote it; null if the request names nothing.</summary>
    public string? NameOf(IMessage request) => _name(request);

    /// <summary>The request id as the caller wrote it; null if the request has none.</summary>
    public string? RequestIdOf(IMessage request) => _requestId(request);

    private static (string Path, Func<IMessage, string?> Read) FindName(MessageDescriptor request)
    {
        if (Find(request, "name") is { } name && name.Path == "name")
            return name;
        if (Find(request, "parent") is { } parent)
            return parent;
        // What is created carries a name too, but as output only; what is updated is named by it.
        if (request.FindFieldByName("update_mask") is not null && Find(request, "name") is { } nested)
            return nested;
        return ("", static _ => null);
    }

    /// <summary>Finds a text field of the request, or of a message that stands in it.</summary>
    private static (string Path, Func<IMessage, string?> Read)? Find(MessageDescriptor request, string fieldName)
    {
        if (TextField(request, fieldName) is { } direct)
            return (fieldName, message => (string)direct.Accessor.GetValue(message));
        foreach (var part in request.Fields.InDeclarationOrder())
        {
            if (part.FieldType != FieldType.Message || part.IsRepeated || TextField(part.MessageType, fieldName) is not { } inner)
                continue;
            return ($"{part.Name}.{fieldName}", message =>
                part.Accessor.GetValue(message) is IMessage value ? (string)inner.Accessor.GetValue(value) : "");
        }
        return null;
    }

    private static FieldDescriptor? TextField(MessageDescriptor message, string name) =>
        message.FindFieldByName(name) is { FieldType: FieldType.String, IsRepeated: false } field ? field : null;
}
