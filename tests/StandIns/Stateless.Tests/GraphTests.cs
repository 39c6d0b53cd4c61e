using Stateless.Graph;
using Stateless.Reflection;

namespace Stateless.Tests;

public sealed class GraphTests
{
    [Fact]
    public void Mermaid_draws_transitions_guards_actions_choices_and_the_first_state()
    {
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open)
            .Permit(Act.Close, Door.Closed)
            .Ignore(Act.Knock);
        door.Configure(Door.Closed)
            .PermitIf(Act.Lock, Door.Locked, () => true, "key at hand")
            .PermitDynamic(Act.Kick, () => Door.Broken, null, new DynamicStateInfos { { Door.Broken, "strong" }, { Door.Open, "weak" } })
            .InternalTransition(Act.Knock, () => { });
        door.Configure(Door.Locked)
            .SubstateOf(Door.Closed)
            .OnEntryFrom(Act.Lock, () => { }, "turn key")
            .PermitReentry(Act.Knock)
            .OnEntry(() => { }, "click");
        door.Configure(Door.Broken);

        var drawing = MermaidGraph.Format(door.GetInfo(), MermaidGraphDirection.LeftToRight);

        Assert.Equal(
            Lines(
                "stateDiagram-v2",
                "\tdirection LR",
                "\tstate Closed {",
                "\t\tLocked",
                "\t}",
                "\tstate Decision1 <<choice>>",
                "\tOpen --> Closed : Close",
                "\tOpen --> Open : Knock",
                "\tClosed --> Locked : Lock / turn key [key at hand]",
                "\tClosed --> Closed : Knock [Function]",
                "\tClosed --> Decision1 : Kick",
                "\tDecision1 --> Broken : Kick [strong]",
                "\tDecision1 --> Open : Kick [weak]",
                "\tLocked --> Locked : Knock / click",
                "[*] --> Open"),
            drawing);
    }

    [Fact]
    public void Mermaid_gives_states_with_blanks_a_name_without()
    {
        var machine = new StateMachine<string, Act>("A A");
        machine.Configure("A A").Permit(Act.Close, "B");
        machine.Configure("A  A").Permit(Act.Close, "B");

        var drawing = MermaidGraph.Format(machine.GetInfo());

        Assert.Equal(
            Lines("stateDiagram-v2", "\tAA : A A", "\tAA_1 : A  A", "\tAA --> B : Close", "\tAA_1 --> B : Close", "[*] --> AA"),
            drawing);
    }

    [Fact]
    public void Mermaid_draws_the_first_state_and_not_the_current_one()
    {
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed);
        door.Fire(Act.Close);

        Assert.Equal(Lines("stateDiagram-v2", "\tOpen --> Closed : Close", "[*] --> Open"), MermaidGraph.Format(door.GetInfo()));
    }

    [Fact]
    public void Dot_draws_states_with_their_actions_and_transitions()
    {
        var door = new StateMachine<Door, Act>(Door.Open);
        door.Configure(Door.Open).Permit(Act.Close, Door.Closed).OnExit(() => { }, "creak");

        Assert.Equal(
            Lines(
                "digraph {",
                "compound=true;",
                "node [shape=Mrecord]",
                "rankdir=\"LR\"",
                "\"Open\" [label=\"Open|exit / creak\"];",
                "\"Closed\" [label=\"Closed\"];",
                "",
                "\"Open\" -> \"Closed\" [style=\"solid\", label=\"Close\"];",
                " init [label=\"\", shape=point];",
                " init -> \"Open\"[style = \"solid\"]",
                "}"),
            UmlDotGraph.Format(door.GetInfo()));
    }

    [Fact]
    public void Info_tells_states_transitions_and_descriptions()
    {
        var door = new StateMachine<Door, Act>(Door.Closed);
        door.Configure(Door.Closed).PermitIf(Act.Lock, Door.Locked, HasKey).PermitIf(Act.Kick, Door.Broken, () => true);

        var info = door.GetInfo();

        Assert.Equal(typeof(Door), info.StateType);
        Assert.Equal([Door.Closed, Door.Locked, Door.Broken], info.States.Select(state => (Door)state.UnderlyingState));
        var closed = info.States.First();
        Assert.Equal([Act.Lock, Act.Kick], closed.Transitions.Select(transition => (Act)transition.Trigger.UnderlyingTrigger));
        Assert.Equal(
            ["HasKey", InvocationInfo.DefaultFunctionDescription],
            closed.Transitions.SelectMany(one => one.GuardConditionsMethodDescriptions).Select(one => one.Description));
        Assert.Equal(Door.Locked, closed.FixedTransitions.First().DestinationState.UnderlyingState);
    }

    private static bool HasKey() => true;

    private static string Lines(params string[] lines) => string.Join(Environment.NewLine, lines);
}
