using System.Text;
using Herald.WhatsApp.Webhooks;

namespace Herald.WhatsApp.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private const string Secret = "app-secret-one";

    // printf '%s' '{"a":"\u00e9\/"}' | openssl dgst -sha256 -hmac app-secret-one
    private const string Header = "sha256=fcb51e5fa5c0f91ada92b53c15be0462a4c020dd602da63d2ae0f285e203dedd";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"a":"\u00e9\/"}""");

    [Fact]
    public void A_signature_made_by_openssl_over_the_raw_bytes_verifies()
    {
        Assert.True(WebhookSignature.Verify(Body, Header, [Secret]));
    }

    [Fact]
    public void Each_of_several_secrets_is_tried()
    {
        Assert.True(WebhookSignature.Verify(Body, Header, ["older", Secret]));
        Assert.True(WebhookSignature.Verify(Body, Header, [Secret, "newer"]));
        Assert.False(WebhookSignature.Verify(Body, Header, ["older", "newer"]));
    }

    [Fact]
    public void Hex_digits_may_be_upper_case()
    {
        Assert.True(WebhookSignature.Verify(Body, "sha256=" + Header[7..].ToUpperInvariant(), [Secret]));
    }

    [Fact]
    public void A_body_changed_by_one_byte_does_not_verify()
    {
        var changed = Body.ToArray();
        changed[^1] ^= 1;

        Assert.False(WebhookSignature.Verify(changed, Header, [Secret]));
    }

    [Fact]
    public void A_body_that_was_written_again_does_not_verify()
    {
        Assert.False(WebhookSignature.Verify(Encoding.UTF8.GetBytes("""{"a":"é/"}"""), Header, [Secret]));
    }

    [Fact]
    public void No_secret_and_an_empty_secret_verify_nothing()
    {
        var signedWithEmptyKey = "sha256=" + Convert.ToHexStringLower(System.Security.Cryptography.HMACSHA256.HashData(Array.Empty<byte>(), Body));

        Assert.False(WebhookSignature.Verify(Body, Header, []));
        Assert.False(WebhookSignature.Verify(Body, signedWithEmptyKey, [""]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=00")]
    [InlineData("sha1=fcb51e5fa5c0f91ada92b53c15be0462a4c020dd602da63d2ae0f285e203dedd")]
    [InlineData("sha256=zzb51e5fa5c0f91ada92b53c15be0462a4c020dd602da63d2ae0f285e203dedd")]
    [InlineData("SHA256=fcb51e5fa5c0f91ada92b53c15be0462a4c020dd602da63d2ae0f285e203dedd")]
    public void A_header_in_another_form_does_not_verify(string? header)
    {
        Assert.False(WebhookSignature.Verify(Body, header, [Secret]));
    }
}
