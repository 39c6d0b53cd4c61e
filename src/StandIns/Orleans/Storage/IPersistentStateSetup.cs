namespace Orleans.Runtime;

/// <summary>A state that is read before its grain is told that it is active.</summary>
internal interface IPersistentStateSetup
{
    Task SetUpAsync(CancellationToken cancellationToken);
}
