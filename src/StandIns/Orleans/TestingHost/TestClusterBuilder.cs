using Microsoft.Extensions.Configuration;

namespace Orleans.TestingHost;

/// <summary>Describes a test cluster. Configurators are named by type, and made anew for each host.</summary>
public class TestClusterBuilder
{
    private readonly List<Func<object>> _siloConfigurators = [];
    private readonly List<Func<IClientBuilderConfigurator>> _clientConfigurators = [];
    private readonly List<Action<IConfigurationBuilder>> _configuration = [];

    /// <summary>Describes a cluster of the usual size.</summary>
    public TestClusterBuilder()
        : this(2)
    {
    }

    /// <summary>Describes a cluster.</summary>
    /// <param name="initialSilosCount">The number of silos; at least 1. Here one silo plays the part of all.</param>
    public TestClusterBuilder(short initialSilosCount) => ArgumentOutOfRangeException.ThrowIfLessThan(initialSilosCount, (short)1);

    /// <summary>Values that the configuration of every host begins with.</summary>
    public Dictionary<string, string> Properties { get; } = [];

    /// <summary>Sets the configuration of the hosts up.</summary>
    /// <param name="configureDelegate">Sets it up.</param>
    /// <returns>This builder.</returns>
    public TestClusterBuilder ConfigureHostConfiguration(Action<IConfigurationBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        _configuration.Add(configureDelegate);
        return this;
    }

    /// <summary>Adds a configurator for silos or their hosts.</summary>
    /// <typeparam name="T">An <see cref="ISiloConfigurator"/> or <see cref="IHostConfigurator"/>, or both.</typeparam>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public TestClusterBuilder AddSiloBuilderConfigurator<T>()
        where T : new()
    {
        if (!typeof(ISiloConfigurator).IsAssignableFrom(typeof(T)) && !typeof(IHostConfigurator).IsAssignableFrom(typeof(T)))
        {
            throw new ArgumentException($"The type {typeof(T)} is not assignable to either ISiloConfigurator or IHostConfigurator");
        }

        _siloConfigurators.Add(static () => new T());
        return this;
    }

    /// <summary>Adds a configurator for the client.</summary>
    /// <typeparam name="T">The configurator.</typeparam>
    /// <returns>This builder.</returns>
    public TestClusterBuilder AddClientBuilderConfigurator<T>()
        where T : IClientBuilderConfigurator, new()
    {
        _clientConfigurators.Add(static () => new T());
        return this;
    }

    /// <summary>Makes the cluster; it is not deployed yet.</summary>
    /// <returns>The cluster.</returns>
    public TestCluster Build()
    {
        void AddConfiguration(IConfigurationBuilder builder)
        {
            builder.AddInMemoryCollection(Properties.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)));
            _configuration.ForEach(add => add(builder));
        }

        return new TestCluster(AddConfiguration, [.. _siloConfigurators], [.. _clientConfigurators]);
    }
}
