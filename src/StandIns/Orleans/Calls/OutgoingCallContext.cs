namespace Orleans.Runtime;

internal sealed class OutgoingCallContext(
    IOutgoingGrainCallFilter[] filters, GrainReference reference, GrainId target, GrainMethod method, Func<Task<object?>> call)
    : CallContext<IOutgoingGrainCallFilter>(filters, method, call), IOutgoingGrainCallContext
{
    public object Grain => reference;

    public GrainId? SourceId => SourceContext?.GrainId;

    public IGrainContext? SourceContext { get; } = RuntimeContext.Current;

    public GrainId TargetId => target;

    protected override Task RunAsync(IOutgoingGrainCallFilter filter) => filter.Invoke(this);
}
