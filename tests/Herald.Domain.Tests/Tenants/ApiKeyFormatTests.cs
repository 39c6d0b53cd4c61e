using Herald.Domain.Tenants;

namespace Herald.Domain.Tests.Tenants;

public sealed class ApiKeyFormatTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly ApiKey _key =
        ApiKeyFormat.Create(new UuidV7Source(new StoppedClock(Now), new SeededRandomSource(1)), new SeededRandomSource(2));

    [Fact]
    public void A_key_is_read_back_from_its_text()
    {
        var text = _key.ToText();

        Assert.Matches("^hk_[0-9a-f]{32}_[a-z2-7]{52}$", text);
        Assert.True(ApiKeyFormat.TryParse(text, out var again));
        Assert.Equal(_key, again);
    }

    [Fact]
    public void The_right_secret_has_the_stored_hash_and_no_other_has()
    {
        var hash = ApiKeyFormat.Hash(_key.Secret);
        var other = (_key.Secret[0] == 'a' ? 'b' : 'a') + _key.Secret[1..];

        Assert.Equal(32, hash.Length);
        Assert.True(ApiKeyFormat.Verify(_key.Secret, hash));
        Assert.False(ApiKeyFormat.Verify(other, hash));
        Assert.False(ApiKeyFormat.Verify(_key.Secret, []));
    }

    [Fact]
    public void Other_texts_are_no_keys()
    {
        var text = _key.ToText();

        Assert.All(
            [null, "", "hk_", text[..^1], text + "a", " " + text, text.ToUpperInvariant(), text.Replace("hk_", "hx_", StringComparison.Ordinal),
                text[..40] + "!" + text[41..], text[..35] + "-" + text[36..], "hk_" + new string('g', 32) + text[35..]],
            each => Assert.False(ApiKeyFormat.TryParse(each, out _)));
    }

    [Fact]
    public void Printing_a_key_by_accident_hides_its_secret() => Assert.DoesNotContain(_key.Secret, $"{_key}", StringComparison.Ordinal);

    [Fact]
    public void Two_keys_never_share_a_secret()
    {
        var random = new SeededRandomSource(3);
        var ids = new UuidV7Source(new StoppedClock(Now), random);

        var secrets = Enumerable.Range(0, 100).Select(_ => ApiKeyFormat.Create(ids, random).Secret).ToList();

        Assert.Equal(100, secrets.Distinct().Count());
    }
}
