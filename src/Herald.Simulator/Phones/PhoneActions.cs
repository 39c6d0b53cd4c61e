using System.Collections.Concurrent;

namespace Herald.Simulator;

/// <summary>What people do on their phones, whoever decides it.</summary>
internal sealed class PhoneActions(SimulatedWorld world, SendLedger ledger, WebhookSender sender, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, InboundUpdate> _inbound = new(StringComparer.Ordinal);
    private readonly BehaviourOptions _behaviour = world.Options.Behaviour;

    /// <summary>The inbound message of that id.</summary>
    public InboundUpdate? Find(string wamid) => _inbound.GetValueOrDefault(wamid);

    public string Write(Person person, BusinessNumber number, string text) => Say(person, number, new InboundText(text), text);

    public string TapTemplateButton(Person person, AcceptedMessage message, PhoneButton button) =>
        Say(person, message.Number, new InboundButton(button.Id, button.Title, message.Wamid), button.Title);

    public string TapReply(Person person, AcceptedMessage message, string kind, string id, string title, string? description) =>
        Say(person, message.Number, new InboundReply(kind, id, title, description, message.Wamid), title);

    /// <summary>Uses WhatsApp's own stop or resume of marketing towards the account of the number.</summary>
    public void Prefer(Person person, BusinessNumber number, bool stop)
    {
        lock (person.Gate)
        {
            person.SetMarketingRefused(number.Waba, stop);
            if (!stop)
            {
                person.ClearStop(number.Waba);
            }
        }

        ledger.Count(LedgerCount.Inbound);
        sender.Enqueue(new PreferenceUpdate(number, person, stop, time.GetUtcNow())
        {
            OnAcknowledged = stop ? StopMarker(person, number.Waba) : null,
        });
    }

    public void Clear() => _inbound.Clear();

    private string Say(Person person, BusinessNumber number, InboundContent content, string words)
    {
        var now = time.GetUtcNow();
        long ordinal;
        lock (person.Gate)
        {
            var conversation = person.With(number);
            conversation.LastInbound = now;
            ordinal = conversation.IncomingCount++;
            if (Means(words, _behaviour.StartTexts))
            {
                person.ClearStop(number.Waba);
            }
        }

        number.CountInbound(now);
        ledger.Count(LedgerCount.Inbound);
        var wamid = Wamid.Create(world.MessageSeed, number.Id, person.Phone, outgoing: false, ordinal);
        var update = new InboundUpdate(number, person, wamid, now, content)
        {
            OnAcknowledged = Means(words, _behaviour.StopTexts) ? StopMarker(person, number.Waba) : null,
        };
        _inbound[wamid] = update;
        sender.Enqueue(update);
        return wamid;
    }

    /// <summary>Counts a wish to stop now, and gives what is to be done when a receiver has acknowledged it.</summary>
    private Action<long, DateTimeOffset> StopMarker(Person person, Waba waba)
    {
        ledger.Count(LedgerCount.StopSaid);
        long epoch;
        lock (person.Gate)
        {
            epoch = person.StopEpoch;
        }

        return (order, at) =>
        {
            lock (person.Gate)
            {
                // A START said since then has lifted the wish already.
                if (person.StopEpoch == epoch)
                {
                    person.MarkStopped(waba, new StopMark(order, at));
                }
            }

            ledger.Count(LedgerCount.StopAcknowledged);
        };
    }

    private static bool Means(string words, IReadOnlyList<string> texts) =>
        texts.Contains(words.Trim(), StringComparer.OrdinalIgnoreCase);
}
