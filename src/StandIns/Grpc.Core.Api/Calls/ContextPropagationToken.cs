namespace Grpc.Core;

/// <summary>Stands for a server call whose deadline and cancellation go over to calls made for it.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
