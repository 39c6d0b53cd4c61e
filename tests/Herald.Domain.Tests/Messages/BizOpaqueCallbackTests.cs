using Herald.Domain.Messages;

namespace Herald.Domain.Tests.Messages;

public sealed class BizOpaqueCallbackTests
{
    private const string Id = "0197c8d2-0a1b-7c3d-8e4f-0123456789ab";

    [Fact]
    public void What_was_written_is_read_back()
    {
        var text = BizOpaqueCallback.Format(MessageId.Parse(Id));

        Assert.Equal("herald:" + Id, text);
        Assert.True(BizOpaqueCallback.TryParse(text, out var id));
        Assert.Equal(Id, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(Id)]
    [InlineData("herald:")]
    [InlineData("herald:42")]
    [InlineData("Herald:" + Id)]
    [InlineData("herald:" + Id + "x")]
    [InlineData("other:" + Id)]
    public void Texts_of_other_programs_are_not_ours(string? text) => Assert.False(BizOpaqueCallback.TryParse(text, out _));
}
