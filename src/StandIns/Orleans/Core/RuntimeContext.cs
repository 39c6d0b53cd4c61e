namespace Orleans.Runtime;

/// <summary>Knows the activation whose turn is running.</summary>
internal static class RuntimeContext
{
    private static readonly AsyncLocal<Activation?> Ambient = new();

    [field: ThreadStatic]
    public static Activation? Constructing { get; set; }

    public static Activation? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }
}
