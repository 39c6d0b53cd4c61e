using System.Net;

namespace Herald.Simulator.Tests;

/// <summary>What the crowd does, and that the seed alone decides it.</summary>
public sealed class BehaviourTests
{
    private const int People = 300;

    [Fact]
    public async Task The_same_seed_gives_the_same_outcomes_whatever_the_concurrency()
    {
        var alone = await OutcomesAsync(seed: 7, parallel: 1);
        var together = await OutcomesAsync(seed: 7, parallel: 16);
        var other = await OutcomesAsync(seed: 8, parallel: 16);

        Assert.Equal(alone, together);
        Assert.NotEqual(alone, other);
    }

    [Fact]
    public async Task A_lively_crowd_fails_reads_and_replies_in_about_the_shares_asked_for()
    {
        await using var rig = await LivelyAsync(seed: 3);

        await CampaignAsync(rig, parallel: 8);

        var state = rig.Control.GetState();
        Assert.Equal(People, state.AcceptedSends);
        Assert.InRange(state.Statuses["failed"], 1, People / 10);
        Assert.Equal(state.Statuses["failed"], state.FailedByCode.Values.Sum());
        Assert.InRange(state.Statuses["delivered"], (long)(People * 0.85), People);
        Assert.InRange(state.Statuses["read"], (long)(People * 0.5), (long)(People * 0.8));
        Assert.InRange(state.Inbound, 3, 45);
        Assert.Equal(state.StopsSaid, state.StopsAcknowledged);
        Assert.True(state.IsQuiet);
    }

    [Fact]
    public async Task A_person_who_is_not_on_WhatsApp_stays_so()
    {
        await using var rig = await StartAsync(new BehaviourOptions { TimeScale = 0, FailureShares = new Dictionary<int, double> { [131026] = 0.5 } });

        for (var round = 0; round < 2; round++)
        {
            for (var person = 0; person < 20; person++)
            {
                await rig.SendAsync(Bodies.Promo($"1650555{person:D4}", $"{round}:{person}"));
            }
        }

        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);
        var failed = rig.Receiver.Items("statuses").Where(status => status.GetProperty("status").GetString() == "failed")
            .CountBy(status => status.GetProperty("recipient_id").GetString()!).ToArray();
        Assert.InRange(failed.Length, 2, 18);
        Assert.All(failed, person => Assert.Equal(2, person.Value));
    }

    [Fact]
    public async Task A_stop_reply_is_recorded_when_acknowledged_and_a_later_marketing_send_is_counted()
    {
        await using var rig = await StartAsync(new BehaviourOptions
        {
            TimeScale = 0,
            Recipients = new Dictionary<string, RecipientBehaviour> { [Rig.Person] = new() { Reply = new ReplyRule(1, ReplyKind.Text, "STOP") } },
        });
        await rig.SendAsync(Bodies.Promo(Rig.Person, "first"));
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);
        var afterStop = rig.Control.GetState();

        await rig.SendTextAsync(Rig.Person, "You get no more offers from us.");
        var afterConfirmation = rig.Control.GetState();
        await rig.SendAsync(Bodies.Promo(Rig.Person, "second"));

        Assert.Equal((1, 1, 0), (afterStop.StopsSaid, afterStop.StopsAcknowledged, afterStop.SendsAfterStop));
        Assert.Equal(0, afterConfirmation.SendsAfterStop);
        var late = Assert.Single(rig.Control.GetSendsAfterStop());
        Assert.Equal(("second", Rig.Person), (late.Send.CallbackData, late.Send.Phone));
        Assert.True(late.SinceAcknowledged >= TimeSpan.Zero);
    }

    [Fact]
    public async Task A_stop_not_yet_acknowledged_does_not_count()
    {
        await using var rig = await StartAsync(new BehaviourOptions { TimeScale = 0 });
        rig.Receiver.StatusOf = _ => 500;
        await rig.Control.SendTextAsync(Rig.Person, rig.Number, " stop ", null);

        await rig.SendAsync(Bodies.Promo(Rig.Person, "a"));

        Assert.Equal((1, 0, 0), (rig.Control.GetState().StopsSaid, rig.Control.GetState().StopsAcknowledged, rig.Control.GetState().SendsAfterStop));
    }

    [Fact]
    public async Task A_start_lifts_the_stop()
    {
        await using var rig = await StartAsync(new BehaviourOptions { TimeScale = 0 });
        await AcknowledgedAsync(rig, await rig.Control.SendTextAsync(Rig.Person, rig.Number, "STOP", null));
        await AcknowledgedAsync(rig, await rig.Control.SendTextAsync(Rig.Person, rig.Number, "START", null));

        await rig.SendAsync(Bodies.Promo(Rig.Person, "a"));

        Assert.Equal(0, rig.Control.GetState().SendsAfterStop);
    }

    [Fact]
    public async Task A_tap_on_the_stop_button_is_a_stop()
    {
        await using var rig = await StartAsync(new BehaviourOptions
        {
            TimeScale = 0,
            Replies = [new ReplyRule(1, ReplyKind.TemplateButton, "Stop promotions")],
        });

        await rig.SendAsync(Bodies.Promo(Rig.Person, "a"));
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);

        Assert.Equal("optout:promos", Assert.Single(rig.Receiver.Items("messages")).GetProperty("button").GetProperty("payload").GetString());
        Assert.Equal(1, rig.Control.GetState().StopsAcknowledged);
    }

    [Fact]
    public async Task Metas_own_stop_is_told_and_later_marketing_fails_with_131050()
    {
        await using var rig = await StartAsync(new BehaviourOptions { TimeScale = 0, Replies = [new ReplyRule(1, ReplyKind.PreferenceStop, "")] });
        await rig.SendAsync(Bodies.Promo(Rig.Person, "a"));
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);

        await rig.SendAsync(Bodies.Promo(Rig.Person, "b"));
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);
        rig.Control.SetMarketingPreference(Rig.Person, rig.Number, stop: false);
        await rig.SendAsync(Bodies.Promo(Rig.Person, "c"));
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);

        Assert.Equal(["stop", "resume"], rig.Receiver.Items("user_preferences").Select(item => item.GetProperty("value").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Number, rig.Receiver.Items("user_preferences")[0].GetProperty("timestamp").ValueKind);
        Assert.Equal(1, rig.Control.GetState().FailedByCode[131050]);
        Assert.Equal(2, rig.Control.GetState().Statuses["delivered"]);
    }

    [Fact]
    public async Task Repeated_callback_data_is_counted()
    {
        await using var rig = await StartAsync(new BehaviourOptions { TimeScale = 0 });

        await rig.SendAsync(Bodies.Promo("16505550001", "a"));
        await rig.SendAsync(Bodies.Promo("16505550002", "b"));
        await rig.SendAsync(Bodies.Promo("16505550001", "a"));

        var state = rig.Control.GetState();
        Assert.Equal((3, 2, 1), (state.AcceptedSends, state.DistinctCallbackData, state.DuplicateCallbackData));
        Assert.Equal(3, state.AcceptedByNumber[rig.Number]);
        Assert.Equal(3, state.AcceptedByCategory["MARKETING"]);
        Assert.Equal(2, rig.Control.GetSends("16505550001").Count);
    }

    [Fact]
    public async Task A_reset_forgets_people_and_counts_but_not_templates()
    {
        await using var rig = await StartAsync(new BehaviourOptions { TimeScale = 0 });
        await rig.SendAsync(Bodies.Promo(Rig.Person, "a"));

        rig.Control.Reset();

        Assert.Equal(0, rig.Control.GetState().AcceptedSends);
        Assert.Empty(rig.Control.GetMessages(Rig.Person));
        Assert.Equal(HttpStatusCode.OK, (await rig.SendAsync(Bodies.Promo(Rig.Person, "a"))).Status);
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);
    }

    private static Task AcknowledgedAsync(Rig rig, string messageId) => rig.Control.WaitForAcknowledgementAsync(messageId, Rig.Limit, Rig.None);

    private static async Task<Rig> StartAsync(BehaviourOptions behaviour)
    {
        var rig = await Rig.StartAsync(url => Options(url, behaviour, seed: 1));
        await rig.ApproveAsync(Bodies.PromoTemplate);
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);
        rig.Control.Reset();
        return rig;
    }

    private static async Task<Rig> LivelyAsync(long seed)
    {
        var rig = await Rig.StartAsync(url => Options(url, BehaviourOptions.Lively(0.001), seed));
        await rig.ApproveAsync(Bodies.PromoTemplate);
        return rig;
    }

    private static SimulatorOptions Options(Uri url, BehaviourOptions behaviour, long seed) => new()
    {
        Seed = seed,
        CallbackUrl = url,
        Behaviour = behaviour,
        Templates = new TemplateReviewOptions { ReviewDelay = TimeSpan.Zero },
        Limits = new LimitOptions { StandardPerSecond = 0 },
        Webhooks = new WebhookOptions { RetryDelay = TimeSpan.FromMilliseconds(5) },
    };

    private static async Task CampaignAsync(Rig rig, int parallel)
    {
        await Parallel.ForEachAsync(
            Enumerable.Range(0, People),
            new ParallelOptions { MaxDegreeOfParallelism = parallel },
            async (person, _) => Assert.Equal(HttpStatusCode.OK, (await rig.SendAsync(Bodies.Promo($"1650555{person:D4}", $"cmp:{person}"))).Status));
        await rig.Control.WaitUntilQuietAsync(Rig.Limit, Rig.None);
    }

    /// <summary>Who got which status or failure, and who wrote what, as sorted lines.</summary>
    private static async Task<IReadOnlyList<string>> OutcomesAsync(long seed, int parallel)
    {
        await using var rig = await LivelyAsync(seed);
        await CampaignAsync(rig, parallel);
        var statuses = rig.Receiver.Items("statuses").Select(status =>
            $"{status.GetProperty("biz_opaque_callback_data").GetString()} {status.GetProperty("recipient_id").GetString()} {status.GetProperty("status").GetString()} "
            + (status.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("code").GetInt32() : 0));
        var replies = rig.Receiver.Items("messages").Select(message => $"{message.GetProperty("from").GetString()} {message.GetProperty("type").GetString()}");
        return [.. statuses.Concat(replies).Distinct().Order(StringComparer.Ordinal)];
    }
}
