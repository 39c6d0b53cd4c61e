using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Herald.Api.Tests.Support;

namespace Herald.Api.Tests.Isolation;

/// <summary>One field of a request, by its path from the request.</summary>
/// <param name="Path">In the words of field violations, such as <c>campaign.template</c> or <c>contact_lists[0]</c>.</param>
/// <param name="Field">The field.</param>
/// <param name="Pattern">The form of name that it takes; null if it takes none.</param>
/// <param name="Set">Puts a value into a request.</param>
internal sealed record RequestField(string Path, FieldDescriptor Field, string? Pattern, Action<IMessage, object> Set)
{
    /// <summary>Whether the request is about what this field names.</summary>
    public bool IsSubject => Pattern is not null && Field.Name is "name" or "parent";
}

/// <summary>Builds requests of any type from the descriptors and comments of the contract.</summary>
internal static class RequestBuilder
{
    private const string OutputOnly = "Output only";

    /// <summary>The fields that a caller may fill, those of nested messages included.</summary>
    public static IReadOnlyList<RequestField> FieldsOf(MessageDescriptor request) => [.. Walk(request, request, "", static root => root)];

    /// <summary>A request in which everything is filled with something plausible; names come from <paramref name="names"/> by their form.</summary>
    public static IMessage Fill(MessageDescriptor request, Func<string, string> names)
    {
        var message = request.Parser.ParseFrom([]);
        foreach (var field in FieldsOf(request))
        {
            if (field.Pattern is { } pattern && field.IsSubject)
                field.Set(message, names(pattern));
            else if (field.Field.Name == "request_id")
                field.Set(message, World.NewRequestId());
            else if (field.Pattern is null && field.Field is { FieldType: FieldType.Enum })
                field.Set(message, field.Field.EnumType.Values[1].Number);
            else if (field.Pattern is null && field.Field is { FieldType: FieldType.String } && field.Field.Name is "wording" or "display_name")
                field.Set(message, "words");
        }
        if (request.FindFieldByName("update_mask") is { } mask)
            mask.Accessor.SetValue(message, new FieldMask { Paths = { WritableFields(request).First() } });
        return message;
    }

    /// <summary>The fields that an update may name in its mask.</summary>
    public static IEnumerable<string> WritableFields(MessageDescriptor update) =>
        update.FindFieldByNumber(1).MessageType.Fields.InFieldNumberOrder()
            .Where(field => !ProtoComments.Of(field.FullName).StartsWith(OutputOnly, StringComparison.Ordinal))
            .Select(field => field.Name);

    private static IEnumerable<RequestField> Walk(MessageDescriptor root, MessageDescriptor message, string prefix, Func<IMessage, IMessage> reach)
    {
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            var path = prefix.Length == 0 ? field.Name : $"{prefix}.{field.Name}";
            if (IsOutput(root, field) || field.IsMap)
                continue;
            if (field.FieldType == FieldType.Message && !field.IsRepeated && field.MessageType.File.Package.StartsWith("herald.", StringComparison.Ordinal))
            {
                foreach (var inner in Walk(root, field.MessageType, path, top => Nested(reach(top), field)))
                    yield return inner;
            }
            else if (field.IsRepeated && field.FieldType == FieldType.String)
            {
                yield return new RequestField($"{path}[0]", field, ProtoComments.PatternOf(field.FullName), (top, value) =>
                {
                    var items = (System.Collections.IList)field.Accessor.GetValue(reach(top));
                    items.Clear();
                    items.Add(value);
                });
            }
            else if (!field.IsRepeated)
            {
                yield return new RequestField(
                    path, field, ProtoComments.PatternOf(field.FullName), (top, value) => field.Accessor.SetValue(reach(top), value));
            }
        }
    }

    private static IMessage Nested(IMessage parent, FieldDescriptor field)
    {
        if (field.Accessor.GetValue(parent) is not IMessage value)
        {
            value = field.MessageType.Parser.ParseFrom([]);
            field.Accessor.SetValue(parent, value);
        }
        return value;
    }

    /// <summary>Whether callers leave the field to Herald. Name and etag of what is updated are theirs.</summary>
    private static bool IsOutput(MessageDescriptor root, FieldDescriptor field) =>
        ProtoComments.Of(field.FullName).StartsWith(OutputOnly, StringComparison.Ordinal)
        && !(root.FindFieldByName("update_mask") is not null && field.Name is "name" or "etag");
}
