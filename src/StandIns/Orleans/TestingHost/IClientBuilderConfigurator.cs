using Microsoft.Extensions.Configuration;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>Sets the client of a test cluster up.</summary>
public interface IClientBuilderConfigurator
{
    /// <summary>Sets the client up.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="clientBuilder">The client's builder.</param>
    void Configure(IConfiguration configuration, IClientBuilder clientBuilder);
}
