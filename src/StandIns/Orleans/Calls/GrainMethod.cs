using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Orleans.Concurrency;

namespace Orleans.Runtime;

/// <summary>A method of a grain interface, ready to be called without reflection.</summary>
internal sealed class GrainMethod
{
    private static readonly ConcurrentDictionary<MethodInfo, GrainMethod> Known = new();

    private readonly Func<object, object?[], object?> _invoke;

    private GrainMethod(MethodInfo method)
    {
        Method = method;
        Returns = ReturnShape.For(method);
        MayInterleave = method.IsDefined(typeof(AlwaysInterleaveAttribute), inherit: true);
        IsReadOnly = method.IsDefined(typeof(ReadOnlyAttribute), inherit: true);
        IsOneWay = method.IsDefined(typeof(OneWayAttribute), inherit: true);
        _invoke = Compile(method);
    }

    public MethodInfo Method { get; }

    public ReturnShape Returns { get; }

    public bool MayInterleave { get; }

    public bool IsReadOnly { get; }

    public bool IsOneWay { get; }

    public static GrainMethod Of(MethodInfo method) => Known.GetOrAdd(method, static one => new GrainMethod(one));

    public Task<object?> InvokeAsync(object grain, object?[] arguments) => Returns.Await(_invoke(grain, arguments));

    public override string ToString() => $"{Method.DeclaringType?.Name}.{Method.Name}";

    private static Func<object, object?[], object?> Compile(MethodInfo method)
    {
        var grain = Expression.Parameter(typeof(object));
        var arguments = Expression.Parameter(typeof(object?[]));
        var given = method.GetParameters()
            .Select((parameter, index) => Expression.Convert(
                Expression.ArrayIndex(arguments, Expression.Constant(index)), parameter.ParameterType));
        Expression call = Expression.Call(Expression.Convert(grain, method.DeclaringType!), method, given);
        call = method.ReturnType == typeof(void)
            ? Expression.Block(call, Expression.Constant(null))
            : Expression.Convert(call, typeof(object));
        return Expression.Lambda<Func<object, object?[], object?>>(call, grain, arguments).Compile();
    }
}
