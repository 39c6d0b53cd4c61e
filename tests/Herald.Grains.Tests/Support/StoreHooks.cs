using System.Globalization;
using System.Reflection;

namespace Herald.Testing.Nodes;

/// <summary>Looks at the calls of a store, and may hold or fail them.</summary>
public sealed class StoreHooks
{
    /// <summary>Called with the method's name and arguments before the store is; what it throws is thrown in the store's place.</summary>
    public Func<string, object?[], Task>? Before { get; set; }

    /// <summary>Called with the method's name and result after the store has done its work; what it throws hides the result.</summary>
    public Func<string, object?, Task>? After { get; set; }

    /// <summary>A store that asks these hooks.</summary>
    public T Around<T>(T inner)
        where T : class
    {
        var store = DispatchProxy.Create<T, HookedStore<T>>();
        ((HookedStore<T>)(object)store).Wrap(inner, this);
        return store;
    }
}

/// <summary>Made by <see cref="StoreHooks.Around"/>.</summary>
public class HookedStore<T> : DispatchProxy
    where T : class
{
    private static readonly MethodInfo RunWithResult =
        typeof(HookedStore<T>).GetMethod(nameof(RunWithResultAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private T? _inner;
    private StoreHooks _hooks = new();

    internal void Wrap(T inner, StoreHooks hooks)
    {
        _inner = inner;
        _hooks = hooks;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        args ??= [];
        var type = targetMethod.ReturnType;
        if (type == typeof(Task))
            return RunAsync(targetMethod, args);
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>)
            ? RunWithResult.MakeGenericMethod(type.GetGenericArguments()).Invoke(this, [targetMethod, args])
            : Call(targetMethod, args);
    }

    private async Task RunAsync(MethodInfo method, object?[] args)
    {
        await (_hooks.Before?.Invoke(method.Name, args) ?? Task.CompletedTask);
        await (Task)Call(method, args)!;
        await (_hooks.After?.Invoke(method.Name, null) ?? Task.CompletedTask);
    }

    private async Task<TResult> RunWithResultAsync<TResult>(MethodInfo method, object?[] args)
    {
        await (_hooks.Before?.Invoke(method.Name, args) ?? Task.CompletedTask);
        var result = await (Task<TResult>)Call(method, args)!;
        await (_hooks.After?.Invoke(method.Name, result) ?? Task.CompletedTask);
        return result;
    }

    private object? Call(MethodInfo method, object?[] args) =>
        method.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, CultureInfo.InvariantCulture);
}
