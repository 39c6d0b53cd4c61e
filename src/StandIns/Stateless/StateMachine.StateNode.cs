using Stateless.Reflection;

namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    internal enum BehaviourKind
    {
        Move,
        Reentry,
        Internal,
        Dynamic,
        Ignore,
    }

    /// <summary>A condition under which a trigger is accepted.</summary>
    internal sealed record Guard(Func<object[], bool> IsMet, InvocationInfo Method);

    /// <summary>Code that runs on entry, exit or inside a state.</summary>
    internal sealed record StateAction(Func<Transition, object[], Task> Run, InvocationInfo Method)
    {
        /// <summary>True if the action runs only for <see cref="From"/>.</summary>
        public bool HasFrom { get; init; }

        public TTrigger? From { get; init; }

        public bool AppliesTo(Transition transition) => !HasFrom || transition.Trigger.Equals(From);
    }

    /// <summary>What a state does with one trigger.</summary>
    internal sealed record Behaviour(BehaviourKind Kind, TTrigger Trigger, IReadOnlyList<Guard> Guards)
    {
        public Func<object[], TState>? Destination { get; init; }

        /// <summary>The destination where it is known beforehand.</summary>
        public TState? FixedDestination { get; init; }

        public StateAction? Action { get; init; }

        public DynamicTransitionInfo? Info { get; init; }

        public List<string> Unmet(object[] args)
            => [.. Guards.Where(guard => !guard.IsMet(args)).Select(guard => guard.Method.Description)];
    }

    /// <summary>The configuration of one state.</summary>
    internal sealed class StateNode(TState state)
    {
        public TState State { get; } = state;

        public StateNode? Parent { get; set; }

        public List<StateNode> Children { get; } = [];

        public Dictionary<TTrigger, List<Behaviour>> Behaviours { get; } = [];

        public List<StateAction> Entry { get; } = [];

        public List<StateAction> Exit { get; } = [];

        public List<StateAction> Activate { get; } = [];

        public List<StateAction> Deactivate { get; } = [];

        public bool HasFirstChild { get; private set; }

        public TState? FirstChild { get; private set; }

        public void BeginWith(TState child)
        {
            FirstChild = child;
            HasFirstChild = true;
        }

        public void Add(Behaviour behaviour)
        {
            if (!Behaviours.TryGetValue(behaviour.Trigger, out var list))
            {
                list = [];
                Behaviours.Add(behaviour.Trigger, list);
            }

            list.Add(behaviour);
        }

        public bool IsWithin(TState state) => State.Equals(state) || (Parent?.IsWithin(state) ?? false);

        public bool Contains(TState state) => State.Equals(state) || Children.Exists(child => child.Contains(state));

        public IEnumerable<TTrigger> Permitted(object[] args)
        {
            var own = Behaviours.Where(pair => pair.Value.Exists(one => one.Unmet(args).Count == 0)).Select(pair => pair.Key);
            return Parent is null ? own.ToList() : own.Union(Parent.Permitted(args)).ToList();
        }

        /// <summary>Finds what handles a trigger: the state itself, else the nearest superstate that accepts it.</summary>
        public bool TryFind(TTrigger trigger, object[] args, out Behaviour? found, out ICollection<string> unmet)
        {
            if (TryFindOwn(trigger, args, out found, out unmet))
            {
                return true;
            }

            if (Parent is null)
            {
                return false;
            }

            var accepted = Parent.TryFind(trigger, args, out found, out var unmetAbove);
            if (accepted || unmetAbove.Count > 0)
            {
                unmet = unmetAbove;
            }

            return accepted;
        }

        private bool TryFindOwn(TTrigger trigger, object[] args, out Behaviour? found, out ICollection<string> unmet)
        {
            found = null;
            unmet = [];
            if (!Behaviours.TryGetValue(trigger, out var candidates))
            {
                return false;
            }

            var refusals = new List<string>();
            foreach (var candidate in candidates)
            {
                var refused = candidate.Unmet(args);
                if (refused.Count > 0)
                {
                    refusals.AddRange(refused.Except(refusals).ToList());
                }
                else if (found is not null)
                {
                    throw new InvalidOperationException(
                        $"Multiple permitted exit transitions are configured from state '{State}' for trigger '{trigger}'. "
                        + "Guard clauses must be mutually exclusive.");
                }
                else
                {
                    found = candidate;
                }
            }

            unmet = found is null ? refusals : [];
            return found is not null;
        }
    }
}
