using Herald.Domain;
using Herald.Domain.Control;
using Herald.Domain.Messages;
using Herald.Grains.Messages;
using Herald.Storage.Messages;
using Herald.Storage.Tenants;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;

namespace Herald.Grains.Control;

/// <summary>
/// Runs the conversation machine, one turn at a time: decide, carry out what it asks for, persist, then queue the replies. Everything a
/// turn does can be repeated, so that a crash anywhere in it ends in the same place when the message is delivered again.
/// </summary>
internal sealed class ControlSessionGrain(
    [PersistentState("conversation", HeraldGrainStorage.Name)] IPersistentState<ControlSessionDocument> document,
    ControlErrands errands,
    IOwnerStore owners,
    ITenantStore tenants,
    IMessageStore messages,
    IRandomSource random,
    IIdSource ids,
    IOptions<ControlOptions> options,
    IOptions<LifetimeOptions> lifetimes,
    TimeProvider time) : Grain, IControlSessionGrain
{
    private readonly ControlConversation _conversation = new(random);

    // The message whose replies this activation has queued; only saves a statement.
    private string _queued = "";

    public async Task Receive(ControlMessage turn)
    {
        // First what an earlier turn kept but could not queue: the next turn would overwrite it.
        await QueueRepliesAsync();
        if (document.State.Handled.Contains(turn.WhatsAppMessageId))
            return;
        await HandleAsync(turn);
        await QueueRepliesAsync();
    }

    private string Key => this.GetPrimaryKeyString();

    private async Task HandleAsync(ControlMessage turn)
    {
        var facts = await FactsAsync(turn.Phone);
        var replies = new List<ControlReply>();
        var step = _conversation.Begin(document.State.Conversation.Copy(), new ControlInput(turn.Text, turn.ReplyId), facts);
        replies.AddRange(step.Replies);
        while (step.Request is { } request)
        {
            var answer = await errands.RunAsync(GrainFactory, request, turn);
            step = _conversation.Continue(step.Session, request, answer, facts);
            replies.AddRange(step.Replies);
        }
        var before = document.State;
        document.State = new ControlSessionDocument
        {
            Conversation = step.Session,
            Handled = [.. before.Handled.TakeLast(ControlSessionDocument.HandledMax - 1), turn.WhatsAppMessageId],
            Replies = [.. ControlContent.Of(replies).Select(content => content.ToJson())],
        };
        try
        {
            await document.WriteStateAsync();
        }
        catch
        {
            // Memory changes only after the write; what was read stays true until then.
            document.State = before;
            throw;
        }
    }

    /// <summary>The dedupe key makes a second queueing of the same reply a no-op.</summary>
    private async Task QueueRepliesAsync()
    {
        if (document.State.Handled is not [.., var wamid] || wamid == _queued)
            return;
        var now = time.GetUtcNow();
        var outbox = document.State.Replies.Select((content, i) => new NewMessage
        {
            TenantId = GrainKeys.ParseTenant(Key),
            MessageId = new MessageId(ids.NewId()),
            ContactId = GrainKeys.ParseSessionContact(Key),
            SenderId = GrainKeys.ParseSessionSender(Key),
            Class = MessageClass.Reply,
            Content = content,
            DedupeKey = $"control:{wamid}:{i}",
            // A microsecond apart, so that they leave in order.
            DueTime = now.AddMicroseconds(i),
            ExpireTime = lifetimes.Value.ExpireTime(MessageClass.Reply, now),
            CreateTime = now,
        }).ToList();
        await messages.EnqueueAsync(outbox, CancellationToken.None);
        _queued = wamid;
    }

    private async Task<ControlFacts> FactsAsync(string? phone)
    {
        var links = new List<ControlLink>();
        foreach (var owner in phone is null ? [] : await owners.FindByPhoneAsync(phone, CancellationToken.None))
        {
            if (await tenants.GetAsync(owner.TenantId, CancellationToken.None) is { } tenant)
                links.Add(new ControlLink(owner.TenantId, owner.OwnerId, tenant.DisplayName, owner.Role, owner.Language));
        }
        return new ControlFacts(links, time.GetUtcNow(), options.Value.FallbackLanguage, options.Value.UndoWindow);
    }
}
