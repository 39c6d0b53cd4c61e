using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>Sets the hosts of a test cluster's silos up.</summary>
public interface IHostConfigurator
{
    /// <summary>Sets one host up.</summary>
    /// <param name="hostBuilder">The host's builder.</param>
    void Configure(IHostBuilder hostBuilder);
}
