using Orleans.Hosting;
using Orleans.TestingHost;

namespace Orleans.Tests;

public sealed class MemoryStateTests : StateTests
{
    protected override void Configure(TestClusterBuilder builder) => builder.AddSiloBuilderConfigurator<Setup>();

    private sealed class Setup : ISiloConfigurator
    {
        public void Configure(ISiloBuilder siloBuilder) => siloBuilder.AddMemoryGrainStorage("documents");
    }
}
