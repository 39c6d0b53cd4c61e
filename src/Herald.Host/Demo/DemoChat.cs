using Herald.Simulator;

namespace Herald.Host.Demo;

/// <summary>The owner's phone: writes to the control number, taps what it offers, and shows both sides as a chat.</summary>
internal sealed class DemoChat(SimulatorControl phones, string ownerPhone, string controlNumberId, DemoScreen screen)
{
    private static readonly TimeSpan ReplyTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FollowUpTimeout = TimeSpan.FromMilliseconds(400);

    /// <summary>The last reply; null before the first.</summary>
    public PhoneMessage? Last { get; private set; }

    public async Task<PhoneMessage> SayAsync(string text, CancellationToken ct)
    {
        screen.ChatLine("Owner", text);
        await phones.SendTextAsync(ownerPhone, controlNumberId, text, "Luna");
        return await ReplyAsync(ct);
    }

    /// <summary>Taps the button or chooses the row whose title or description begins so.</summary>
    public async Task<PhoneMessage> TapAsync(string title, CancellationToken ct)
    {
        if (Last?.Buttons.FirstOrDefault(button => Begins(button.Title, title)) is { } tapped)
        {
            screen.ChatLine("Owner", $"[{tapped.Title}]");
            await phones.TapButtonAsync(ownerPhone, tapped.Id);
        }
        else if (Last?.Rows.FirstOrDefault(row => Begins(row.Title, title)) is { } chosen)
        {
            screen.ChatLine("Owner", $"[{chosen.Title}]");
            await phones.SelectListRowAsync(ownerPhone, chosen.Id);
        }
        else
        {
            throw new DemoException($"The control number offered nothing called \"{title}\".");
        }
        return await ReplyAsync(ct);
    }

    /// <summary>Waits for the answer, and a moment more for what follows it.</summary>
    private async Task<PhoneMessage> ReplyAsync(CancellationToken ct)
    {
        Last = await phones.WaitForMessageAsync(ownerPhone, _ => true, ReplyTimeout, ct);
        Show(Last);
        while (await FollowUpAsync(ct) is { } next)
            Show(Last = next);
        return Last;
    }

    private async Task<PhoneMessage?> FollowUpAsync(CancellationToken ct)
    {
        try
        {
            return await phones.WaitForMessageAsync(ownerPhone, _ => true, FollowUpTimeout, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private void Show(PhoneMessage message) =>
        screen.ChatLine("Herald", message.Body, [.. message.Buttons.Select(button => button.Title), .. message.Rows.Select(row => row.Title)]);

    private static bool Begins(string title, string wanted) => title.StartsWith(wanted, StringComparison.OrdinalIgnoreCase);
}
