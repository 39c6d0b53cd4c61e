using Stateless.Reflection;

namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    /// <summary>Turns the configuration into its public description.</summary>
    private sealed class InfoBuilder(IEnumerable<StateNode> nodes)
    {
        private readonly List<StateNode> _nodes = [.. nodes];
        private readonly Dictionary<TState, StateInfo> _infos = [];

        public StateMachineInfo Build(TState initialState)
        {
            var configured = _nodes.Select(node => node.State).ToHashSet();
            var reached = Destinations(BehaviourKind.Move).Concat(Destinations(BehaviourKind.Reentry)).Distinct().Where(configured.Add);
            _nodes.AddRange(reached.Select(state => new StateNode(state)).ToList());

            foreach (var node in _nodes)
            {
                _infos.Add(node.State, new StateInfo(node.State));
            }

            foreach (var node in _nodes)
            {
                Fill(_infos[node.State], node);
            }

            return new StateMachineInfo(_infos.Values, typeof(TState), typeof(TTrigger), new StateInfo(initialState));
        }

        private IEnumerable<TState> Destinations(BehaviourKind kind)
            => _nodes.SelectMany(node => node.Behaviours.Values).SelectMany(list => list)
                .Where(behaviour => behaviour.Kind == kind).Select(behaviour => behaviour.FixedDestination!);

        private void Fill(StateInfo info, StateNode node)
        {
            info.Superstate = node.Parent is null ? null : _infos[node.Parent.State];
            info.Substates = [.. node.Children.Select(child => _infos[child.State])];
            info.EntryActions = [.. node.Entry.Select(one => new ActionInfo(one.Method, one.HasFrom ? one.From?.ToString() : null))];
            info.ExitActions = [.. node.Exit.Select(one => one.Method)];
            info.ActivateActions = [.. node.Activate.Select(one => one.Method)];
            info.DeactivateActions = [.. node.Deactivate.Select(one => one.Method)];

            BehaviourKind[] fixedKinds = [BehaviourKind.Move, BehaviourKind.Reentry, BehaviourKind.Internal];
            info.FixedTransitions =
            [
                .. node.Behaviours.Values.SelectMany(list => fixedKinds.SelectMany(kind => Describe(list, kind, node))),
            ];
            var all = node.Behaviours.Values.SelectMany(list => list).ToList();
            info.DynamicTransitions = [.. all.Where(one => one.Kind == BehaviourKind.Dynamic).Select(one => one.Info!)];
            info.IgnoredTriggers = [.. all.Where(one => one.Kind == BehaviourKind.Ignore)
                .Select(one => new IgnoredTransitionInfo(one.Trigger, Methods(one)))];
        }

        private IEnumerable<FixedTransitionInfo> Describe(List<Behaviour> list, BehaviourKind kind, StateNode node)
            => list.Where(one => one.Kind == kind).Select(one => new FixedTransitionInfo(
                one.Trigger,
                Methods(one),
                kind == BehaviourKind.Internal,
                _infos[kind == BehaviourKind.Internal ? node.State : one.FixedDestination!]));

        private static List<InvocationInfo> Methods(Behaviour behaviour) => [.. behaviour.Guards.Select(guard => guard.Method)];
    }
}
