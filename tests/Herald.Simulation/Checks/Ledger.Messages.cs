using Herald.Domain.Messages;
using Herald.Simulation.Meta;
using Herald.Simulation.Nodes;
using Herald.Storage.Leases;
using Herald.WhatsApp.Messages;

namespace Herald.Simulation.Checks;

/// <summary>What must hold of messages: at each commit, and at each request just before it is written.</summary>
internal sealed partial class Ledger
{
    /// <summary>A node writes a request. Null when it should not even be able to name such a message.</summary>
    public Post? Posting(SimNode node, string phoneNumberId, string token, OutgoingMessage message)
    {
        if (!BizOpaqueCallback.TryParse(message.CallbackData, out var id) || !_messages.TryGetValue(id.ToString(), out var shadow))
        {
            Break("unknown message", $"{node.Name} sends {message.CallbackData}, which is not in the database");
            return null;
        }
        var post = new Post(node, id.Value, phoneNumberId, message.To.Phone ?? "", (message.Content as TemplateContent)?.Name)
        {
            Attempt = shadow.Attempts,
        };
        trace.Add(node.Name, $"posts {shadow.Id[^6..]} attempt {shadow.Attempts}");
        CheckAddress(node, shadow, post, token);
        CheckLease(node, shadow);
        if (shadow.State != MessageState.Claimed || shadow.ClaimNode != node.Name)
            Break("claim", $"{node.Name} sends message {shadow.Id}, which is {shadow.State} by {shadow.ClaimNode}");
        if (!shadow.IsSurelyNotAccepted)
            Break("unknown outcome", $"{node.Name} sends message {shadow.Id} again, although nobody knows what became of an earlier request");
        if (shadow.Class == MessageClass.Marketing && Consents.HasOptedOut(shadow.Tenant, shadow.Contact, shadow.Sender)
            && (HeardSince(node, $"{shadow.Tenant}/{shadow.Contact}", shadow.ClaimCommit) || HeardSince(node, "", shadow.ClaimCommit)))
        {
            Break("last look", $"{node.Name} sends message {shadow.Id}, although it has heard of the opt-out");
        }
        shadow.Posts.Add(post);
        return post;
    }

    private bool HeardSince(SimNode node, string payload, long commit) =>
        _heard.TryGetValue((node.Name, payload), out var heard) && heard > commit;

    private void CheckAddress(SimNode node, MessageShadow shadow, Post post, string token)
    {
        if (People.FindSender(post.PhoneNumberId) is not { } sender || sender.Tenant != shadow.Tenant || sender.Id != shadow.Sender || sender.Token != token)
            Break("tenants", $"{node.Name} sends message {shadow.Id} of tenant {shadow.Tenant} through number {post.PhoneNumberId}");
        if (People.PhoneOf(shadow.Tenant, shadow.Contact) != post.Phone)
            Break("tenants", $"{node.Name} sends message {shadow.Id} to {post.Phone}, who is not its contact");
    }

    private void CheckLease(SimNode node, MessageShadow shadow)
    {
        var name = $"{LeaseNames.SenderPrefix}{shadow.Tenant}/{shadow.Sender}";
        if (!_leases.TryGetValue(name, out var lease) || lease.Node != node.Name || lease.Epoch != shadow.ClaimEpoch)
            Break("lease", $"{node.Name} sends message {shadow.Id} while {lease.Node} owns its sender (epoch {lease.Epoch}, claimed under {shadow.ClaimEpoch})");
        else if (lease.Expires <= Domain.Micros.FromTime(machine.Clock.Now))
            Break("lease", $"{node.Name} sends message {shadow.Id} after its lease ran out");
    }

    private void Check(string node, Change change)
    {
        var after = (MessageState)change.After;
        if (change.Before == 0)
        {
            AddMessage(change, after);
            return;
        }
        if (change.After == 0 || !_messages.TryGetValue(change.Id, out var shadow))
        {
            Break("lost", $"message {change.Id} is gone");
            return;
        }
        if (shadow.Tenant != change.Tenant || shadow.Contact != change.Contact)
            Break("tenants", $"message {change.Id} changed hands");
        if (shadow.State != (MessageState)change.Before)
            throw new InvalidOperationException("The account of the run has missed a change.");
        if (shadow.State != after)
            CheckMove(node, shadow, change, after);
        shadow.State = after;
        shadow.Attempts = change.Attempts;
        shadow.Reason = change.Reason;
        shadow.Code = change.Code;
    }

    private void AddMessage(Change change, MessageState state)
    {
        if (!People.IsContact(change.Tenant, change.Contact ?? ""))
            Break("tenants", $"message {change.Id} of tenant {change.Tenant} is for contact {change.Contact}, whom that tenant does not have");
        if (state is not (MessageState.Queued or MessageState.Suppressed))
            Break("forward", $"message {change.Id} begins as {state}");
        if (change.Text is { } key && _messages.Values.Any(other => other.Tenant == change.Tenant && other.DedupeKey == key))
            Break("once", $"there are two messages for {key}");
        _messages.Add(change.Id, new MessageShadow
        {
            Id = change.Id,
            Tenant = change.Tenant,
            Contact = change.Contact ?? "",
            Sender = change.Sender ?? "",
            Campaign = change.Campaign,
            Class = (MessageClass)change.Class,
            DedupeKey = change.Text,
            State = state,
            Reason = change.Reason,
        });
    }

    private void CheckMove(string node, MessageShadow shadow, Change change, MessageState after)
    {
        if (!MessageMoves.IsAllowed(shadow.State, after))
            Break("forward", $"message {shadow.Id} went from {shadow.State} to {after}");
        if (after == MessageState.Claimed)
            CheckClaim(node, shadow, change);
        if (MessageMoves.IsEvidence(after))
            CheckEvidence(shadow, after);
        else if (after is not (MessageState.Claimed or MessageState.Unknown) && !shadow.IsSurelyNotAccepted)
            Break("unknown outcome", $"message {shadow.Id} became {after}, although nobody knows what became of a request");
        if (after == MessageState.Suppressed && change.Reason == 0)
            Break("reason", $"message {shadow.Id} is {after} without a reason");
        if (after == MessageState.Failed && change.Code == 0)
            Break("reason", $"message {shadow.Id} is {after} without a code");
    }

    private void CheckClaim(string node, MessageShadow shadow, Change change)
    {
        shadow.ClaimCommit = _commit;
        shadow.ClaimNode = change.Text;
        shadow.ClaimEpoch = change.Number;
        if (change.Text != node)
            Break("claim", $"{node} claims message {shadow.Id} for {change.Text}");
        if (change.Attempts != shadow.Attempts + 1)
            Break("journal", $"message {shadow.Id} is claimed for attempt {change.Attempts} after {shadow.Attempts}");
        if (!_leases.TryGetValue($"{LeaseNames.SenderPrefix}{shadow.Tenant}/{shadow.Sender}", out var lease) || lease.Node != node || lease.Epoch != change.Number)
            Break("lease", $"{node} claims message {shadow.Id} under epoch {change.Number}, but {lease.Node} holds epoch {lease.Epoch}");
        if (shadow.Class == MessageClass.Marketing && Consents.HasOptedOut(shadow.Tenant, shadow.Contact, shadow.Sender))
            Break("opt-out", $"{node} claims message {shadow.Id}, although its contact has opted out");
        if (shadow.Class == MessageClass.Marketing)
            OnClaim(shadow.Tenant, shadow.Contact);
    }

    /// <summary>Meta's word is only what Meta said. A failure may also be the answer to a request, or be found before one.</summary>
    private void CheckEvidence(MessageShadow shadow, MessageState after)
    {
        var accepted = FindAccepted(Guid.Parse(shadow.Id));
        if (after == MessageState.Failed)
        {
            if (accepted is not null && !accepted.Told.Contains(MessageState.Failed))
                Break("truth", $"message {shadow.Id} failed, although Meta took it and never said so");
            else if (accepted is null && !shadow.IsSurelyNotAccepted)
                Break("unknown outcome", $"message {shadow.Id} failed, although nobody knows what became of a request");
        }
        else if (accepted is null || (after != MessageState.Accepted && !accepted.Told.Contains(after)))
        {
            Break("truth", $"message {shadow.Id} became {after}, which Meta never said");
        }
    }
}
