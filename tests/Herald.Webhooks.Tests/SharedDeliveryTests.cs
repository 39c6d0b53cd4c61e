using System.Reflection;
using System.Text.Json.Nodes;
using Herald.Domain.Consents;
using Herald.Storage;
using Herald.Storage.Contacts;
using Herald.Storage.Webhooks;
using Herald.Testing.Nodes;
using Herald.Webhooks.Tests.Support;

namespace Herald.Webhooks.Tests;

/// <summary>What stands in one delivery with something odd is not lost for it.</summary>
public abstract class SharedDeliveryTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private const string Unlucky = "16505559999";
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_stop_behind_a_message_that_fails_is_still_a_stop()
    {
        var ana = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);

        await Edge.DeliverAsync(WebhookBody.Empty
            .Text(Number, Unlucky, "wamid.1", "STOP", Now)
            .Text(Number, Ana, "wamid.2", "STOP", Now));
        await Edge.ProcessOnceAsync();

        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, ana, null));
        Assert.NotNull(await Node.Get<IContactStore>().GetWindowAsync(Shop.Tenant, ana, Shop.Sender, None));
        Clock.PutForward(TimeSpan.FromMinutes(1));
        Assert.Equal(1, Assert.Single(await Edge.WaitingAsync()).Attempts);
    }

    [Fact]
    public async Task A_stop_reaches_everybody_who_is_known_by_the_phone()
    {
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.HiddenText(Number, "US.1", "wamid.1", "hello", Now));
        var imported = await Node.People.AddPersonAsync(Shop.Tenant, Shop.List, Ana, isOptedIn: true);

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Message(Number, Ana, "wamid.2", Now, new JsonObject
        {
            ["from_user_id"] = "US.1",
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = "STOP" },
        }));

        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(Shop.Tenant, imported, null));
    }

    [Fact]
    public async Task A_delivery_of_more_statuses_than_a_batch_takes_is_done()
    {
        var body = WebhookBody.Empty;
        for (var i = 0; i < 5_001; i++)
            body.Status(Number, $"wamid.{i}", "sent", Now, null, null);

        await Edge.DeliverAsync(body);
        await Edge.ProcessOnceAsync();
        Clock.PutForward(TimeSpan.FromHours(1));

        Assert.Empty(await Edge.WaitingAsync());
        Assert.Empty(await Node.Get<IWebhookInbox>().ListDeadAsync(null, 10, None));
    }

    [Fact]
    public async Task An_unknown_kind_is_counted_whatever_it_is_called()
    {
        await Edge.DeliverAndProcessAsync(WebhookBody.Empty
            .Change("odd\0field", [])
            .Change(string.Concat(Enumerable.Range(0, 3_000).Select(i => (char)('a' + (i * i * 7 % 26)))), []));

        var kinds = (await Node.Get<IWebhookInbox>().ListUnknownAsync(None)).Select(row => row.Kind).ToList();
        Assert.Equal(2, kinds.Count);
        Assert.Contains("odd\uFFFDfield:", kinds);
        Assert.All(kinds, kind => Assert.InRange(kind.Length, 1, 200));
    }

    private protected override void ReplaceStores(TestNode node) => node.Replace<IContactStore>(UnluckyContacts.Around);

    /// <summary>Contacts of whom one can't be resolved. Public and open, because its subclass is made at run time.</summary>
    public class UnluckyContacts : DispatchProxy
    {
        private IContactStore? _inner;

        internal static IContactStore Around(IContactStore inner)
        {
            var proxy = Create<IContactStore, UnluckyContacts>();
            ((UnluckyContacts)(object)proxy)._inner = inner;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            ArgumentNullException.ThrowIfNull(targetMethod);
            if (args?.OfType<InboundIdentity>().Any(identity => identity.Phone == Unlucky) == true)
                throw new InvalidOperationException("Not this one.");
            return targetMethod.Invoke(_inner, args);
        }
    }
}

public sealed class SqliteSharedDeliveryTests() : SharedDeliveryTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlSharedDeliveryTests() : SharedDeliveryTests(DatabaseProvider.PostgreSql);
