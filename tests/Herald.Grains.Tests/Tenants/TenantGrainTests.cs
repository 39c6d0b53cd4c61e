using Herald.Grains.Tenants;
using Herald.Grains.Tests.Fixtures;
using Herald.Storage;
using Herald.Testing.Nodes;

namespace Herald.Grains.Tests.Tenants;

/// <summary>Settings are a document; no store of a database takes part.</summary>
public sealed class TenantGrainTests() : GrainTest(DatabaseProvider.Sqlite)
{
    private ITenantGrain Grain => Of(Node);

    [Fact]
    public async Task A_tenant_without_settings_has_the_defaults_and_no_etag()
    {
        var settings = await Grain.GetSettings();

        Assert.Empty(settings.StopKeywords);
        Assert.False(settings.StartCountsAsOptIn);
        Assert.True(settings.ConfirmKeywords);
        Assert.Equal("", settings.Etag);
    }

    [Fact]
    public async Task What_was_written_is_read_back_and_outlives_the_silo()
    {
        var written = await Grain.UpdateSettings(new TenantSettings { StopKeywords = ["adieu"], ConfirmKeywords = false }, "");

        await Node.RestartSiloAsync();
        var read = await Grain.GetSettings();

        Assert.Equal(["adieu"], read.StopKeywords);
        Assert.False(read.ConfirmKeywords);
        Assert.Equal(written?.Etag, read.Etag);
        Assert.NotEqual("", read.Etag);
    }

    [Fact]
    public async Task An_etag_that_is_not_the_current_one_changes_nothing()
    {
        var first = await Grain.UpdateSettings(new TenantSettings { StopKeywords = ["one"] }, "");
        await Grain.UpdateSettings(new TenantSettings { StopKeywords = ["two"] }, first!.Etag);

        Assert.Null(await Grain.UpdateSettings(new TenantSettings { StopKeywords = ["three"] }, first.Etag));
        Assert.Equal(["two"], (await Grain.GetSettings()).StopKeywords);
    }

    [Fact]
    public async Task A_failed_write_leaves_the_settings_as_they_are()
    {
        await Grain.UpdateSettings(new TenantSettings { StopKeywords = ["one"] }, "");
        Node.Documents.BeforeWrite = _ => throw new IOException("The disk is full.");

        await Assert.ThrowsAnyAsync<Exception>(() => Grain.UpdateSettings(new TenantSettings { StopKeywords = ["two"] }, ""));
        Node.Documents.BeforeWrite = null;

        Assert.Equal(["one"], (await Grain.GetSettings()).StopKeywords);
    }

    [Fact]
    public async Task A_write_that_another_node_won_is_repeated_on_what_it_left()
    {
        await using var neighbour = Node.CreateNeighbour("node-b");
        await neighbour.StartSiloAsync();
        await Grain.GetSettings();
        await Of(neighbour).GetSettings();
        var won = await Grain.UpdateSettings(new TenantSettings { StopKeywords = ["one"] }, "");

        var written = await Of(neighbour).UpdateSettings(new TenantSettings { StopKeywords = ["two"] }, "");

        Assert.NotNull(written);
        Assert.NotEqual(won?.Etag, written.Etag);
        Assert.Equal(["two"], (await Of(neighbour).GetSettings()).StopKeywords);
    }

    [Fact]
    public async Task A_write_that_another_node_won_is_refused_when_its_etag_is_the_old_one()
    {
        var first = await Grain.UpdateSettings(new TenantSettings { StopKeywords = ["one"] }, "");
        await using var neighbour = Node.CreateNeighbour("node-b");
        await neighbour.StartSiloAsync();
        await Of(neighbour).GetSettings();
        await Grain.UpdateSettings(new TenantSettings { StopKeywords = ["two"] }, first!.Etag);

        Assert.Null(await Of(neighbour).UpdateSettings(new TenantSettings { StopKeywords = ["three"] }, first.Etag));
        Assert.Equal(["two"], (await Of(neighbour).GetSettings()).StopKeywords);
    }

    private ITenantGrain Of(TestNode node) => node.Grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(Shop.Tenant));
}
