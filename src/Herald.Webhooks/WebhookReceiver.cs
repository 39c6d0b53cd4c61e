using System.Security.Cryptography;
using Herald.Domain;
using Herald.Storage;
using Herald.Storage.Webhooks;

namespace Herald.Webhooks;

/// <summary>Stores verified bodies, many callers in one commit.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly GroupCommitWriter<InboxDelivery> _writer;
    private readonly IIdSource _ids;
    private readonly TimeProvider _time;

    public WebhookReceiver(IWebhookInbox inbox, IIdSource ids, TimeProvider time)
    {
        _ids = ids;
        _time = time;
        // Meta has only so many calls under way and waits for each: what a delivery would wait for company, all statuses behind it would wait too.
        _writer = new GroupCommitWriter<InboxDelivery>("webhook-inbox", new GroupCommitOptions { DelayMax = TimeSpan.Zero }, inbox.StoreAsync, time);
    }

    /// <summary>Returns when the body is durable. The same body a second time is not stored again.</summary>
    public Task StoreAsync(byte[] body, CancellationToken ct) => _writer.WriteAsync(new InboxDelivery
    {
        Id = _ids.NewId(),
        Body = body,
        BodyHash = SHA256.HashData(body),
        ReceiveTime = _time.GetUtcNow(),
        CanWait = DeliveryBody.IsGoodNewsOnly(body),
    }, ct);

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
