using System.Buffers;
using Herald.WhatsApp.Client;
using Herald.WhatsApp.Json;

namespace Herald.WhatsApp.Tests.Client;

public sealed class RequestBodyTests
{
    [Fact]
    public async Task A_body_that_was_withheld_is_never_written()
    {
        using var body = Body();

        Assert.True(body.TryWithhold());

        using var written = new MemoryStream();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => body.CopyToAsync(written));
        Assert.Equal(0, written.Length);
        Assert.True(body.TryWithhold());
    }

    [Fact]
    public async Task A_body_that_began_to_be_written_cannot_be_withheld()
    {
        using var body = Body();
        using var written = new MemoryStream();

        await body.CopyToAsync(written);

        Assert.False(body.TryWithhold());
        Assert.Equal("{}"u8.ToArray(), written.ToArray());
        Assert.Equal(2, body.Headers.ContentLength);
    }

    [Fact]
    public async Task A_body_may_be_written_again_by_a_handler_that_knows_it_is_safe()
    {
        using var body = Body();
        using var first = new MemoryStream();
        using var second = new MemoryStream();

        await body.CopyToAsync(first);
        await body.CopyToAsync(second);

        Assert.Equal(first.ToArray(), second.ToArray());
    }

    [Fact]
    public void The_buffer_grows_and_keeps_what_it_holds()
    {
        using var buffer = new PooledBuffer();
        var expected = new byte[100_000];
        for (var i = 0; i < expected.Length; i++) expected[i] = (byte)i;

        foreach (var chunk in expected.Chunk(777)) buffer.Write(chunk);

        Assert.Equal(expected, buffer.Written.ToArray());
    }

    private static RequestBody Body()
    {
        var bytes = new PooledBuffer();
        bytes.Write("{}"u8);
        return new RequestBody(bytes);
    }
}
