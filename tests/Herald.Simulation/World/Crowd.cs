using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Grains;
using Herald.Simulation.Checks;
using Herald.Simulation.Clockwork;
using Herald.Simulation.Meta;
using Herald.Simulation.Nodes;
using Herald.Storage.Messages;
using Herald.WhatsApp.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace Herald.Simulation.World;

/// <summary>The people who get messages and write back, and the partners who send messages of their own.</summary>
internal sealed class Crowd(Cluster cluster, Postman postman, Ledger ledger, IReadOnlyList<Business> businesses)
{
    private static readonly string[] StopWords = ["STOP", "stop", "Unsubscribe"];
    private readonly Machine _machine = cluster.Machine;
    private readonly LaneClock _time = new(cluster.Machine.Clock, cluster.Machine.World);
    private int _wamids;

    /// <summary>How many of them still have something to do.</summary>
    public int Busy { get; private set; }

    public void Live(TimeSpan length)
    {
        foreach (var business in businesses)
        {
            foreach (var (contact, phone) in business.People)
            {
                if (_machine.Chance.Happens(0.2))
                    Begin(() => WriteAsync(business, contact, phone, length));
            }
            for (var i = _machine.Chance.Next(5); i > 0; i--)
                Begin(() => SendAsync(business, length));
        }
        if (_machine.Chance.Happens(0.5))
            ledger.OnClaim = StopInTime;
    }

    /// <summary>The worst moment for an opt-out is between a claim and its request.</summary>
    private void StopInTime(string tenant, string contact)
    {
        if (cluster.Weather.IsFair || !_machine.Chance.Happens(0.15))
            return;
        var business = businesses.First(candidate => candidate.Tenant.ToString() == tenant);
        var person = business.People.Find(candidate => candidate.Id.ToString() == contact);
        Begin(async () =>
        {
            await Task.Delay(_machine.Chance.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(100)), _time);
            Say(business, person.Id, person.Phone, "STOP");
        });
    }

    private void Begin(Func<Task> life)
    {
        Busy++;
        _ = _machine.World.Start(async () =>
        {
            await life();
            Busy--;
        });
    }

    private async Task WriteAsync(Business business, ContactId contact, string phone, TimeSpan length)
    {
        await Task.Delay(_machine.Chance.Between(TimeSpan.Zero, length), _time);
        if (_machine.Chance.Happens(0.15))
        {
            Say(business, contact, phone, "hello");
            return;
        }
        Say(business, contact, phone, _machine.Chance.Pick(StopWords));
        while (_machine.Chance.Happens(0.3))
        {
            await Task.Delay(_machine.Chance.Between(TimeSpan.Zero, TimeSpan.FromSeconds(10)), _time);
            Say(business, contact, phone, _machine.Chance.Happens(0.7) ? "START" : "STOP");
        }
    }

    private void Say(Business business, ContactId contact, string phone, string text)
    {
        var wamid = $"wamid.in.{++_wamids}";
        var number = _machine.Chance.Pick(business.Senders).PhoneNumberId;
        cluster.Trace.Add("people", $"{contact.ToString()[^6..]} writes {text} to {number} ({wamid})");
        ledger.People.Say(wamid, new Words(
            business.Tenant.ToString(), contact.ToString(), phone, text.ToUpperInvariant(), _machine.Clock.Now.ToUnixTimeSeconds()));
        postman.Text(number, phone, wamid, text);
    }

    /// <summary>A message of a partner's own. It is asked for until it is queued; the key makes a repetition harmless.</summary>
    private async Task SendAsync(Business business, TimeSpan length)
    {
        await Task.Delay(_machine.Chance.Between(TimeSpan.Zero, length), _time);
        var message = new NewMessage
        {
            TenantId = business.Tenant,
            MessageId = new MessageId(cluster.Ids.NewId()),
            ContactId = _machine.Chance.Pick(business.People).Id,
            SenderId = _machine.Chance.Pick(business.Senders).Id,
            Class = _machine.Chance.Pick([MessageClass.Reply, MessageClass.Utility, MessageClass.Authentication, MessageClass.Marketing]),
            Content = new TextContent("Your order is on its way.").ToJson(),
            DedupeKey = "partner:" + cluster.Ids.NewId(),
            DueTime = _machine.Clock.Now,
            CreateTime = _machine.Clock.Now,
        };
        while (true)
        {
            if (cluster.Up is [_, ..] up)
            {
                var node = _machine.Chance.Pick(up);
                try
                {
                    await node.Lane.Start(() => node.Services.GetRequiredService<IMessageStore>().EnqueueAsync([message], CancellationToken.None))
                        .WaitAsync(TimeSpan.FromSeconds(5), _time);
                    return;
                }
                catch (Exception error) when (GrainCallErrors.MayPass(error))
                {
                    cluster.Trace.Add("partner", $"was not heard: {error.GetType().Name}");
                }
            }
            await Task.Delay(_machine.Chance.Between(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3)), _time);
        }
    }
}
