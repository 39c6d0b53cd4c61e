namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    private readonly Queue<(TTrigger Trigger, object[] Args)> _queue = new();
    private readonly List<Func<Transition, Task>> _transitioned = [];
    private readonly List<Func<Transition, Task>> _completed = [];
    private Func<TState, TTrigger, ICollection<string>, Task> _unhandled;
    private bool _isFiring;

    /// <summary>True while a trigger is handled for a caller that cannot wait, so asynchronous actions are refused.</summary>
    private bool _isSynchronous;

    private async Task FireAnyAsync(TTrigger trigger, object[] args)
    {
        if (_mode == FiringMode.Immediate)
        {
            await HandleAsync(trigger, args);
            return;
        }

        _queue.Enqueue((trigger, args));
        if (_isFiring)
        {
            return;
        }

        _isFiring = true;
        try
        {
            while (_queue.TryDequeue(out var next))
            {
                await HandleAsync(next.Trigger, next.Args);
            }
        }
        finally
        {
            _isFiring = false;
        }
    }

    /// <summary>Handles a trigger without waiting: whatever would have to wait throws instead.</summary>
    private void FireNow(TTrigger trigger, params object?[] args)
        => RunSynchronously(() => FireAnyAsync(trigger, args!));

    private void RunSynchronously(Func<Task> run)
    {
        var outer = _isSynchronous;
        _isSynchronous = true;
        try
        {
            run().GetAwaiter().GetResult();
        }
        finally
        {
            _isSynchronous = outer;
        }
    }

    private async Task FireWaitingAsync(TTrigger trigger, params object?[] args)
    {
        var outer = _isSynchronous;
        _isSynchronous = false;
        try
        {
            await FireAnyAsync(trigger, args!);
        }
        finally
        {
            _isSynchronous = outer;
        }
    }

    private async Task HandleAsync(TTrigger trigger, object[] args)
    {
        if (_parameters.TryGetValue(trigger, out var declared))
        {
            declared.ValidateParameters(args);
        }

        var source = State;
        var node = Node(source);
        if (!node.TryFind(trigger, args, out var found, out var unmet))
        {
            await _unhandled(source, trigger, unmet);
            return;
        }

        switch (found!.Kind)
        {
            case BehaviourKind.Ignore:
                return;
            case BehaviourKind.Internal:
                await found.Action!.Run(new Transition(source, source, trigger, args), args);
                return;
            case BehaviourKind.Reentry:
                await ReenterAsync(node, new Transition(source, found.Destination!(args), trigger, args), args);
                return;
            default:
                await MoveAsync(node, new Transition(source, found.Destination!(args), trigger, args), args);
                return;
        }
    }

    private async Task MoveAsync(StateNode from, Transition transition, object[] args)
    {
        await ExitAsync(from, transition);
        _write(transition.Destination);
        await AnnounceAsync(_transitioned, transition);

        var reached = await EnterWithFirstChildAsync(Node(transition.Destination), transition, args);
        if (!reached.State.Equals(State))
        {
            _write(reached.State);
        }

        await AnnounceAsync(_completed, transition);
    }

    private async Task ReenterAsync(StateNode from, Transition transition, object[] args)
    {
        await ExitAsync(from, transition);
        var target = Node(transition.Destination);
        if (!transition.IsReentry)
        {
            // A superstate is re-entered from one of its substates: it is left itself as well.
            transition = new Transition(transition.Destination, transition.Destination, transition.Trigger, args);
            await ExitAsync(target, transition);
        }

        await AnnounceAsync(_transitioned, transition);
        var reached = await EnterWithFirstChildAsync(target, transition, args);
        await AnnounceAsync(_completed, transition);
        _write(reached.State);
    }

    private async Task<StateNode> EnterWithFirstChildAsync(StateNode node, Transition transition, object[] args)
    {
        await EnterAsync(node, transition, args);
        if (_mode == FiringMode.Immediate && !State.Equals(transition.Destination))
        {
            // An entry action fired a trigger of its own and moved the machine on.
            node = Node(State);
            transition = new Transition(transition.Source, State, transition.Trigger, args);
        }

        if (!node.HasFirstChild)
        {
            return node;
        }

        var child = node.Children.Find(one => one.State.Equals(node.FirstChild))
            ?? throw new InvalidOperationException($"The target ({node.FirstChild}) for the initial transition is not a substate.");
        var step = new InitialStep(transition.Source, child.State, transition.Trigger, args);
        await AnnounceAsync(_transitioned, step);
        return await EnterWithFirstChildAsync(child, step, args);
    }

    private static async Task EnterAsync(StateNode node, Transition transition, object[] args)
    {
        if (!transition.IsReentry)
        {
            if (node.Contains(transition.Source))
            {
                return;
            }

            if (node.Parent is { } parent && transition is not InitialStep)
            {
                await EnterAsync(parent, transition, args);
            }
        }

        foreach (var action in node.Entry.Where(one => one.AppliesTo(transition)))
        {
            await action.Run(transition, args);
        }
    }

    private static async Task ExitAsync(StateNode node, Transition transition)
    {
        if (!transition.IsReentry && node.Contains(transition.Destination))
        {
            return;
        }

        foreach (var action in node.Exit)
        {
            await action.Run(transition, transition.Parameters);
        }

        if (!transition.IsReentry && node.Parent is { } parent && !parent.State.Equals(transition.Destination))
        {
            await ExitAsync(parent, transition);
        }
    }

    private static async Task AnnounceAsync(List<Func<Transition, Task>> listeners, Transition transition)
    {
        foreach (var listener in listeners)
        {
            await listener(transition);
        }
    }

    private static Task ThrowUnhandled(TState state, TTrigger trigger, ICollection<string> unmetGuards)
        => throw new InvalidOperationException(unmetGuards.Count > 0
            ? $"Trigger '{trigger}' is valid for transition from state '{state}' but a guard conditions are not met. "
                + $"Guard descriptions: '{string.Join(", ", unmetGuards)}'."
            : $"No valid leaving transitions are permitted from state '{state}' for trigger '{trigger}'. "
                + "Consider ignoring the trigger.");

    /// <summary>Wraps an asynchronous callback so that a synchronous caller is told which method to use instead.</summary>
    private Task Await(Func<Task> callback, string refusal)
        => _isSynchronous ? throw new InvalidOperationException(refusal) : callback();
}
