using System.Reflection;

namespace Orleans.Runtime;

/// <summary>How a method gives its result back: as a task, a value task, with a result or without.</summary>
internal abstract class ReturnShape
{
    public static ReturnShape For(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(Task))
        {
            return new PlainTask();
        }

        if (type == typeof(ValueTask))
        {
            return new PlainValueTask();
        }

        if (type == typeof(void))
        {
            return new Nothing();
        }

        var generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        var shape = generic == typeof(Task<>) ? typeof(TaskOf<>) : generic == typeof(ValueTask<>) ? typeof(ValueTaskOf<>) : null;
        return shape is null
            ? throw new NotSupportedException(
                $"{method.DeclaringType}.{method.Name} returns {type}. A grain's method returns Task, Task<T>, ValueTask or ValueTask<T>.")
            : (ReturnShape)Activator.CreateInstance(shape.MakeGenericType(type.GetGenericArguments()[0]))!;
    }

    /// <summary>Waits for what a grain's method returned, and yields its result.</summary>
    public abstract Task<object?> Await(object? returned);

    /// <summary>Turns an answer into what the interface's method returns.</summary>
    public abstract object? Wrap(Task<object?> reply);

    private sealed class Nothing : ReturnShape
    {
        public override Task<object?> Await(object? returned) => Task.FromResult<object?>(null);

        public override object? Wrap(Task<object?> reply) => null;
    }

    private sealed class PlainTask : ReturnShape
    {
        public override async Task<object?> Await(object? returned)
        {
            await (Task)returned!;
            return null;
        }

        public override object Wrap(Task<object?> reply) => reply;
    }

    private sealed class PlainValueTask : ReturnShape
    {
        public override async Task<object?> Await(object? returned)
        {
            await (ValueTask)returned!;
            return null;
        }

        public override object Wrap(Task<object?> reply) => new ValueTask(reply);
    }

    private sealed class TaskOf<T> : ReturnShape
    {
        public override async Task<object?> Await(object? returned) => await (Task<T>)returned!;

        public override object Wrap(Task<object?> reply) => Convert(reply);

        private static async Task<T> Convert(Task<object?> reply) => (T)(await reply)!;
    }

    private sealed class ValueTaskOf<T> : ReturnShape
    {
        public override async Task<object?> Await(object? returned) => await (ValueTask<T>)returned!;

        public override object Wrap(Task<object?> reply) => new ValueTask<T>(Convert(reply));

        private static async Task<T> Convert(Task<object?> reply) => (T)(await reply)!;
    }
}
