using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Sets the silos of a test cluster up.</summary>
public interface ISiloConfigurator
{
    /// <summary>Sets one silo up.</summary>
    /// <param name="siloBuilder">The silo's builder.</param>
    void Configure(ISiloBuilder siloBuilder);
}
