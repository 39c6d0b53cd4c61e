using System.Net;

namespace Herald.Simulator.Tests;

/// <summary>One message from template to reply.</summary>
public sealed class FirstStepsTests
{
    [Fact]
    public async Task A_template_message_is_sent_delivered_and_read()
    {
        await using var rig = await Rig.StartAsync();
        await rig.ApproveAsync(Bodies.PromoTemplate);

        var answer = await rig.SendAsync(Bodies.Promo("+1 (650) 555-1234", "cmp:1"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await rig.Receiver.WaitForItemsAsync("statuses", 3, status => status.GetProperty("id").GetString() == answer.MessageId);
        Assert.Equal(["sent", "delivered", "read"], rig.Receiver.Items("statuses").Select(status => status.GetProperty("status").GetString()).Order(Ladder));
        Assert.All(rig.Receiver.Items("statuses"), status => Assert.Equal("cmp:1", status.GetProperty("biz_opaque_callback_data").GetString()));
        Assert.All(rig.Receiver.Deliveries, delivery => Assert.True(delivery.SignatureFits));
    }

    [Fact]
    public async Task A_chat_is_played_by_hand()
    {
        await using var rig = await Rig.StartAsync();

        var hello = await rig.Control.SendTextAsync("+" + Rig.Person, rig.Number, "Hola", "Íris Müller");
        await rig.Control.WaitForAcknowledgementAsync(hello, Rig.Limit, Rig.None);
        var sent = await rig.SendAsync(Bodies.Interactive(
            """{"type":"button","body":{"text":"Go on?"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"no","title":"No"}}]}}"""));
        var shown = await rig.Control.WaitForMessageAsync(Rig.Person, message => message.Type == "interactive", Rig.Limit, Rig.None);
        var tap = await rig.Control.TapButtonAsync(Rig.Person, "yes");
        await rig.Control.WaitForAcknowledgementAsync(tap, Rig.Limit, Rig.None);

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal("Go on?", shown.Body);
        Assert.Equal(["yes", "no"], shown.Buttons.Select(button => button.Id));
        var reply = rig.Receiver.Items("messages").Single(message => message.GetProperty("type").GetString() == "interactive");
        Assert.Equal("yes", reply.GetProperty("interactive").GetProperty("button_reply").GetProperty("id").GetString());
        Assert.Equal(sent.MessageId, reply.GetProperty("context").GetProperty("id").GetString());
    }

    private static readonly Comparer<string?> Ladder = Comparer<string?>.Create(static (left, right) => Rank(left).CompareTo(Rank(right)));

    private static int Rank(string? status) => Array.IndexOf(["sent", "delivered", "read"], status);
}
