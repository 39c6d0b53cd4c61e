using Herald.Domain.Messages;
using Herald.Simulation.Checks;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Nodes;
using Herald.Simulation.World;
using Herald.WhatsApp;
using Herald.WhatsApp.Accounts;
using Herald.WhatsApp.Errors;
using Herald.WhatsApp.Messages;

namespace Herald.Simulation.Meta;

/// <summary>
/// What Meta does with requests, and the network in between. It knows what it took, and it tells so by webhook, whatever the sender has heard.
/// </summary>
internal sealed class MetaModel(Machine machine, Trace trace, Weather weather, Ledger ledger, Postman postman)
{
    private const int UserStoppedMarketing = 131050;
    private const int TemplatePaused = 132015;

    /// <summary>Codes of Meta's that a person or the passing of time cures.</summary>
    private static readonly int[] RefusalCodes = [4, 80007, 130429, 131056, 131016, 131026, 131047, 131050, 2, 131000, TemplatePaused];

    private static readonly TimeSpan UsualLatency = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan LongestLatency = TimeSpan.FromSeconds(3);
    private readonly LaneClock _time = new(machine.Clock, machine.World);
    private int _wamids;

    public Dictionary<Guid, Accepted> Accepted { get; } = [];

    /// <summary>Statuses that are not with the postman yet.</summary>
    public int Unsaid { get; private set; }

    public async Task<SendResult> SendAsync(SimNode node, string phoneNumberId, AccessToken token, OutgoingMessage message)
    {
        // A connection may take its time; what is asked when it stands is the last look.
        if (machine.Chance.Happens(0.1))
            await Task.Delay(machine.Chance.Latency(UsualLatency, LongestLatency), node.Time);
        if (weather.SlowsConnection())
            await Task.Delay(machine.Chance.Between(TimeSpan.Zero, LongestLatency), node.Time);
        if (message.MayLeave?.Invoke() == false)
            return new SendResult.NotSent(NotSentKind.Withheld);
        var post = ledger.Posting(node, phoneNumberId, token.Reveal(), message);
        if (post is null)
            return new SendResult.NotSent(NotSentKind.Connection);
        var result = weather.BreaksNetwork() ? await SendBadlyAsync(node, post) : await SendWellAsync(node, post);
        post.IsSurelyNotAccepted = result is SendResult.NotSent
            || (result is SendResult.Refused refused && refused.Failure.Reaction != Reaction.UnknownOutcome);
        trace.Add(node.Name, $"answer {Short(post.Message)} {result}");
        return result;
    }

    /// <summary>A management call that changes nothing.</summary>
    public async Task<CallResult<T>> AskAsync<T>(SimNode node, Func<T> answer)
        where T : class
    {
        await Task.Delay(machine.Chance.Latency(UsualLatency, LongestLatency), node.Time);
        return weather.BreaksNetwork()
            ? new CallResult<T>(CallFailure.OutcomeUnknown(UnknownKind.ConnectionLost))
            : new CallResult<T>(answer());
    }

    private async Task<SendResult> SendWellAsync(SimNode node, Post post)
    {
        var answer = new TaskCompletionSource<SendResult>();
        _ = machine.World.Start(async () =>
        {
            await LatencyAsync();
            var result = Decide(post);
            await LatencyAsync();
            answer.SetResult(result);
        });
        return await answer.Task;
    }

    /// <summary>The network fails before, during or after the request.</summary>
    private async Task<SendResult> SendBadlyAsync(SimNode node, Post post)
    {
        var kind = machine.Chance.Next(4);
        if (kind == 0)
        {
            await Task.Delay(machine.Chance.Latency(UsualLatency, LongestLatency), node.Time);
            return new SendResult.NotSent(NotSentKind.Connection);
        }
        if (machine.Chance.Happens(0.5))
        {
            _ = machine.World.Start(async () =>
            {
                await LatencyAsync();
                Decide(post);
            });
        }
        if (kind == 1)
        {
            await Task.Delay(Settings.RequestTimeout, node.Time);
            return new SendResult.Unknown(UnknownKind.Timeout, null);
        }
        await Task.Delay(machine.Chance.Latency(UsualLatency, LongestLatency), node.Time);
        return kind == 2 ? new SendResult.Unknown(UnknownKind.ConnectionLost, null) : new SendResult.Unknown(UnknownKind.ServerError, 502);
    }

    private SendResult Decide(Post post)
    {
        if (weather.Refuses())
        {
            var code = machine.Chance.Pick(RefusalCodes);
            if (code == TemplatePaused && post.Template is null)
                code = RefusalCodes[0];
            var error = MetaErrors.ForAnswer(code, null, 400, isTransient: false);
            if (error.Reaction == Reaction.UnknownOutcome && machine.Chance.Happens(0.5))
                Accept(post);
            else
                trace.Add("meta", $"refuses {Short(post.Message)} with {code}");
            if (code == TemplatePaused)
                Unpause(post);
            return new SendResult.Refused(new MetaFailure { Code = code, HttpStatus = 400, Error = error });
        }
        return new SendResult.Accepted(Accept(post).Wamid, "accepted", null, null);
    }

    /// <summary>Meta pauses a template for a while and says so when it is over.</summary>
    private void Unpause(Post post)
    {
        Unsaid++;
        _ = machine.World.Start(async () =>
        {
            await Task.Delay(machine.Chance.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10)), _time);
            var template = $"{ledger.People.FindSender(post.PhoneNumberId)?.Tenant}-{post.Template}";
            postman.TemplateApproved(template);
            // A node whose clock is off may take an old refusal for a new one. Somebody looks at Meta's list when things have calmed down.
            if (weather.Plan.ClockSteps)
            {
                while (!weather.IsFair)
                    await Task.Delay(TimeSpan.FromSeconds(5), _time);
                await Task.Delay(TimeSpan.FromSeconds(20), _time);
                postman.TemplateApproved(template);
            }
            Unsaid--;
        });
    }

    private Accepted Accept(Post post)
    {
        var accepted = new Accepted(post.Message, post.PhoneNumberId, post.Phone, $"wamid.{++_wamids}");
        trace.Add("meta", $"accepts {Short(post.Message)}");
        if (!Accepted.TryAdd(post.Message, accepted))
        {
            ledger.Break("twice", $"Meta took message {post.Message} a second time");
            return accepted;
        }
        Tell(accepted);
        return accepted;
    }

    /// <summary>Each status goes its own way, so that they arrive in any order.</summary>
    private void Tell(Accepted accepted)
    {
        accepted.Told.Add(MessageState.Sent);
        if (!weather.IsFair && machine.Chance.Happens(0.05))
            accepted.Told.Add(MessageState.Failed);
        else if (machine.Chance.Happens(0.9))
            accepted.Told.Add(MessageState.Delivered);
        if (accepted.Told[^1] == MessageState.Delivered && machine.Chance.Happens(0.5))
            accepted.Told.Add(MessageState.Read);
        foreach (var status in accepted.Told)
        {
            Unsaid++;
            _ = machine.World.Start(async () =>
            {
                await Task.Delay(machine.Chance.Latency(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(20)), _time);
                Unsaid--;
                int? code = status == MessageState.Failed ? machine.Chance.Pick([131026, UserStoppedMarketing]) : null;
                postman.Status(accepted, status, code);
            });
        }
    }

    private Task LatencyAsync() => Task.Delay(machine.Chance.Latency(UsualLatency, LongestLatency), _time);

    private static string Short(Guid id) => id.ToString("N")[^6..];
}
