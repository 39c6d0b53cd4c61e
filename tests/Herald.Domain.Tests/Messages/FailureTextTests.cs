using Herald.Domain.Messages;

namespace Herald.Domain.Tests.Messages;

public sealed class FailureTextTests
{
    [Theory]
    [InlineData("The values do not fit.", "body.1 required")]
    [InlineData("The values do not fit.", "")]
    [InlineData("", "body.1 required")]
    [InlineData("", "")]
    public void It_is_read_as_it_was_stored(string explanation, string detail)
    {
        var text = new FailureText(explanation, detail);

        Assert.Equal(text, FailureText.Read(text.ToStored()));
    }

    [Fact]
    public void A_detail_that_says_no_more_is_not_stored() =>
        Assert.Equal("It cannot be reached.", new FailureText("It cannot be reached.", "It cannot be reached.").ToStored());
}
