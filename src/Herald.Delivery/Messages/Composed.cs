using Herald.WhatsApp.Messages;

namespace Herald.Delivery.Messages;

/// <summary>A request ready to be sent, or the code and sentence with which its message fails.</summary>
internal readonly record struct Composed(OutgoingMessage? Message, int Code, string Detail);
