using Herald.Delivery.Senders;
using Herald.Testing;

namespace Herald.Delivery.Tests.Senders;

public sealed class TokenBucketTests
{
    [Theory]
    [InlineData(0.7)]
    [InlineData(3)]
    [InlineData(80)]
    [InlineData(333.3)]
    [InlineData(1000)]
    public void Who_need_not_wait_for_a_token_gets_one(double rate)
    {
        var time = new ManualTimeProvider();
        var bucket = new TokenBucket(time, rate);
        for (var turn = 0; turn < 20_000; turn++)
        {
            var wait = bucket.WaitFor(1);
            if (wait == TimeSpan.Zero)
                Assert.Equal(1, bucket.Take(1));
            else
                time.Advance(wait);
        }
    }
}
