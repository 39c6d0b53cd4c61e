using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Sets a client up.</summary>
public interface IClientBuilder
{
    /// <summary>The services of the client.</summary>
    IServiceCollection Services { get; }

    /// <summary>The configuration of the client.</summary>
    IConfiguration Configuration { get; }
}
