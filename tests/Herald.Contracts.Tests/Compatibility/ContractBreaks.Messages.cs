using Google.Protobuf.Reflection;

namespace Herald.Contracts.Tests.Compatibility;

/// <content>Messages and their fields.</content>
internal static partial class ContractBreaks
{
    private static void CompareMessages(string path, DescriptorProto then, DescriptorProto now, List<string> breaks)
    {
        CompareAll(path, "message", then.NestedType, now.NestedType, message => message.Name, CompareMessages, breaks);
        CompareAll(path, "enum", then.EnumType, now.EnumType, type => type.Name, CompareEnums, breaks);

        var nowByNumber = now.Field.ToDictionary(field => field.Number);
        foreach (var field in then.Field)
        {
            if (nowByNumber.TryGetValue(field.Number, out var other))
                CompareFields($"{path}.{field.Name}", (then, field), (now, other), breaks);
            else
                breaks.Add($"{path}.{field.Name}: field {field.Number} is gone");
        }

        var nowRanges = now.ReservedRange.Select(range => (range.Start, range.End)).ToList();
        Reserved(path, then.ReservedRange.Select(range => (range.Start, range.End)), nowRanges, then.ReservedName, now.ReservedName, breaks);
    }

    private static void CompareFields(
        string path,
        (DescriptorProto Message, FieldDescriptorProto Field) then,
        (DescriptorProto Message, FieldDescriptorProto Field) now,
        List<string> breaks)
    {
        Same(path, $"name of field {then.Field.Number}", then.Field.Name, now.Field.Name, breaks);
        Same(path, "JSON name", then.Field.JsonName, now.Field.JsonName, breaks);
        Same(path, "type", then.Field.Type, now.Field.Type, breaks);
        Same(path, "type's name", then.Field.TypeName, now.Field.TypeName, breaks);
        Same(path, "label", then.Field.Label, now.Field.Label, breaks);
        Same(path, "presence", then.Field.Proto3Optional, now.Field.Proto3Optional, breaks);
        Same(path, "oneof", Oneof(then.Message, then.Field), Oneof(now.Message, now.Field), breaks);
    }

    private static string Oneof(DescriptorProto message, FieldDescriptorProto field) =>
        field is { HasOneofIndex: true, Proto3Optional: false } ? message.OneofDecl[field.OneofIndex].Name : "none";
}
