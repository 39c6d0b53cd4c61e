using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Tests.Grains;

namespace Orleans.Tests;

public sealed class HostingTests
{
    [Fact]
    public async Task An_application_hosts_a_silo_and_calls_its_grains()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(serviceId: "tests");
            silo.AddMemoryGrainStorageAsDefault();
            silo.AddMemoryGrainStorage("documents");
        });
        builder.Services.AddSingleton<Probe>();
        using var host = builder.Build();
        await host.StartAsync();

        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var client = host.Services.GetRequiredService<IClusterClient>();
        Assert.Equal("x", await grains.GetGrain<IEchoGrain>("a").Echo("x"));
        Assert.Equal(2, (await client.GetGrain<ILedgerGrain>("a").Book(2, "x")).Total);
        await host.StopAsync();

        Assert.Contains("deactivate a ShuttingDown", host.Services.GetRequiredService<Probe>().Events);
    }

    [Fact]
    public async Task A_host_of_the_older_kind_hosts_a_silo_as_well()
    {
        using var host = new HostBuilder().UseOrleans((_, silo) => silo.UseLocalhostClustering()).Build();
        await host.StartAsync();

        Assert.Equal("x", await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IEchoGrain>("a").Echo("x"));
        await host.StopAsync();
    }

    [Fact]
    public async Task A_grain_whose_storage_is_not_configured_fails_its_calls()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        builder.Services.AddSingleton<Probe>();
        using var host = builder.Build();
        await host.StartAsync();

        var grain = host.Services.GetRequiredService<IGrainFactory>().GetGrain<ILedgerGrain>("a");

        await Assert.ThrowsAsync<BadGrainStorageConfigException>(grain.Read);
        await host.StopAsync();
    }

    [Fact]
    public async Task A_collection_age_below_the_quantum_is_refused_at_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromSeconds(10)));
        using var host = builder.Build();

        await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
    }

    [Fact]
    public void Identities_are_written_as_type_and_key()
    {
        var id = GrainId.Parse("echo/tenants/1");

        Assert.Equal(GrainId.Create("echo", "tenants/1"), id);
        Assert.Equal("echo/tenants/1", id.ToString());
        Assert.Throws<ArgumentException>(() => GrainId.Parse("nothing"));
    }
}
