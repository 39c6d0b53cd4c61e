namespace Herald.Simulator;

/// <summary>A send that the API accepted.</summary>
/// <param name="Order">Place among all requests, from 1.</param>
/// <param name="Time">When it was accepted.</param>
/// <param name="PhoneNumberId">The sending number.</param>
/// <param name="Phone">Digits of the recipient.</param>
/// <param name="MessageId">The wamid.</param>
/// <param name="CallbackData">Its <c>biz_opaque_callback_data</c>; null without.</param>
/// <param name="Type"><c>text</c>, <c>template</c> or <c>interactive</c>.</param>
/// <param name="TemplateName">Null unless it is a template.</param>
/// <param name="Category"><c>MARKETING</c>, <c>UTILITY</c>, <c>AUTHENTICATION</c>, or <c>SERVICE</c> for free-form messages.</param>
public sealed record SendRecord(
    long Order,
    DateTimeOffset Time,
    string PhoneNumberId,
    string Phone,
    string MessageId,
    string? CallbackData,
    string Type,
    string? TemplateName,
    string Category);
