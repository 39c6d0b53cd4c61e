using Grpc.Core;

namespace GrpcFacades.Tests.Surface;

public sealed class MetadataTests
{
    private static readonly byte[] Bytes = [1, 2, 3];

    [Fact]
    public void Keys_are_put_into_lower_case()
    {
        Assert.Equal("x-request_id.1", new Metadata.Entry("X-Request_Id.1", "a").Key);
        Assert.Equal("trace-bin", new Metadata.Entry("Trace-BIN", Bytes).Key);
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("colon:")]
    [InlineData("ümlaut")]
    [InlineData("kelvin\u212a")]
    [InlineData("line\nbreak")]
    public void Keys_of_other_characters_are_refused(string key) =>
        Assert.Throws<ArgumentException>(() => new Metadata.Entry(key, "a"));

    [Fact]
    public void Only_keys_that_end_in_bin_hold_bytes()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("trace-bin", "a"));
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("trace", Bytes));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("trace", (string)null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry("trace-bin", (byte[])null!));
        Assert.Throws<ArgumentNullException>(() => new Metadata.Entry(null!, "a"));
    }

    [Fact]
    public void An_entry_with_bytes_keeps_a_copy_and_has_no_text()
    {
        byte[] source = [1, 2, 3];
        var entry = new Metadata.Entry("trace-bin", source);

        source[0] = 9;
        entry.ValueBytes[1] = 9;

        Assert.True(entry.IsBinary);
        Assert.Equal(Bytes, entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void An_entry_with_text_gives_its_ascii_bytes()
    {
        var entry = new Metadata.Entry("tag", "abc");

        Assert.False(entry.IsBinary);
        Assert.Equal("abc", entry.Value);
        Assert.Equal("abc"u8.ToArray(), entry.ValueBytes);
        Assert.Contains("tag", entry.ToString(), StringComparison.Ordinal);
        Assert.Contains("abc", entry.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_entry_of_a_key_is_found_whatever_its_case()
    {
        var metadata = new Metadata { { "tag", "a" }, { "other", "b" }, { "tag", "c" }, { "trace-bin", Bytes } };

        Assert.Equal("c", metadata.GetValue("TAG"));
        Assert.Equal("c"u8.ToArray(), metadata.GetValueBytes("tag"));
        Assert.Equal(Bytes, metadata.GetValueBytes("trace-bin"));
        Assert.Equal(["a", "c"], metadata.GetAll("Tag").Select(entry => entry.Value));
        Assert.Same(metadata[2], metadata.Get("tag"));
        Assert.Throws<InvalidOperationException>(() => metadata.GetValue("trace-bin"));
    }

    [Fact]
    public void A_missing_key_gives_null()
    {
        var metadata = new Metadata();

        Assert.Null(metadata.Get("tag"));
        Assert.Null(metadata.GetValue("tag"));
        Assert.Null(metadata.GetValueBytes("tag"));
        Assert.Empty(metadata.GetAll("tag"));
    }

    [Fact]
    public void It_is_a_list_of_entries()
    {
        var first = new Metadata.Entry("a", "1");
        var second = new Metadata.Entry("b", "2");
        var metadata = new Metadata { first };

        metadata.Insert(0, second);
        Assert.Equal([second, first], metadata);
        Assert.Equal(1, metadata.IndexOf(first));

        metadata[0] = first;
        metadata.RemoveAt(1);
        Assert.Same(first, Assert.Single(metadata));
        Assert.True(metadata.Remove(first));
        Assert.DoesNotContain(first, metadata);

        metadata.Add(second);
        metadata.Clear();
        Assert.Empty(metadata);
        Assert.Throws<ArgumentNullException>(() => metadata.Add(null!));
    }

    [Fact]
    public void The_empty_metadata_cannot_be_changed()
    {
        Assert.True(Metadata.Empty.IsReadOnly);
        Assert.False(new Metadata().IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("a", "b"));
        Assert.Throws<InvalidOperationException>(Metadata.Empty.Clear);
    }
}
