namespace Stateless;

public sealed partial class StateMachine<TState, TTrigger>
{
    /// <summary>A trigger that carries arguments.</summary>
    public class TriggerWithParameters
    {
        private readonly Type[] _types;

        /// <summary>Describes a trigger that carries arguments.</summary>
        /// <param name="underlyingTrigger">The trigger.</param>
        /// <param name="argumentTypes">The types of its arguments, in order.</param>
        public TriggerWithParameters(TTrigger underlyingTrigger, params Type[] argumentTypes)
        {
            ArgumentNullException.ThrowIfNull(argumentTypes);
            Trigger = underlyingTrigger;
            _types = argumentTypes;
        }

        /// <summary>The trigger.</summary>
        public TTrigger Trigger { get; }

        /// <summary>The types of its arguments, in order.</summary>
        public IEnumerable<Type> ArgumentTypes => _types;

        /// <summary>Checks that these arguments fit.</summary>
        /// <param name="args">The arguments, in order.</param>
        /// <exception cref="ArgumentException">One is missing, too many or of another type.</exception>
        public void ValidateParameters(object?[] args)
        {
            ArgumentNullException.ThrowIfNull(args);
            if (args.Length > _types.Length)
            {
                throw new ArgumentException(
                    $"Too many parameters have been supplied. Expecting '{_types.Length}' but got '{args.Length}'.");
            }

            for (var index = 0; index < _types.Length; index++)
            {
                Arguments.Check(args, index, _types[index]);
            }
        }
    }

    /// <summary>A trigger that carries one argument.</summary>
    /// <typeparam name="TArg0">The argument's type.</typeparam>
    /// <param name="underlyingTrigger">The trigger.</param>
    public class TriggerWithParameters<TArg0>(TTrigger underlyingTrigger)
        : TriggerWithParameters(underlyingTrigger, typeof(TArg0));

    /// <summary>A trigger that carries two arguments.</summary>
    /// <typeparam name="TArg0">The first argument's type.</typeparam>
    /// <typeparam name="TArg1">The second argument's type.</typeparam>
    /// <param name="underlyingTrigger">The trigger.</param>
    public class TriggerWithParameters<TArg0, TArg1>(TTrigger underlyingTrigger)
        : TriggerWithParameters(underlyingTrigger, typeof(TArg0), typeof(TArg1));

    /// <summary>A trigger that carries three arguments.</summary>
    /// <typeparam name="TArg0">The first argument's type.</typeparam>
    /// <typeparam name="TArg1">The second argument's type.</typeparam>
    /// <typeparam name="TArg2">The third argument's type.</typeparam>
    /// <param name="underlyingTrigger">The trigger.</param>
    public class TriggerWithParameters<TArg0, TArg1, TArg2>(TTrigger underlyingTrigger)
        : TriggerWithParameters(underlyingTrigger, typeof(TArg0), typeof(TArg1), typeof(TArg2));
}
