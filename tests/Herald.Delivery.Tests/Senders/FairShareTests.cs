using Herald.Delivery.Senders;

namespace Herald.Delivery.Tests.Senders;

public sealed class FairShareTests
{
    [Theory]
    [InlineData(1, 3, new[] { 80, 80, 80 })]
    [InlineData(2, 1, new[] { 80 })]
    [InlineData(2, 3, new[] { 80, 80, 80 })]
    [InlineData(3, 10, new[] { 80, 80, 80, 80, 80, 80, 80, 80, 80, 80 })]
    [InlineData(3, 7, new[] { 1000, 80, 80, 20, 80, 1000, 80 })]
    [InlineData(4, 2, new[] { 1000, 20 })]
    public void Nodes_that_come_and_go_end_with_everything_owned_and_no_further_moves(int nodes, int senders, int[] weights)
    {
        Assert.Equal(senders, weights.Length);
        // The first node owns all when the others come.
        var owned = Enumerable.Range(0, nodes).Select(_ => new List<int>()).ToList();
        owned[0].AddRange(weights);
        var free = new List<int>();

        var moves = Settle(owned, free, weights.Sum());

        Assert.InRange(moves, 0, 4 * senders);
        Assert.Empty(free);
        var fair = weights.Sum() / (double)nodes;
        // Nobody could give one up and still have a fair part.
        Assert.All(owned, mine => Assert.All(mine, weight => Assert.True(mine.Sum() - weight < fair)));

        // The last node dies: the others take what it had.
        free.AddRange(owned[^1]);
        owned.RemoveAt(nodes - 1);
        if (nodes > 1)
        {
            Settle(owned, free, weights.Sum());
            Assert.Empty(free);
        }
    }

    [Fact]
    public void A_node_with_its_part_takes_no_more_and_one_without_it_does()
    {
        Assert.True(FairShare.Takes(own: 0, total: 80, nodes: 4));
        Assert.False(FairShare.Takes(own: 80, total: 160, nodes: 2));
        Assert.True(FairShare.Takes(own: 80, total: 161, nodes: 2));
    }

    private static int Settle(List<List<int>> owned, List<int> free, int total)
    {
        for (var moves = 0; ; moves++)
        {
            var moved = false;
            foreach (var mine in owned)
            {
                foreach (var weight in FairShare.Surplus(mine, weight => weight, total, owned.Count))
                {
                    mine.Remove(weight);
                    free.Add(weight);
                    moved = true;
                }
                while (free.Count > 0 && FairShare.Takes(mine.Sum(), total, owned.Count))
                {
                    mine.Add(free[0]);
                    free.RemoveAt(0);
                    moved = true;
                }
            }
            if (!moved)
                return moves;
            Assert.True(moves < 1_000, "The nodes move senders about for ever.");
        }
    }
}
