namespace Herald.Simulator;

public sealed partial class SimulatorControl
{
    /// <summary>
    /// Lets a person write a text to a business number. From then on that person is played by hand: nothing fails and nothing is
    /// answered by itself.
    /// </summary>
    /// <param name="fromPhone">The person, 7 to 15 digits; plus and spaces are ignored.</param>
    /// <param name="phoneNumberId">The number written to.</param>
    /// <param name="text">The text.</param>
    /// <param name="profileName">The person's profile name; null leaves the one before.</param>
    /// <returns>The wamid. The webhook is on its way; <see cref="WaitForAcknowledgementAsync"/> waits for its 200.</returns>
    /// <exception cref="KeyNotFoundException">There is no such number.</exception>
    /// <exception cref="ArgumentException">The phone is malformed.</exception>
    public Task<string> SendTextAsync(string fromPhone, string phoneNumberId, string text, string? profileName)
    {
        var person = Puppet(fromPhone, profileName);
        return Task.FromResult(_actions.Write(person, NumberOf(phoneNumberId), text));
    }

    /// <summary>Taps a reply button of the newest message on the phone that has this button.</summary>
    /// <returns>The wamid of the tap.</returns>
    /// <exception cref="KeyNotFoundException">No message on the phone has such a button.</exception>
    public Task<string> TapButtonAsync(string phone, string replyId)
    {
        var (person, message, shown) = Newest(phone, candidate => candidate.Buttons.Any(button => IsReply(button, replyId)), "reply button");
        var button = shown.Buttons.First(candidate => IsReply(candidate, replyId));
        return Task.FromResult(_actions.TapReply(person, message, "button_reply", button.Id, button.Title, null));
    }

    /// <summary>Picks a row of the newest list message on the phone that has this row.</summary>
    /// <returns>The wamid of the choice.</returns>
    /// <exception cref="KeyNotFoundException">No message on the phone has such a row.</exception>
    public Task<string> SelectListRowAsync(string phone, string rowId)
    {
        var (person, message, shown) = Newest(phone, candidate => candidate.Rows.Any(row => row.Id == rowId), "list row");
        var row = shown.Rows.First(candidate => candidate.Id == rowId);
        return Task.FromResult(_actions.TapReply(person, message, "list_reply", row.Id, row.Title, row.Description));
    }

    /// <summary>Taps a quick reply of the newest template message on the phone that has a button with this label (case does not matter).</summary>
    /// <returns>The wamid of the tap.</returns>
    /// <exception cref="KeyNotFoundException">No message on the phone has such a button.</exception>
    public Task<string> TapTemplateButtonAsync(string phone, string label)
    {
        var (person, message, shown) = Newest(phone, candidate => candidate.Buttons.Any(button => IsQuickReply(button, label)), "quick reply");
        var button = shown.Buttons.First(candidate => IsQuickReply(candidate, label));
        return Task.FromResult(_actions.TapTemplateButton(person, message, button));
    }

    /// <summary>Uses WhatsApp's own stop (or resume) of marketing towards the account of a number.</summary>
    /// <exception cref="KeyNotFoundException">There is no such number.</exception>
    public void SetMarketingPreference(string phone, string phoneNumberId, bool stop) =>
        _actions.Prefer(Puppet(phone, null), NumberOf(phoneNumberId), stop);

    /// <summary>Gives a person a behaviour of its own, or takes it away with null.</summary>
    public void SetRecipientBehaviour(string phone, RecipientBehaviour? behaviour)
    {
        var person = PersonOf(phone);
        lock (person.Gate)
        {
            person.Behaviour = behaviour;
        }
    }

    /// <summary>The messages on a phone, oldest first; at most <see cref="LimitOptions.InboxPerPhoneMax"/>.</summary>
    public IReadOnlyList<PhoneMessage> GetMessages(string phone)
    {
        var person = PersonOf(phone);
        AcceptedMessage[] messages;
        lock (person.Gate)
        {
            messages = [.. person.Inbox.Messages];
        }

        return [.. messages.Select(PhoneRenderer.Render)];
    }

    /// <summary>
    /// Waits for the next message on a phone that the predicate accepts. Each call goes on after the message that the call before
    /// returned, so a chat can be played turn by turn and no message is missed between turns. The person is played by hand from now on.
    /// </summary>
    /// <exception cref="TimeoutException">No such message came in time; the text says what the phone has.</exception>
    public async Task<PhoneMessage> WaitForMessageAsync(
        string phone, Func<PhoneMessage, bool> predicate, TimeSpan timeout, CancellationToken cancellation)
    {
        var person = Puppet(phone, null);
        Task<AcceptedMessage> found;
        lock (person.Gate)
        {
            found = person.Inbox.Take(message => predicate(PhoneRenderer.Render(message)));
        }

        try
        {
            return PhoneRenderer.Render(await found.WaitAsync(timeout, TimeProvider.System, cancellation));
        }
        catch (TimeoutException)
        {
            var last = GetMessages(phone) is [.., var newest] ? $"the newest of its messages is a {newest.Type}: {newest.Body}" : "it has no message";
            throw new TimeoutException($"Phone {phone} got no such message within {timeout}; {last}");
        }
        finally
        {
            lock (person.Gate)
            {
                person.Inbox.GiveUp(found);
            }
        }
    }

    /// <summary>Waits until a receiver has acknowledged an inbound message with 200.</summary>
    /// <param name="messageId">What <see cref="SendTextAsync"/> or a tap returned.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="KeyNotFoundException">There is no such inbound message.</exception>
    /// <exception cref="TimeoutException">It was not acknowledged in time.</exception>
    public Task WaitForAcknowledgementAsync(string messageId, TimeSpan timeout, CancellationToken cancellation) =>
        (_actions.Find(messageId) ?? throw new KeyNotFoundException("There is no such inbound message."))
            .WhenAcknowledged.WaitAsync(timeout, TimeProvider.System, cancellation);

    private Person PersonOf(string phone) =>
        _book.Get(PhoneNumbers.TryParse(phone) ?? throw new ArgumentException("A phone has 7 to 15 digits with its country code.", nameof(phone)));

    private Person Puppet(string phone, string? profileName)
    {
        var person = PersonOf(phone);
        lock (person.Gate)
        {
            person.ByHand = true;
            person.ProfileName = profileName ?? person.ProfileName;
        }

        return person;
    }

    private BusinessNumber NumberOf(string phoneNumberId) =>
        _world.FindNumber(phoneNumberId) ?? throw new KeyNotFoundException("There is no such business number.");

    private (Person Person, AcceptedMessage Message, PhoneMessage Shown) Newest(string phone, Func<PhoneMessage, bool> predicate, string what)
    {
        var person = Puppet(phone, null);
        AcceptedMessage[] messages;
        lock (person.Gate)
        {
            messages = [.. person.Inbox.Messages];
        }

        foreach (var message in messages.Reverse())
        {
            var shown = PhoneRenderer.Render(message);
            if (predicate(shown))
            {
                return (person, message, shown);
            }
        }

        throw new KeyNotFoundException($"No message on the phone has such a {what}.");
    }

    private static bool IsReply(PhoneButton button, string replyId) => button.Kind == "reply" && button.Id == replyId;

    private static bool IsQuickReply(PhoneButton button, string label) =>
        button.Kind == "quick_reply" && string.Equals(button.Title, label, StringComparison.OrdinalIgnoreCase);
}
