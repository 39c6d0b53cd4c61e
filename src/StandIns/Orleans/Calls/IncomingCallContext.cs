using System.Reflection;

namespace Orleans.Runtime;

internal sealed class IncomingCallContext(IIncomingGrainCallFilter[] filters, Activation activation, GrainCall call)
    : CallContext<IIncomingGrainCallFilter>(
        filters, call.Method!, () => call.Method!.InvokeAsync(activation.GrainInstance!, call.Arguments)),
        IIncomingGrainCallContext
{
    public object Grain => activation.GrainInstance!;

    public GrainId? SourceId => call.Source;

    public GrainId TargetId => activation.GrainId;

    public IGrainContext TargetContext => activation;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = activation.GrainInstance!.GetType().GetInterfaceMap(InterfaceMethod.DeclaringType!);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    protected override Task RunAsync(IIncomingGrainCallFilter filter) => filter.Invoke(this);
}
