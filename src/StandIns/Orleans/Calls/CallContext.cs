using System.Reflection;

namespace Orleans.Runtime;

/// <summary>Leads a call through a row of filters.</summary>
internal abstract class CallContext<TFilter>(TFilter[] filters, GrainMethod method, Func<Task<object?>> call)
{
    private int _stage;

    public string InterfaceName => method.Method.DeclaringType!.FullName!;

    public string MethodName => method.Method.Name;

    public MethodInfo InterfaceMethod => method.Method;

    public object? Result { get; set; }

    public async Task Invoke()
    {
        // The stage goes back when a step ends, so that a filter can repeat everything behind it.
        try
        {
            var stage = _stage++;
            if (stage < filters.Length)
            {
                await RunAsync(filters[stage]);
            }
            else if (stage == filters.Length)
            {
                Result = await call();
            }
            else
            {
                throw new InvalidOperationException($"{nameof(Invoke)} must not be called from within the call itself.");
            }
        }
        finally
        {
            _stage--;
        }
    }

    protected abstract Task RunAsync(TFilter filter);
}
