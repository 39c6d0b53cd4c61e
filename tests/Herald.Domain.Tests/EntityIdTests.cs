using Herald.Domain.Contacts;
using Herald.Domain.Tenants;

namespace Herald.Domain.Tests;

public sealed class EntityIdTests
{
    private const string Text = "0197c8d2-0a1b-7c3d-8e4f-0123456789ab";

    [Fact]
    public void An_id_is_written_in_lower_case_with_hyphens() => Assert.Equal(Text, new TenantId(Guid.Parse(Text.ToUpperInvariant())).ToString());

    [Fact]
    public void What_was_written_is_read_back()
    {
        var id = TenantId.Parse(Text);

        Assert.Equal(Text, id.ToString());
        Assert.True(TenantId.TryParse(id.ToString(), out var again));
        Assert.Equal(id, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0197c8d20a1b7c3d8e4f0123456789ab")]
    [InlineData("{0197c8d2-0a1b-7c3d-8e4f-0123456789ab}")]
    [InlineData(" 0197c8d2-0a1b-7c3d-8e4f-0123456789ab")]
    [InlineData("0197c8d2-0a1b-7c3d-8e4f-0123456789a ")]
    [InlineData("0197c8d2-0a1b-7c3d-8e4f-0123456789ag")]
    public void Other_texts_are_no_ids(string? text)
    {
        Assert.False(ContactId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Fact]
    public void A_parse_error_does_not_repeat_the_text()
    {
        var error = Assert.Throws<FormatException>(() => ContactId.Parse("+16505551234"));

        Assert.DoesNotContain("1650", error.Message, StringComparison.Ordinal);
    }
}
