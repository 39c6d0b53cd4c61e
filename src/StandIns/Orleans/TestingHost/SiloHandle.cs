namespace Orleans.TestingHost;

/// <summary>A silo of a test cluster.</summary>
public abstract class SiloHandle
{
    /// <summary>The silo's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>True until the silo has been stopped.</summary>
    public abstract bool IsActive { get; }

    /// <summary>Stops the silo.</summary>
    /// <param name="stopGracefully">True to let turns end and grains deactivate; false to let go at once.</param>
    /// <returns>Ends when it has stopped.</returns>
    public abstract Task StopSiloAsync(bool stopGracefully);
}
