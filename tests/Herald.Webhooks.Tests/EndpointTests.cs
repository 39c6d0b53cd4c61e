using System.Net;
using Herald.Storage;
using Herald.Storage.Webhooks;
using Herald.Testing.Nodes;
using Herald.Webhooks.Tests.Support;
using Npgsql;

namespace Herald.Webhooks.Tests;

public abstract class EndpointTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly StoreHooks _inbox = new();

    private byte[] Body => WebhookBody.Empty.Text(Number, Ana, "wamid.1", "hello", Now).ToBytes();

    [Fact]
    public async Task A_signed_delivery_is_stored_before_it_is_acknowledged()
    {
        var gate = new TaskCompletionSource();
        _inbox.Before = (method, _) => method == nameof(IWebhookInbox.StoreAsync) ? gate.Task : Task.CompletedTask;
        var body = Body;

        var answer = Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.Secret));
        Assert.Empty(await Edge.WaitingAsync());
        Assert.False(answer.IsCompleted);
        gate.SetResult();

        Assert.Equal(HttpStatusCode.OK, await answer.WaitAsync(Limit));
        Assert.Equal(body, Assert.Single(await Edge.WaitingAsync()).Body);
    }

    [Fact]
    public async Task While_a_secret_is_changed_both_are_accepted()
    {
        var body = Body;

        Assert.Equal(HttpStatusCode.OK, await Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.NextSecret)));
        Assert.Single(await Edge.WaitingAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz")]
    [InlineData("sha1=0000000000000000000000000000000000000000")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_delivery_without_a_right_signature_gets_a_bare_401_and_is_not_stored(string? signature)
    {
        using var request = WebhookEdge.Request(new ByteArrayContent(Body), null);
        if (signature is not null)
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
        using var response = await Edge.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(await Edge.WaitingAsync());
    }

    [Fact]
    public async Task A_changed_byte_voids_the_signature()
    {
        var body = Body;
        var signature = WebhookBody.Sign(body, WebhookEdge.Secret);
        body[^2] ^= 1;

        Assert.Equal(HttpStatusCode.Unauthorized, await Edge.PostAsync(body, signature));
        Assert.Empty(await Edge.WaitingAsync());
    }

    [Fact]
    public async Task A_body_of_exactly_three_megabytes_is_taken()
    {
        var body = new byte[WebhookOptions.BodyBytesMax];
        Array.Fill(body, (byte)' ');

        Assert.Equal(HttpStatusCode.OK, await Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.Secret)));
    }

    [Fact]
    public async Task A_body_that_declares_more_than_three_megabytes_is_refused()
    {
        var body = new byte[WebhookOptions.BodyBytesMax + 1];

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.Secret)));
        Assert.Empty(await Edge.WaitingAsync());
    }

    [Fact]
    public async Task A_chunked_body_is_refused_as_soon_as_it_passes_three_megabytes()
    {
        var body = new byte[WebhookOptions.BodyBytesMax + 1];
        using var request = WebhookEdge.Request(new StreamContent(new MemoryStream(body)), WebhookBody.Sign(body, WebhookEdge.Secret));
        request.Headers.TransferEncodingChunked = true;
        using var response = await Edge.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(await Edge.WaitingAsync());
    }

    [Fact]
    public async Task When_the_database_is_away_Meta_is_told_to_come_again()
    {
        Node.Log.Announce(nameof(WebhookEndpoints), 3002);
        FailToStore(new NpgsqlException("away", new IOException("the connection is gone")));
        var body = Body;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.Secret)));
        _inbox.Before = null;
        Assert.Equal(HttpStatusCode.OK, await Edge.PostAsync(body, WebhookBody.Sign(body, WebhookEdge.Secret)));
        Assert.Single(await Edge.WaitingAsync());
    }

    [Fact]
    public async Task Whatever_else_keeps_a_delivery_from_being_stored_is_a_503_too()
    {
        Node.Log.Announce(nameof(WebhookEndpoints), 3002);
        FailToStore(new InvalidOperationException("The disk is full."));
        var body = Body;
        using var request = WebhookEdge.Request(new ByteArrayContent(body), WebhookBody.Sign(body, WebhookEdge.Secret));
        using var response = await Edge.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_same_body_a_second_time_is_acknowledged_and_stored_once()
    {
        var body = Body;
        var signature = WebhookBody.Sign(body, WebhookEdge.Secret);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Edge.PostAsync(body, signature)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Single(await Edge.WaitingAsync());
    }

    [Theory]
    [InlineData("?hub.mode=subscribe&hub.verify_token=herald-verify&hub.challenge=1158201444", HttpStatusCode.OK, "1158201444")]
    [InlineData("?hub.mode=subscribe&hub.verify_token=herald-verifY&hub.challenge=1158201444", HttpStatusCode.Forbidden, "")]
    [InlineData("?hub.mode=subscribe&hub.challenge=1158201444", HttpStatusCode.Forbidden, "")]
    [InlineData("?hub.mode=unsubscribe&hub.verify_token=herald-verify&hub.challenge=1158201444", HttpStatusCode.Forbidden, "")]
    [InlineData("", HttpStatusCode.Forbidden, "")]
    public async Task The_handshake_is_answered_with_the_bare_challenge_or_not_at_all(string query, HttpStatusCode status, string text)
    {
        using var response = await Edge.Http.GetAsync(WebhookOptions.Path + query);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(text, await response.Content.ReadAsStringAsync());
    }

    private protected override void ReplaceStores(TestNode node) => node.Replace<IWebhookInbox>(_inbox.Around);

    private void FailToStore(Exception error) =>
        _inbox.Before = (method, _) => method == nameof(IWebhookInbox.StoreAsync) ? Task.FromException(error) : Task.CompletedTask;
}

public sealed class SqliteEndpointTests() : EndpointTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlEndpointTests() : EndpointTests(DatabaseProvider.PostgreSql);
