namespace Stateless.Tests;

public sealed class TriggerTests
{
    [Fact]
    public void Entry_actions_for_a_trigger_get_its_arguments()
    {
        var seen = new List<string>();
        var door = new StateMachine<Door, Act>(Door.Closed);
        var kick = door.SetTriggerParameters<string, int, bool>(Act.Kick);
        door.Configure(Door.Closed).Permit(Act.Kick, Door.Broken).Permit(Act.Lock, Door.Broken);
        door.Configure(Door.Broken).OnEntryFrom(kick, (who, force, loud) => seen.Add($"{who} {force} {loud}"));

        door.Fire(kick, "Ann", 7, true);

        Assert.Equal(["Ann 7 True"], seen);
    }

    [Fact]
    public void Entry_actions_for_one_trigger_do_not_run_for_another()
    {
        var runs = 0;
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.Configure(Door.Closed).Permit(Act.Kick, Door.Broken).Permit(Act.Lock, Door.Broken);
        door.Configure(Door.Broken).OnEntryFrom(Act.Kick, () => runs++);

        door.Fire(Act.Lock);

        Assert.Equal(0, runs);
    }

    [Fact]
    public void A_missing_argument_is_refused()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.SetTriggerParameters<int>(Act.Kick);
        door.Configure(Door.Closed).Permit(Act.Kick, Door.Broken);

        Assert.Throws<ArgumentException>(() => door.Fire(Act.Kick));
        Assert.Equal(Door.Closed, door.State);
    }

    [Fact]
    public void Arguments_of_a_trigger_are_declared_once()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.SetTriggerParameters<int>(Act.Kick);

        Assert.Throws<InvalidOperationException>(() => door.SetTriggerParameters<string>(Act.Kick));
    }

    [Fact]
    public void A_guard_over_the_argument_decides()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        var kick = door.SetTriggerParameters<int>(Act.Kick);
        door.Configure(Door.Closed).PermitIf(kick, Door.Broken, force => force > 10, "strong enough");

        Assert.False(door.CanFire(kick, 3));
        Assert.True(door.CanFire(kick, 30));
        Assert.Throws<InvalidOperationException>(() => door.Fire(kick, 3));
    }

    [Fact]
    public void Unmet_guards_are_told_by_their_descriptions()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.Configure(Door.Closed).PermitIf(Act.Lock, Door.Locked, () => false, "key at hand");

        var can = door.CanFire(Act.Lock, out var unmet);

        Assert.False(can);
        Assert.Equal(["key at hand"], unmet);
    }

    [Fact]
    public void Permitted_triggers_are_those_whose_guards_hold()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.Configure(Door.Closed)
            .Permit(Act.Lock, Door.Locked)
            .PermitIf(Act.Kick, Door.Broken, () => false)
            .Ignore(Act.Knock);

        Assert.Equal([Act.Lock, Act.Knock], door.GetPermittedTriggers());
        Assert.Equal([Act.Lock, Act.Knock], door.PermittedTriggers);
    }

    [Fact]
    public async Task Asynchronous_actions_are_awaited_by_FireAsync()
    {
        var steps = new List<string>();
        var gate = new TaskCompletionSource();
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed).OnExitAsync(async () =>
        {
            await gate.Task;
            steps.Add("exit");
        });
        door.Configure(Door.Closed).OnEntryAsync(() =>
        {
            steps.Add("entry");
            return Task.CompletedTask;
        });

        var fired = door.FireAsync(Act.Close);
        var stateWhileWaiting = door.State;
        gate.SetResult();
        await fired;

        Assert.Equal(Door.Open, stateWhileWaiting);
        Assert.Equal(["exit", "entry"], steps);
        Assert.Equal(Door.Closed, door.State);
    }

    [Fact]
    public void Asynchronous_actions_are_refused_by_Fire()
    {
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed);
        door.Configure(Door.Closed).OnEntryAsync(() => Task.CompletedTask);

        Assert.Throws<InvalidOperationException>(() => door.Fire(Act.Close));
    }

    [Fact]
    public async Task FireAsync_passes_arguments()
    {
        var seen = 0;
        var door = new StateMachine<Door, Act>(Door.Closed);
        var kick = door.SetTriggerParameters<int>(Act.Kick);
        door.Configure(Door.Closed).Permit(Act.Kick, Door.Broken);
        door.Configure(Door.Broken).OnEntryFromAsync(kick, force =>
        {
            seen = force;
            return Task.CompletedTask;
        });

        await door.FireAsync(kick, 5);

        Assert.Equal(5, seen);
    }
}
