using System.Text.Json;

namespace Herald.Simulator;

/// <summary>Checks the buttons of a template.</summary>
internal static class TemplateButtons
{
    private const int ButtonsMax = 10;
    private const int LabelMax = 25;
    private const int UrlMax = 2000;
    private const int PhoneMax = 20;
    // Meta's page says 15, its own example has 20.
    private const int CodeMax = 20;

    private static readonly Dictionary<string, int> CountMax = new(StringComparer.Ordinal)
    {
        ["QUICK_REPLY"] = 10,
        ["URL"] = 2,
        ["PHONE_NUMBER"] = 1,
        ["COPY_CODE"] = 1,
        ["FLOW"] = 1,
        ["OTP"] = 1,
    };

    public static (IReadOnlyList<TemplateButton>? Buttons, GraphError? Error) Read(IReadOnlyList<JsonElement> items, string category)
    {
        if (items.Count is 0 or > ButtonsMax)
        {
            return (null, TemplateErrors.Buttons($"A template can have 1 to {ButtonsMax} buttons."));
        }

        var buttons = new List<TemplateButton>(items.Count);
        foreach (var item in items)
        {
            var type = (item.Text("type") ?? "").ToUpperInvariant();
            if (!CountMax.TryGetValue(type, out var countMax))
            {
                return (null, GraphErrors.ParameterOneOf("components['buttons']['type']", string.Join(", ", CountMax.Keys), type));
            }

            if ((type == "OTP") != (category == "AUTHENTICATION"))
            {
                return (null, TemplateErrors.Buttons("Buttons of type OTP belong to authentication templates, and no others do."));
            }

            if (buttons.Count(other => other.Type == type) == countMax)
            {
                return (null, TemplateErrors.Buttons($"A template can have at most {countMax} buttons of type {type}."));
            }

            var (button, error) = ReadOne(item, type);
            if (button is null)
            {
                return (null, error);
            }

            buttons.Add(button);
        }

        return AreGrouped(buttons)
            ? (buttons, null)
            : (null, TemplateErrors.Buttons("Quick reply buttons must stand together, before or after the other buttons."));
    }

    private static (TemplateButton?, GraphError?) ReadOne(JsonElement item, string type)
    {
        var label = item.Text("text") ?? "";
        var hasFixedLabel = type is "COPY_CODE" or "OTP";
        var error = !hasFixedLabel && label.CodePoints() is 0 or > LabelMax
            ? TemplateErrors.Buttons($"The text of a button must have 1 to {LabelMax} characters.")
            : type switch
            {
                "URL" => CheckUrl(item),
                "PHONE_NUMBER" => CheckPhone(item),
                "COPY_CODE" => CheckCode(item),
                "OTP" => CheckOtp(item),
                _ => null,
            };
        if (error is not null)
        {
            return (null, error);
        }

        var text = label.Length > 0 ? label : "Copy code";
        var needsParameter = type is "COPY_CODE" or "OTP" || (type == "URL" && TemplateVariables.Find(item.Text("url") ?? "").Count > 0);
        return (new TemplateButton(type, text, needsParameter), null);
    }

    private static GraphError? CheckUrl(JsonElement item)
    {
        var url = item.Text("url") ?? "";
        var variables = TemplateVariables.Find(url);
        return url.Length is 0 or > UrlMax ? TemplateErrors.Buttons($"The URL of a button must have 1 to {UrlMax} characters.")
            : variables.Count > 1 ? TemplateErrors.Buttons("The URL of a button can have only one variable.")
            : variables.Count == 1 && (variables[0] != "1" || !url.EndsWith("}}", StringComparison.Ordinal))
                ? TemplateErrors.Buttons("The variable of a URL must be {{1}} and stand at its end.")
            : variables.Count == 1 && !HasExample(item) ? TemplateErrors.MissingField("BUTTONS", "example")
            : null;
    }

    private static GraphError? CheckPhone(JsonElement item) =>
        item.Text("phone_number") is { Length: > 0 and <= PhoneMax }
            ? null
            : TemplateErrors.Buttons($"The phone number of a button must have 1 to {PhoneMax} characters.");

    private static GraphError? CheckCode(JsonElement item)
    {
        var code = item.Text("example")
            ?? (item.Items("example") is [{ ValueKind: JsonValueKind.String } first, ..] ? first.GetString() : null);
        return code is null ? TemplateErrors.MissingField("BUTTONS", "example")
            : code.Length is 0 or > CodeMax ? TemplateErrors.Buttons($"A code to copy must have 1 to {CodeMax} characters.")
            : null;
    }

    private static GraphError? CheckOtp(JsonElement item) =>
        item.Text("otp_type")?.ToUpperInvariant() is "COPY_CODE" or "ONE_TAP" or "ZERO_TAP"
            ? null
            : TemplateErrors.Buttons("otp_type must be COPY_CODE, ONE_TAP or ZERO_TAP.");

    private static bool HasExample(JsonElement item) => item.Items("example").Count > 0 || item.Text("example") is { Length: > 0 };

    private static bool AreGrouped(List<TemplateButton> buttons)
    {
        var changes = 0;
        for (var index = 1; index < buttons.Count; index++)
        {
            if ((buttons[index].Type == "QUICK_REPLY") != (buttons[index - 1].Type == "QUICK_REPLY"))
            {
                changes++;
            }
        }

        return changes <= 1;
    }
}
