namespace Stateless.Tests;

public sealed class HierarchyTests
{
    private readonly List<string> _steps = [];

    [Fact]
    public void A_substate_accepts_what_its_superstate_permits()
    {
        var door = Create(Door.Locked);

        door.Fire(Act.Kick);

        Assert.Equal(Door.Broken, door.State);
        Assert.Equal(["exit Locked", "exit Closed", "entry Broken"], _steps);
    }

    [Fact]
    public void A_substate_is_in_its_superstate()
    {
        var door = Create(Door.Locked);

        Assert.True(door.IsInState(Door.Closed));
        Assert.True(door.IsInState(Door.Locked));
        Assert.False(door.IsInState(Door.Open));
    }

    [Fact]
    public void Moving_between_superstate_and_substate_keeps_the_superstate_entered()
    {
        var door = Create(Door.Closed);

        door.Fire(Act.Lock);
        door.Fire(Act.Unlock);

        Assert.Equal(["entry Locked", "exit Locked"], _steps);
    }

    [Fact]
    public void Entering_a_substate_from_outside_enters_the_superstate_first()
    {
        var door = Create(Door.Open);
        door.Configure(Door.Open).Permit(Act.Lock, Door.Locked);

        door.Fire(Act.Lock);

        Assert.Equal(["exit Open", "entry Closed", "entry Locked"], _steps);
    }

    [Fact]
    public void An_initial_transition_goes_on_into_the_substate()
    {
        var door = Create(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed);
        door.Configure(Door.Closed).InitialTransition(Door.Locked);

        door.Fire(Act.Close);

        Assert.Equal(Door.Locked, door.State);
        Assert.Equal(["exit Open", "entry Closed", "entry Locked"], _steps);
    }

    [Fact]
    public void An_initial_transition_to_a_state_that_is_not_below_is_an_error()
    {
        var door = Create(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed);
        door.Configure(Door.Closed).InitialTransition(Door.Broken);

        Assert.Throws<InvalidOperationException>(() => door.Fire(Act.Close));
    }

    [Fact]
    public void States_cannot_lie_in_each_other()
    {
        var door = Create(Door.Open);

        Assert.Throws<ArgumentException>(() => door.Configure(Door.Closed).SubstateOf(Door.Locked));
        Assert.Throws<ArgumentException>(() => door.Configure(Door.Open).SubstateOf(Door.Open));
    }

    [Fact]
    public void Activation_runs_from_the_outside_in_and_deactivation_from_the_inside_out()
    {
        var door = Create(Door.Locked);
        door.Configure(Door.Closed).OnActivate(() => _steps.Add("on Closed")).OnDeactivate(() => _steps.Add("off Closed"));
        door.Configure(Door.Locked).OnActivate(() => _steps.Add("on Locked")).OnDeactivate(() => _steps.Add("off Locked"));

        door.Activate();
        door.Deactivate();

        Assert.Equal(["on Closed", "on Locked", "off Locked", "off Closed"], _steps);
    }

    private StateMachine<Door, Act> Create(Door first)
    {
        var door = new StateMachine<Door, Act>(first);
        foreach (var state in Enum.GetValues<Door>())
        {
            door.Configure(state).OnEntry(() => _steps.Add($"entry {state}")).OnExit(() => _steps.Add($"exit {state}"));
        }

        door.Configure(Door.Closed).Permit(Act.Lock, Door.Locked).Permit(Act.Kick, Door.Broken);
        door.Configure(Door.Locked).SubstateOf(Door.Closed).Permit(Act.Unlock, Door.Closed);
        return door;
    }
}
