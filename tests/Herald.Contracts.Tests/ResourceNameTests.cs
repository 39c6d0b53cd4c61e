namespace Herald.Contracts.Tests;

public sealed class ResourceNameTests
{
    private const string Id = "0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a";
    private const string OtherId = "0192f0c1-7d4e-7a3b-9c55-aaaaaaaaaaaa";

    [Fact]
    public void A_name_is_read_into_collections_and_ids()
    {
        Assert.True(ResourceName.TryParse($"tenants/{Id}/contacts/{OtherId}", out var name));

        Assert.Equal(["tenants", "contacts"], name.Collections);
        Assert.Equal([Guid.Parse(Id), Guid.Parse(OtherId)], name.Ids);
        Assert.Null(name.Singleton);
        Assert.Equal($"tenants/{Id}/contacts/{OtherId}", name.ToString());
    }

    [Fact]
    public void A_singleton_ends_in_a_word()
    {
        Assert.True(ResourceName.TryParse($"tenants/{Id}/contacts/{OtherId}/consent", out var name));

        Assert.Equal("consent", name.Singleton);
        Assert.True(name.Has(["tenants", "contacts"], "consent"));
        Assert.False(name.Has(["tenants", "contacts"]));
        Assert.Equal($"tenants/{Id}/contacts/{OtherId}/consent", name.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("tenants")]
    [InlineData("tenants/")]
    [InlineData("tenants/7")]
    [InlineData("/tenants/0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a")]
    [InlineData("tenants/0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a/")]
    [InlineData("tenants//0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a")]
    [InlineData("tenants/0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a ")]
    [InlineData("tenants/ 0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6")]
    [InlineData("tenants/0192F0C1-7D4E-7A3B-9C55-1F2E3D4C5B6A")]
    [InlineData("tenants/0192f0c17d4e7a3b9c551f2e3d4c5b6a")]
    [InlineData("tenants/{0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a}")]
    [InlineData("tenants/0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6g")]
    [InlineData("Tenants/0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a")]
    [InlineData("ten-ants/0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a")]
    [InlineData("tenants/0192f0c1-7d4e-7a3b-9c55-1f2e3d4c5b6a\n")]
    public void Another_text_is_refused(string? text)
    {
        Assert.False(ResourceName.TryParse(text, out var name));

        Assert.Null(name);
    }

    [Fact]
    public void A_text_over_the_limit_is_refused()
    {
        var pair = $"tenants/{Id}";
        var pairs = (ResourceName.LengthMax / (pair.Length + 1)) + 1;

        Assert.False(ResourceName.TryParse(string.Join('/', Enumerable.Repeat(pair, pairs)), out _));
        Assert.True(ResourceName.TryParse(string.Join('/', Enumerable.Repeat(pair, pairs - 1)), out _));
    }

    [Fact]
    public void A_name_without_ids_cannot_be_written()
    {
        Assert.Throws<ArgumentException>(() => ResourceName.Format([], []));
        Assert.Throws<ArgumentException>(() => ResourceName.Format(["tenants"], []));
    }
}
