using Stateless.Reflection;

namespace Stateless;

/// <summary>A finite state machine that is configured in code, with guards, hierarchy and typed trigger arguments.</summary>
/// <typeparam name="TState">The type of the states.</typeparam>
/// <typeparam name="TTrigger">The type of the triggers.</typeparam>
/// <remarks>An instance is not safe for use by several threads at once.</remarks>
public sealed partial class StateMachine<TState, TTrigger>
    where TState : notnull
    where TTrigger : notnull
{
    private readonly Dictionary<TState, StateNode> _nodes = [];
    private readonly Dictionary<TTrigger, TriggerWithParameters> _parameters = [];
    private readonly Func<TState> _read;
    private readonly Action<TState> _write;
    private readonly TState _initialState;
    private readonly FiringMode _mode;

    /// <summary>Creates a machine that keeps its state outside and queues triggers.</summary>
    /// <param name="stateAccessor">Reads the current state.</param>
    /// <param name="stateMutator">Stores a new state.</param>
    public StateMachine(Func<TState> stateAccessor, Action<TState> stateMutator)
        : this(stateAccessor, stateMutator, FiringMode.Queued)
    {
    }

    /// <summary>Creates a machine that keeps its own state and queues triggers.</summary>
    /// <param name="initialState">The first state. Its entry actions do not run.</param>
    public StateMachine(TState initialState)
        : this(initialState, FiringMode.Queued)
    {
    }

    /// <summary>Creates a machine that keeps its own state.</summary>
    /// <param name="initialState">The first state. Its entry actions do not run.</param>
    /// <param name="firingMode">What happens to triggers fired from within actions.</param>
    public StateMachine(TState initialState, FiringMode firingMode)
    {
        var current = initialState;
        _read = () => current;
        _write = state => current = state;
        _initialState = initialState;
        _mode = firingMode;
        _unhandled = ThrowUnhandled;
    }

    /// <summary>Creates a machine that keeps its state outside.</summary>
    /// <param name="stateAccessor">Reads the current state.</param>
    /// <param name="stateMutator">Stores a new state.</param>
    /// <param name="firingMode">What happens to triggers fired from within actions.</param>
    public StateMachine(Func<TState> stateAccessor, Action<TState> stateMutator, FiringMode firingMode)
    {
        ArgumentNullException.ThrowIfNull(stateAccessor);
        ArgumentNullException.ThrowIfNull(stateMutator);
        _read = stateAccessor;
        _write = stateMutator;
        _initialState = stateAccessor();
        _mode = firingMode;
        _unhandled = ThrowUnhandled;
    }

    /// <summary>The current state.</summary>
    public TState State => _read();

    /// <summary>The triggers that could be fired now without arguments.</summary>
    public IEnumerable<TTrigger> PermittedTriggers => GetPermittedTriggers();

    private StateNode Current => Node(State);

    /// <summary>The triggers that could be fired now.</summary>
    /// <param name="args">The arguments that guards are asked with.</param>
    /// <returns>Each trigger once; those of the current state first, then those of its superstates.</returns>
    public IEnumerable<TTrigger> GetPermittedTriggers(params object[] args) => Current.Permitted(args);

    /// <summary>Begins or continues the configuration of a state.</summary>
    /// <param name="state">The state to configure.</param>
    /// <returns>The configuration, on which calls can be chained.</returns>
    public StateConfiguration Configure(TState state) => new(this, Node(state));

    /// <summary>Tells whether the machine is in a state or in one of its substates.</summary>
    /// <param name="state">The state to ask for.</param>
    /// <returns>True if the current state is it, or lies below it.</returns>
    public bool IsInState(TState state) => Current.IsWithin(state);

    /// <summary>Tells whether a trigger without arguments could be fired now.</summary>
    /// <param name="trigger">The trigger to ask for.</param>
    /// <returns>True if it would be handled.</returns>
    public bool CanFire(TTrigger trigger) => Current.TryFind(trigger, [], out _, out _);

    /// <summary>Tells whether a trigger without arguments could be fired now, and which guards refuse it.</summary>
    /// <param name="trigger">The trigger to ask for.</param>
    /// <param name="unmetGuards">The descriptions of the guards that refuse it; empty if none does.</param>
    /// <returns>True if it would be handled.</returns>
    public bool CanFire(TTrigger trigger, out ICollection<string> unmetGuards)
        => Current.TryFind(trigger, [], out _, out unmetGuards);

    /// <summary>Tells whether a trigger with one argument could be fired now.</summary>
    /// <typeparam name="TArg0">The argument's type.</typeparam>
    /// <param name="trigger">The trigger to ask for.</param>
    /// <param name="arg0">The argument that guards are asked with.</param>
    /// <returns>True if it would be handled.</returns>
    public bool CanFire<TArg0>(TriggerWithParameters<TArg0> trigger, TArg0 arg0)
    {
        ArgumentNullException.ThrowIfNull(trigger);
        return Current.TryFind(trigger.Trigger, [arg0!], out _, out _);
    }

    /// <summary>Describes the states, transitions and actions of this machine.</summary>
    /// <returns>The description of the configuration made so far.</returns>
    public StateMachineInfo GetInfo() => new InfoBuilder(_nodes.Values).Build(_initialState);

    /// <summary>Names the current state and the permitted triggers.</summary>
    /// <returns>Text for people.</returns>
    public override string ToString()
        => $"StateMachine {{ State = {State}, PermittedTriggers = {{ {string.Join(", ", GetPermittedTriggers())} }}}}";

    /// <summary>Declares that a trigger carries arguments of these types.</summary>
    /// <param name="trigger">The trigger.</param>
    /// <param name="argumentTypes">The types of the arguments, in order.</param>
    /// <returns>The parameterised trigger, to be passed to Fire.</returns>
    /// <exception cref="InvalidOperationException">The trigger's arguments have been declared before.</exception>
    public TriggerWithParameters SetTriggerParameters(TTrigger trigger, params Type[] argumentTypes)
        => Declare(new TriggerWithParameters(trigger, argumentTypes));

    /// <summary>Declares that a trigger carries one argument.</summary>
    /// <typeparam name="TArg0">The argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <returns>The parameterised trigger, to be passed to Fire.</returns>
    /// <exception cref="InvalidOperationException">The trigger's arguments have been declared before.</exception>
    public TriggerWithParameters<TArg0> SetTriggerParameters<TArg0>(TTrigger trigger)
        => Declare(new TriggerWithParameters<TArg0>(trigger));

    /// <summary>Declares that a trigger carries two arguments.</summary>
    /// <typeparam name="TArg0">The first argument's type.</typeparam>
    /// <typeparam name="TArg1">The second argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <returns>The parameterised trigger, to be passed to Fire.</returns>
    /// <exception cref="InvalidOperationException">The trigger's arguments have been declared before.</exception>
    public TriggerWithParameters<TArg0, TArg1> SetTriggerParameters<TArg0, TArg1>(TTrigger trigger)
        => Declare(new TriggerWithParameters<TArg0, TArg1>(trigger));

    /// <summary>Declares that a trigger carries three arguments.</summary>
    /// <typeparam name="TArg0">The first argument's type.</typeparam>
    /// <typeparam name="TArg1">The second argument's type.</typeparam>
    /// <typeparam name="TArg2">The third argument's type.</typeparam>
    /// <param name="trigger">The trigger.</param>
    /// <returns>The parameterised trigger, to be passed to Fire.</returns>
    /// <exception cref="InvalidOperationException">The trigger's arguments have been declared before.</exception>
    public TriggerWithParameters<TArg0, TArg1, TArg2> SetTriggerParameters<TArg0, TArg1, TArg2>(TTrigger trigger)
        => Declare(new TriggerWithParameters<TArg0, TArg1, TArg2>(trigger));

    private TDeclared Declare<TDeclared>(TDeclared declared)
        where TDeclared : TriggerWithParameters
    {
        if (!_parameters.TryAdd(declared.Trigger, declared))
        {
            throw new InvalidOperationException($"Parameters for the trigger '{declared.Trigger}' have already been configured.");
        }

        return declared;
    }

    private StateNode Node(TState state)
    {
        if (!_nodes.TryGetValue(state, out var node))
        {
            node = new StateNode(state);
            _nodes.Add(state, node);
        }

        return node;
    }
}
