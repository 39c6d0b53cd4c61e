namespace Stateless.Reflection;

/// <summary>Describes a guard, an action or a choice of destination.</summary>
public class InvocationInfo
{
    private static readonly char[] CompilerMarks = ['<', '>', '`'];
    private readonly string? _description;

    /// <summary>Describes a method.</summary>
    /// <param name="methodName">Its name.</param>
    /// <param name="description">What the configuration calls it, if it says so.</param>
    /// <param name="timing">Whether it is awaited.</param>
    public InvocationInfo(string methodName, string? description, Timing timing)
    {
        MethodName = methodName;
        _description = description;
        IsAsync = timing == Timing.Asynchronous;
    }

    /// <summary>Whether a method is awaited.</summary>
    public enum Timing
    {
        /// <summary>It ends before it returns.</summary>
        Synchronous,

        /// <summary>It is awaited.</summary>
        Asynchronous,
    }

    /// <summary>What lambdas without a description are called. The default is "Function".</summary>
    public static string DefaultFunctionDescription { get; set; } = "Function";

    /// <summary>The method's name; made up by the compiler for a lambda.</summary>
    public string MethodName { get; }

    /// <summary>The given description, else <see cref="DefaultFunctionDescription"/> for a lambda, else the method's name.</summary>
    public string Description
        => _description ?? (MethodName.IndexOfAny(CompilerMarks) >= 0 ? DefaultFunctionDescription : MethodName);

    /// <summary>True if the method is awaited.</summary>
    public bool IsAsync { get; }

    internal static InvocationInfo Create(Delegate method, string? description, Timing timing = Timing.Synchronous)
        => new(method.Method.Name, description, timing);
}
