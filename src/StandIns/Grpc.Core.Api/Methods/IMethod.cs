namespace Grpc.Core;

/// <summary>A method of a service, whatever its messages.</summary>
public interface IMethod
{
    /// <summary>Which of its sides are streams.</summary>
    MethodType Type { get; }

    /// <summary>The service's full name, such as <c>package.Service</c>.</summary>
    string ServiceName { get; }

    /// <summary>The method's own name.</summary>
    string Name { get; }

    /// <summary>The path that is called: <c>/package.Service/Method</c>.</summary>
    string FullName { get; }
}
