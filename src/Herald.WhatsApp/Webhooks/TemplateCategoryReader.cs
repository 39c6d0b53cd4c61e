using System.Text.Json;
using Herald.WhatsApp.Json;
using Herald.WhatsApp.Templates;

namespace Herald.WhatsApp.Webhooks;

/// <summary>Reads the field <c>template_category_update</c>: an announcement has a <c>correct_category</c>, which comes a day later; <c>new_category</c> holds now.</summary>
internal static class TemplateCategoryReader
{
    private const string Field = "template_category_update";

    public static WebhookChange Read(JsonElement value, string? wabaId, DateTimeOffset? entryTime)
    {
        var present = TemplateWords.ToCategory(value.Text("new_category"u8));
        var announced = TemplateWords.ToCategory(value.Text("correct_category"u8));
        if (present is null && announced is null)
            return new UnknownChange(Field, value.Text("new_category"u8) ?? "") { WabaId = wabaId };

        var language = value.Text("message_template_language"u8);
        return new TemplateCategoryChange
        {
            WabaId = wabaId,
            TemplateId = value.Text("message_template_id"u8),
            Name = value.Text("message_template_name"u8),
            Language = language is null ? null : TemplateWords.NormaliseLanguage(language),
            Previous = TemplateWords.ToCategory(value.Text("previous_category"u8)),
            Present = present,
            Announced = announced,
            Time = entryTime,
        };
    }
}
