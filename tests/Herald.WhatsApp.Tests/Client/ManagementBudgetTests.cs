using Herald.Testing;
using Herald.WhatsApp.Client;

namespace Herald.WhatsApp.Tests.Client;

public sealed class ManagementBudgetTests
{
    private const string Waba = "700800900";

    private readonly ManualTimeProvider _time = new();
    private readonly ManagementBudget _budget;

    public ManagementBudgetTests() => _budget = new ManagementBudget(_time);

    [Fact]
    public void An_account_has_two_hundred_calls_in_any_hour()
    {
        Assert.Equal(200, TakeAll());
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.False(_budget.TryTake(Waba));

        _time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(200, TakeAll());
    }

    [Fact]
    public void However_calls_are_spread_no_hour_has_more()
    {
        var taken = new Queue<DateTimeOffset>();
        for (var minute = 0; minute < 300; minute++)
        {
            for (var i = 0; i < 10 && _budget.TryTake(Waba); i++)
                taken.Enqueue(_time.GetUtcNow());
            while (_time.GetUtcNow() - taken.Peek() >= TimeSpan.FromHours(1))
                taken.Dequeue();
            Assert.InRange(taken.Count, 1, 200);
            _time.Advance(TimeSpan.FromSeconds(37));
        }
    }

    [Fact]
    public void A_registered_number_raises_it_and_accounts_are_apart()
    {
        TakeAll();
        _budget.MarkRegistered(Waba);

        Assert.Equal(4_800, TakeAll());
        Assert.True(_budget.TryTake("700800901"));
    }

    [Fact]
    public void What_Meta_tells_of_an_account_is_believed()
    {
        _budget.Learn(Waba, [new AccountUsage(Waba, 100, TimeSpan.FromMinutes(7))]);

        _time.Advance(TimeSpan.FromMinutes(6.9));
        Assert.False(_budget.TryTake(Waba));
        _time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.True(_budget.TryTake(Waba));
    }

    [Fact]
    public void An_account_that_is_nearly_used_up_rests_before_Meta_refuses()
    {
        _budget.Learn(Waba, [new AccountUsage(Waba, 94, TimeSpan.Zero)]);
        Assert.True(_budget.TryTake(Waba));

        _budget.Learn(Waba, [new AccountUsage(Waba, 95, TimeSpan.Zero)]);

        Assert.False(_budget.TryTake(Waba));
    }

    [Fact]
    public void Calls_on_a_number_count_for_its_account_once_that_is_known()
    {
        _budget.Learn("300100200300", [new AccountUsage(Waba, 1, TimeSpan.Zero)]);
        TakeAll();

        Assert.False(_budget.TryTake("300100200300"));
    }

    private int TakeAll()
    {
        var taken = 0;
        while (_budget.TryTake(Waba))
            taken++;
        return taken;
    }
}
