namespace Orleans.Storage;

internal static class GrainStorageNames
{
    /// <summary>The name under which the default provider is registered.</summary>
    public const string Default = "Default";
}
