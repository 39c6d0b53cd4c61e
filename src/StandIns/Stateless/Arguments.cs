namespace Stateless;

/// <summary>Takes typed arguments out of the untyped list that a trigger was fired with.</summary>
internal static class Arguments
{
    public static TArg Get<TArg>(object?[] args, int index)
    {
        // A question such as CanFire(trigger) has no arguments; guards then see the default of each type.
        if (args.Length == 0)
        {
            return default!;
        }

        Check(args, index, typeof(TArg));
        return (TArg)args[index]!;
    }

    public static void Check(object?[] args, int index, Type type)
    {
        if (args.Length <= index)
        {
            throw new ArgumentException($"An argument of type {type} is required in position {index}.");
        }

        if (args[index] is { } value && !type.IsInstanceOfType(value))
        {
            throw new ArgumentException($"The argument in position {index} is of type {value.GetType()} but must be of type {type}.");
        }
    }
}
