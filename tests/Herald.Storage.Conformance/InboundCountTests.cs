using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Testing;

namespace Herald.Storage.Conformance;

public sealed class InboundCountTests
{
    private readonly TestIds _ids = new(1);

    [Fact]
    public void What_is_told_is_read()
    {
        var counts = Enumerable.Range(1, InboundCount.SendersMax)
            .Select(i => new InboundCount(_ids.New<TenantId>(), _ids.New<SenderId>(), i * 100_000)).ToList();

        var payload = InboundCount.Format(counts);

        Assert.Equal(counts, InboundCount.Parse(payload));
        Assert.True(payload.Length < 8_000, $"{payload.Length} bytes are too long for a signal.");
    }

    [Theory]
    [InlineData("")]
    [InlineData("x/y=1")]
    [InlineData(",=/,")]
    [InlineData("0199a0d2-0000-7000-8000-000000000001/0199a0d2-0000-7000-8000-000000000002=-3")]
    public void What_cannot_be_read_tells_nothing(string payload) => Assert.Empty(InboundCount.Parse(payload));
}
