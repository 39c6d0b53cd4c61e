using Herald.Delivery.Senders;
using Herald.Domain.Tenants;

namespace Herald.Delivery.Tests.Senders;

public sealed class FairSlotsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TenantId Big = new(Guid.Parse("0199a0d2-0000-7000-8000-000000000001"));
    private static readonly TenantId Small = new(Guid.Parse("0199a0d2-0000-7000-8000-000000000002"));
    private static readonly TenantId Other = new(Guid.Parse("0199a0d2-0000-7000-8000-000000000003"));

    [Fact]
    public async Task One_tenant_never_holds_all_so_that_another_is_served_at_once()
    {
        var slots = new FairSlots(64, 56);
        Assert.Equal(56, await slots.TakeAsync(Big, 100, default));
        var more = slots.TakeAsync(Big, 100, default);

        var small = slots.TakeAsync(Small, 3, default);

        Assert.True(small.IsCompletedSuccessfully);
        Assert.Equal(3, await small);
        Assert.False(more.IsCompleted);
    }

    [Fact]
    public async Task Tenants_that_wait_take_turns_whoever_asked_more_often()
    {
        var slots = new FairSlots(8, 8);
        Assert.Equal(8, await slots.TakeAsync(Other, 8, default));
        var big = Enumerable.Range(0, 10).Select(_ => slots.TakeAsync(Big, 1, default)).ToList();
        var small = slots.TakeAsync(Small, 1, default);

        slots.Release(Other, 1);
        await big[0].WaitAsync(Limit);
        Assert.False(small.IsCompleted);
        slots.Release(Other, 1);
        await small.WaitAsync(Limit);

        Assert.Equal(1, big.Count(take => take.IsCompleted));
    }

    [Fact]
    public async Task A_small_tenants_first_request_waits_for_one_turn_of_a_big_ones_hundred_thousand()
    {
        const int Turn = 16;
        var slots = new FairSlots(1_024, 1_024);
        Assert.Equal(1_024, await slots.TakeAsync(Big, 1_024, default));
        // Two hundred senders that each want five hundred.
        var big = Enumerable.Range(0, 200).Select(_ => slots.TakeAsync(Big, 500, default)).ToList();
        var small = slots.TakeAsync(Small, 1, default);

        slots.Release(Big, Turn + 1);

        Assert.Equal(1, await small.WaitAsync(Limit));
        Assert.Equal(Turn, await big[0].WaitAsync(Limit));
        Assert.Equal(1, big.Count(take => take.IsCompleted));
    }

    [Fact]
    public async Task A_wait_that_is_given_up_holds_nothing_and_blocks_nobody()
    {
        var slots = new FairSlots(2, 2);
        await slots.TakeAsync(Other, 2, default);
        using var giveUp = new CancellationTokenSource();
        var given = slots.TakeAsync(Big, 2, giveUp.Token);
        var patient = slots.TakeAsync(Small, 2, default);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        slots.Release(Other, 2);

        Assert.Equal(2, await patient.WaitAsync(Limit));
        slots.Release(Small, 2);
        Assert.Equal(2, slots.Free);
    }

    [Fact]
    public async Task Under_load_from_all_sides_no_slot_is_lost_or_given_twice()
    {
        var slots = new FairSlots(10, 8);
        var held = 0;
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(async () =>
        {
            var tenant = (i % 3) switch { 0 => Big, 1 => Small, _ => Other };
            for (var round = 0; round < 300; round++)
            {
                var taken = await slots.TakeAsync(tenant, 1 + (round % 5), default);
                Assert.InRange(Interlocked.Add(ref held, taken), 1, 10);
                await Task.Yield();
                Interlocked.Add(ref held, -taken);
                slots.Release(tenant, taken);
            }
        }))).WaitAsync(Limit);

        Assert.Equal(10, slots.Free);
    }

    [Fact]
    public void Giving_back_more_than_was_taken_is_a_mistake()
    {
        var slots = new FairSlots(2, 2);

        Assert.Throws<InvalidOperationException>(() => slots.Release(Big, 1));
    }
}
