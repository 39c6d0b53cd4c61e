namespace Stateless.Tests;

public sealed class TransitionTests
{
    [Fact]
    public void A_permitted_trigger_moves_to_its_destination()
    {
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed);

        door.Fire(Act.Close);

        Assert.Equal(Door.Closed, door.State);
    }

    [Fact]
    public void A_trigger_that_is_not_permitted_is_refused_with_state_and_trigger()
    {
        var door = new StateMachine<Door, Act>(Door.Open);

        var refusal = Assert.Throws<InvalidOperationException>(() => door.Fire(Act.Lock));

        Assert.Equal(
            "No valid leaving transitions are permitted from state 'Open' for trigger 'Lock'. Consider ignoring the trigger.",
            refusal.Message);
        Assert.Equal(Door.Open, door.State);
    }

    [Fact]
    public void An_unmet_guard_is_named_in_the_refusal()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.Configure(Door.Closed).PermitIf(Act.Lock, Door.Locked, () => false, "key at hand");

        var refusal = Assert.Throws<InvalidOperationException>(() => door.Fire(Act.Lock));

        Assert.Equal(
            "Trigger 'Lock' is valid for transition from state 'Closed' but a guard conditions are not met. "
            + "Guard descriptions: 'key at hand'.",
            refusal.Message);
    }

    [Fact]
    public void State_can_be_kept_outside_the_machine()
    {
        var kept = Door.Open;
        var door = new StateMachine<Door, Act>(() => kept, state => kept = state);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed);

        door.Fire(Act.Close);

        Assert.Equal(Door.Closed, kept);
    }

    [Fact]
    public void Of_several_guarded_destinations_the_one_whose_guard_holds_is_taken()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.Configure(Door.Closed)
            .PermitIf(Act.Kick, Door.Broken, () => true)
            .PermitIf(Act.Kick, Door.Open, () => false);

        door.Fire(Act.Kick);

        Assert.Equal(Door.Broken, door.State);
    }

    [Fact]
    public void Two_guards_that_hold_at_once_are_an_error()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.Configure(Door.Closed)
            .PermitIf(Act.Kick, Door.Broken, () => true)
            .PermitIf(Act.Kick, Door.Open, () => true);

        var error = Assert.Throws<InvalidOperationException>(() => door.Fire(Act.Kick));

        Assert.Contains("Guard clauses must be mutually exclusive.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Permitting_a_move_to_the_same_state_is_an_error()
    {
        var door = new StateMachine<Door, Act>(Door.Open);

        Assert.Throws<ArgumentException>(() => door.Configure(Door.Open).Permit(Act.Close, Door.Open));
    }

    [Fact]
    public void A_dynamic_destination_is_chosen_from_the_argument()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        var kick = door.SetTriggerParameters<int>(Act.Kick);
        door.Configure(Door.Closed).PermitDynamic(kick, force => force > 10 ? Door.Broken : Door.Open);

        door.Fire(kick, 11);

        Assert.Equal(Door.Broken, door.State);
    }

    [Fact]
    public void An_ignored_trigger_does_nothing()
    {
        var entries = 0;
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).Ignore(Act.Knock).OnEntry(() => entries++);

        door.Fire(Act.Knock);

        Assert.Equal(0, entries);
        Assert.Equal(Door.Open, door.State);
    }

    [Fact]
    public void A_reentry_runs_exit_and_entry_actions()
    {
        var steps = new List<string>();
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).PermitReentry(Act.Knock).OnEntry(() => steps.Add("entry")).OnExit(() => steps.Add("exit"));

        door.Fire(Act.Knock);

        Assert.Equal(["exit", "entry"], steps);
    }

    [Fact]
    public void An_internal_transition_runs_its_action_only()
    {
        var steps = new List<string>();
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open)
            .InternalTransition(Act.Knock, transition => steps.Add($"internal {transition.Trigger}"))
            .OnEntry(() => steps.Add("entry"))
            .OnExit(() => steps.Add("exit"));

        door.Fire(Act.Knock);

        Assert.Equal(["internal Knock"], steps);
    }

    [Fact]
    public void Exit_listeners_entry_and_completion_run_in_this_order()
    {
        var steps = new List<string>();
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed).OnExit(() => steps.Add("exit"));
        door.Configure(Door.Closed).OnEntry(transition => steps.Add($"entry {transition.Source}>{transition.Destination}"));
        door.OnTransitioned(_ => steps.Add("transitioned"));
        door.OnTransitionCompleted(_ => steps.Add("completed"));

        door.Fire(Act.Close);

        Assert.Equal(["exit", "transitioned", "entry Open>Closed", "completed"], steps);
    }

    [Fact]
    public void A_trigger_fired_from_an_entry_action_waits_until_the_entry_is_complete()
    {
        var steps = new List<string>();
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed);
        door.Configure(Door.Closed).Permit(Act.Lock, Door.Locked).OnEntry(() =>
        {
            door.Fire(Act.Lock);
            steps.Add($"still {door.State}");
        });
        door.Configure(Door.Locked).OnEntry(() => steps.Add("locked"));

        door.Fire(Act.Close);

        Assert.Equal(["still Closed", "locked"], steps);
        Assert.Equal(Door.Locked, door.State);
    }

    [Fact]
    public void In_immediate_mode_a_trigger_fired_from_an_entry_action_is_handled_inside_it()
    {
        var steps = new List<string>();
        var door = new StateMachine<Door, Act>(Door.Open, FiringMode.Immediate);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed);
        door.Configure(Door.Closed).Permit(Act.Lock, Door.Locked).OnEntry(() =>
        {
            door.Fire(Act.Lock);
            steps.Add($"already {door.State}");
        });
        door.Configure(Door.Locked).OnEntry(() => steps.Add("locked"));

        door.Fire(Act.Close);

        Assert.Equal(["locked", "already Locked"], steps);
        Assert.Equal(Door.Locked, door.State);
    }

    [Fact]
    public void The_unhandled_trigger_action_replaces_the_exception()
    {
        var seen = new List<(Door State, Act Trigger)>();
        var door = new StateMachine<Door, Act>(Door.Open);
        door.OnUnhandledTrigger((state, trigger) => seen.Add((state, trigger)));

        door.Fire(Act.Unlock);

        Assert.Equal([(Door.Open, Act.Unlock)], seen);
    }
}
