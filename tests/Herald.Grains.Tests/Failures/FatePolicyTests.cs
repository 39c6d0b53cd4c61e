using Herald.Domain;
using Herald.Domain.Campaigns;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains.Failures;
using Herald.WhatsApp.Errors;
using Microsoft.Extensions.Options;

namespace Herald.Grains.Tests.Failures;

public sealed class FatePolicyTests
{
    private const int Throughput = 130429;
    private const int PairLimit = 131056;
    private const int Maintenance = 131057;
    private const int SpamLimit = 131048;
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 16, 20, 0, TimeSpan.Zero);
    private readonly FatePolicy _policy = new(Options.Create(new FailureOptions { AttemptsMax = 20 }), new SeededRandomSource(1));

    [Theory]
    [InlineData(MessageClass.Authentication, 30)]
    [InlineData(MessageClass.Reply, 120)]
    [InlineData(MessageClass.Utility, 300)]
    [InlineData(MessageClass.Marketing, 300)]
    public void Waits_grow_by_a_factor_and_end_at_the_longest_of_their_class(MessageClass messageClass, int longestSeconds)
    {
        for (var attempt = 1; attempt < 20; attempt++)
        {
            var fate = _policy.Decide(Failure(PairLimit, messageClass), attempt, Now);
            if (fate.RetryAt is not { } retryAt)
            {
                Assert.True(messageClass == MessageClass.Authentication && attempt >= 4);
                continue;
            }
            var full = TimeSpan.FromSeconds(Math.Min(longestSeconds, 8 * Math.Pow(4, attempt - 1)));
            Assert.InRange(retryAt - Now, full / 2 - TimeSpan.FromMilliseconds(1), full + TimeSpan.FromMilliseconds(1));
        }
    }

    [Theory]
    [InlineData(MessageClass.Authentication, 4)]
    [InlineData(MessageClass.Marketing, 20)]
    public void Attempts_are_bounded_by_class(MessageClass messageClass, int attemptsMax)
    {
        Assert.Equal(FateKind.Retry, _policy.Decide(Failure(Throughput, messageClass), attemptsMax - 1, Now).Kind);
        Assert.Equal(Fate.Fail, _policy.Decide(Failure(Throughput, messageClass), attemptsMax, Now));
    }

    [Theory]
    [InlineData(PairLimit)]
    [InlineData(Throughput)]
    public void However_often_it_was_tried_the_wait_can_be_computed(int code) =>
        Assert.Equal(Fate.Fail, _policy.Decide(Failure(code, MessageClass.Marketing), 5_000, Now));

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 16)]
    [InlineData(3, 64)]
    public void Who_got_too_many_messages_waits_at_least_what_Meta_asks_for(int attempt, int leastSeconds)
    {
        for (var i = 0; i < 50; i++)
        {
            var fate = _policy.Decide(Failure(PairLimit, MessageClass.Marketing), attempt, Now);

            Assert.InRange(fate.RetryAt - Now ?? default, TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(2 * leastSeconds));
        }
    }

    [Theory]
    [InlineData(MessageClass.Authentication, 10, 10, 20)]
    [InlineData(MessageClass.Authentication, 86_400, 15, 30)]
    [InlineData(MessageClass.Reply, 86_400, 60, 120)]
    [InlineData(MessageClass.Marketing, 90, 90, 180)]
    [InlineData(MessageClass.Marketing, 240, 240, 300)]
    [InlineData(MessageClass.Authentication, 25, 25, 30)]
    [InlineData(MessageClass.Marketing, 86_400, 150, 300)]
    public void What_Meta_asks_for_is_waited_for_within_the_longest_of_the_class(MessageClass messageClass, int askedSeconds, int leastSeconds, int mostSeconds)
    {
        foreach (var code in (int[])[Throughput, Maintenance])
        {
            var failure = Failure(code, messageClass) with { RetryAfter = TimeSpan.FromSeconds(askedSeconds) };

            var waits = Enumerable.Range(0, 50).Select(_ => _policy.Decide(failure, 1, Now).RetryAt - Now ?? default).ToList();

            Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(mostSeconds)));
            Assert.True(waits.Distinct().Count() > 40);
        }
    }

    [Theory]
    [InlineData(4, MessageClass.Marketing, 3_600, 3_600)]
    [InlineData(17, MessageClass.Utility, 3_600, 3_600)]
    [InlineData(613, MessageClass.Reply, 180, 180)]
    [InlineData(80007, MessageClass.Utility, 86_400, 86_400)]
    [InlineData(80008, MessageClass.Marketing, 3_600, 3_600)]
    [InlineData(80008, MessageClass.Marketing, 1_000_000, 86_400)]
    public void While_the_account_is_shut_out_no_message_is_tried_before_the_time_that_Meta_tells(int code, MessageClass messageClass, int askedSeconds, int leastSeconds)
    {
        var failure = Failure(code, messageClass) with { RetryAfter = TimeSpan.FromSeconds(askedSeconds) };

        var waits = Enumerable.Range(0, 50).Select(_ => _policy.Decide(failure, 1, Now).RetryAt - Now ?? default).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromSeconds(leastSeconds), TimeSpan.FromSeconds(leastSeconds + 300)));
        Assert.True(waits.Distinct().Count() > 40);
    }

    [Fact]
    public void A_one_time_code_waits_for_no_end_of_a_shut_out()
    {
        var failure = Failure(80008, MessageClass.Authentication) with { RetryAfter = TimeSpan.FromHours(1) };

        Assert.InRange(_policy.Decide(failure, 1, Now).RetryAt - Now ?? default, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30));
        Assert.Equal(Fate.Fail, _policy.Decide(failure, 4, Now));
    }

    [Theory]
    [InlineData(MessageClass.Reply, 1, 20)]
    [InlineData(MessageClass.Reply, 5, 20)]
    [InlineData(MessageClass.Utility, 1, 20)]
    [InlineData(MessageClass.Utility, 3, 80)]
    [InlineData(MessageClass.Utility, 19, 240)]
    public void What_a_number_under_a_spam_limit_may_not_send_waits_longer_each_time(MessageClass messageClass, int tries, int longestMinutes)
    {
        var waits = Enumerable.Range(0, 50).Select(_ => _policy.Decide(Failure(SpamLimit, messageClass), tries, Now).RetryAt - Now ?? default).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.FromMinutes(longestMinutes / 2.0), TimeSpan.FromMinutes(longestMinutes)));
    }

    [Theory]
    [InlineData(MessageClass.Authentication, 1, FateKind.Fail)]
    [InlineData(MessageClass.Reply, 19, FateKind.Retry)]
    [InlineData(MessageClass.Reply, 20, FateKind.Fail)]
    [InlineData(MessageClass.Utility, 20, FateKind.Fail)]
    [InlineData(MessageClass.Marketing, 20, FateKind.Retry)]
    public void What_a_number_under_a_spam_limit_may_not_send_is_given_up_in_the_end_but_for_marketing_that_waits_unsent(
        MessageClass messageClass, int tries, FateKind expected) =>
        Assert.Equal(expected, _policy.Decide(Failure(SpamLimit, messageClass), tries, Now).Kind);

    [Fact]
    public void Many_retries_do_not_come_back_together()
    {
        var times = Enumerable.Range(0, 50).Select(_ => _policy.Decide(Failure(Throughput, MessageClass.Marketing), 5, Now).RetryAt).Distinct();

        Assert.True(times.Count() > 40);
    }

    [Theory]
    [InlineData(132015, true, FateKind.Retry)]
    [InlineData(132015, false, FateKind.Fail)]
    [InlineData(131042, true, FateKind.Retry)]
    [InlineData(131042, false, FateKind.Retry)]
    [InlineData(131000, true, FateKind.Unknown)]
    [InlineData(131009, true, FateKind.Fail)]
    public void What_stops_something_else_keeps_the_message_unless_nothing_could_go_on(int code, bool hasCampaign, FateKind expected)
    {
        var failure = Failure(code, MessageClass.Marketing);

        Assert.Equal(expected, _policy.Decide(hasCampaign ? failure : failure with { Campaign = null }, 19, Now).Kind);
    }

    private static FailedSend Failure(int code, MessageClass messageClass) => new()
    {
        Tenant = TenantId.Parse("00000000-0000-7000-8000-000000000001"),
        Sender = SenderId.Parse("00000000-0000-7000-8000-000000000002"),
        Message = MessageId.Parse("00000000-0000-7000-8000-000000000003"),
        Contact = ContactId.Parse("00000000-0000-7000-8000-000000000004"),
        Campaign = CampaignId.Parse("00000000-0000-7000-8000-000000000005"),
        Template = null,
        Class = messageClass,
        Attempt = 1,
        Code = code,
        Error = MetaErrors.Find(code, null) ?? throw new ArgumentException("The code is not in the table.", nameof(code)),
        Time = Now,
        CameLater = false,
    };
}
