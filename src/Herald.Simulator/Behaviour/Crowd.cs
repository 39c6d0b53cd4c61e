namespace Herald.Simulator;

/// <summary>Lets recipients live: schedules statuses, deliveries to phones, and replies.</summary>
internal sealed class Crowd(
    SimulatedWorld world, FateTeller fates, Scheduler scheduler, WebhookSender sender, SendLedger ledger, PhoneActions actions, TimeProvider time)
{
    private static readonly TimeSpan DuplicateDelay = TimeSpan.FromSeconds(1);
    private readonly BehaviourOptions _behaviour = world.Options.Behaviour;

    public void Play(AcceptedMessage message)
    {
        Fate fate;
        lock (message.Person.Gate)
        {
            fate = fates.Tell(message);
        }

        var sentAt = message.AcceptedAt + fate.ToSent;
        if (fate.FailureCode is { } code)
        {
            if (fate.FailsAfterSent)
            {
                Tell(message, "sent", sentAt, sentAt, null);
            }

            var failedAt = fate.FailsAfterSent ? sentAt + fate.ToDelivered : sentAt;
            Tell(message, "failed", failedAt, failedAt, code);
            return;
        }

        var deliveredAt = sentAt + fate.ToDelivered;
        if (message.Type == "reaction")
        {
            // Of a reaction Meta tells only that it was sent.
            Tell(message, "sent", sentAt, sentAt, null);
            scheduler.At(deliveredAt, () => Deliver(message));
            return;
        }

        var swapped = fate.Reorders && fate.Delivers;
        Tell(message, "sent", sentAt, swapped ? deliveredAt : sentAt, null);
        if (fate.Delivers)
        {
            scheduler.At(deliveredAt, () => Deliver(message));
            Tell(message, "delivered", deliveredAt, swapped ? sentAt : deliveredAt, null);
            PlayReading(message, fate, deliveredAt);
        }
    }

    private void PlayReading(AcceptedMessage message, Fate fate, DateTimeOffset deliveredAt)
    {
        var lastAt = deliveredAt;
        if (fate.Reads)
        {
            lastAt += fate.ToRead;
            Tell(message, "read", lastAt, lastAt, null);
        }

        if (fate.Reply is { } reply)
        {
            scheduler.At(lastAt + fate.ToReply, () => Reply(message, reply));
        }
    }

    /// <summary>Tells a status that happened at one time at another time, perhaps twice.</summary>
    private void Tell(AcceptedMessage message, string status, DateTimeOffset happenedAt, DateTimeOffset toldAt, int? errorCode)
    {
        var update = new StatusUpdate(message, status, happenedAt, errorCode);
        scheduler.At(toldAt, () =>
        {
            ledger.Told(status, errorCode);
            sender.Enqueue(update);
        });
        if (fates.Duplicates(message, status))
        {
            scheduler.At(toldAt + DuplicateDelay * _behaviour.TimeScale, () => sender.Enqueue(update));
        }
    }

    private void Deliver(AcceptedMessage message)
    {
        message.DeliveredAt = time.GetUtcNow();
        if (world.Options.Limits.InboxPerPhoneMax > 0)
        {
            lock (message.Person.Gate)
            {
                message.Person.Inbox.Add(message, world.Options.Limits.InboxPerPhoneMax);
            }
        }
    }

    private void Reply(AcceptedMessage message, ReplyRule rule)
    {
        var person = message.Person;
        lock (person.Gate)
        {
            if (person.HasStopped || person.ByHand)
            {
                return;
            }

            person.HasStopped = rule.Kind == ReplyKind.PreferenceStop || _behaviour.StopTexts.Contains(rule.Text, StringComparer.OrdinalIgnoreCase);
        }

        switch (rule.Kind)
        {
            case ReplyKind.Text:
                actions.Write(person, message.Number, rule.Text);
                break;
            case ReplyKind.PreferenceStop:
                actions.Prefer(person, message.Number, stop: true);
                break;
            default:
                if (PhoneRenderer.Render(message).Buttons.FirstOrDefault(button => IsQuickReply(button, rule.Text)) is { } button)
                {
                    actions.TapTemplateButton(person, message, button);
                }

                break;
        }
    }

    private static bool IsQuickReply(PhoneButton button, string label) =>
        button.Kind == "quick_reply" && string.Equals(button.Title, label, StringComparison.OrdinalIgnoreCase);
}
