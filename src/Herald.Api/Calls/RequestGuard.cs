using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Herald.Api.Errors;

namespace Herald.Api.Calls;

/// <summary>
/// What every field of every request must hold, whatever it means: texts without NUL (which no database keeps), times within the years
/// 1 to 9999, and known values of enumerations. So no handler meets a value that it cannot even read.
/// </summary>
internal static class RequestGuard
{
    private const long SecondsMin = -62_135_596_800;
    private const long SecondsMax = 253_402_300_799;
    private const int NanosMax = 999_999_999;

    /// <summary>Fails with every broken rule.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isBatch">The items of the request are checked by its handler, each for itself.</param>
    public static void Check(IMessage request, bool isBatch)
    {
        var violations = new Violations();
        CheckMessage(violations, "", request, isBatch);
        violations.ThrowIfAny();
    }

    /// <summary>Notes every rule that an item of a batch breaks.</summary>
    public static void CheckItem(Violations violations, string path, IMessage item) => CheckMessage(violations, path, item, skipsItems: false);

    private static void CheckMessage(Violations violations, string path, IMessage message, bool skipsItems)
    {
        foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            var fieldPath = path.Length == 0 ? field.Name : $"{path}.{field.Name}";
            var value = field.Accessor.GetValue(message);
            if (field.IsMap)
                CheckMap(violations, fieldPath, field, (System.Collections.IDictionary)value);
            else if (field.IsRepeated && skipsItems && field.FieldType == FieldType.Message)
                continue;
            else if (field.IsRepeated)
                CheckList(violations, fieldPath, field, (System.Collections.IList)value);
            else if (value is not null)
                CheckValue(violations, fieldPath, field, value);
        }
    }

    private static void CheckList(Violations violations, string path, FieldDescriptor field, System.Collections.IList items)
    {
        for (var i = 0; i < items.Count; i++)
            CheckValue(violations, $"{path}[{i}]", field, items[i]!);
    }

    private static void CheckMap(Violations violations, string path, FieldDescriptor field, System.Collections.IDictionary entries)
    {
        var valueField = field.MessageType.FindFieldByNumber(2);
        foreach (System.Collections.DictionaryEntry entry in entries)
        {
            if (entry.Key is string key && !IsText(key))
                violations.Add(path, Rules.Malformed, "Keys may not hold the character NUL.");
            else
                CheckValue(violations, $"{path}[\"{entry.Key}\"]", valueField, entry.Value!);
        }
    }

    private static void CheckValue(Violations violations, string path, FieldDescriptor field, object value)
    {
        switch (value)
        {
            case string text when !IsText(text):
                violations.Add(path, Rules.Malformed, "It may not hold the character NUL.");
                break;
            case System.Enum word when field.EnumType.FindValueByNumber(Convert.ToInt32(word, System.Globalization.CultureInfo.InvariantCulture)) is null:
                violations.Add(path, Rules.UnknownValue, "It is one of the values of its enumeration.");
                break;
            case Timestamp time when time.Seconds is < SecondsMin or > SecondsMax || time.Nanos is < 0 or > NanosMax:
                violations.Add(path, Rules.OutOfRange, "It is a time within the years 1 to 9999.");
                break;
            case Timestamp:
                break;
            case IMessage message:
                CheckMessage(violations, path, message, skipsItems: false);
                break;
            default:
                break;
        }
    }

    private static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal);
}
