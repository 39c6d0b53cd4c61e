using Herald.Api.Errors;
using Herald.Domain.Templates;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Herald.WhatsApp.Messages;
using OutgoingMessage = Herald.Contracts.Messages.V1.OutgoingMessage;

namespace Herald.Api.Messages.Sending;

/// <summary>A message that a caller wants to be sent, and what became of it so far.</summary>
/// <param name="Path">Its path in the request, such as <c>message</c> or <c>messages[3]</c>.</param>
/// <param name="Request">The message.</param>
/// <param name="MessageId">The id that it has or will have; the same when the request is repeated.</param>
internal sealed record WantedSend(string Path, OutgoingMessage Request, Domain.Messages.MessageId MessageId)
{
    /// <summary>Whom it is meant for.</summary>
    public SendRecipient? Recipient { get; set; }

    /// <summary>The number that it goes from.</summary>
    public SenderRow? Sender { get; set; }

    /// <summary>The template that it names; null if it is free-form.</summary>
    public TemplateId? TemplateId { get; set; }

    /// <summary>What the template is for; null if it is free-form.</summary>
    public TemplateCategory? Category { get; set; }

    /// <summary>What it says.</summary>
    public MessageContent? Content { get; set; }

    /// <summary>When it may leave.</summary>
    public DateTimeOffset DueTime { get; set; }

    /// <summary>When it is too late.</summary>
    public DateTimeOffset? ExpireTime { get; set; }

    /// <summary>What is to be queued, once nothing speaks against it.</summary>
    public NewSend? Send { get; set; }

    /// <summary>Why it was refused.</summary>
    public ApiException? Refusal { get; set; }

    /// <summary>Whether it is still to be decided.</summary>
    public bool IsOpen => Refusal is null;
}
