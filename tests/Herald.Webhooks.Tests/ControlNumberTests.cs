using Herald.Domain.Consents;
using Herald.Domain.Contacts;
using Herald.Domain.Messages;
using Herald.Domain.Senders;
using Herald.Domain.Tenants;
using Herald.Grains;
using Herald.Grains.Consents;
using Herald.Storage;
using Herald.Storage.Messages;
using Herald.Webhooks.Tests.Support;

namespace Herald.Webhooks.Tests;

/// <summary>What comes to a control number: a STOP is a STOP, everything else is the conversation's.</summary>
public abstract class ControlNumberTests(DatabaseProvider provider) : WebhookTest(provider)
{
    private const string Control = "500";

    [Fact]
    public async Task STOP_is_a_STOP_and_no_word_of_the_conversation()
    {
        var system = await AddControlNumberAsync();

        await SayAsync("wamid.1", "STOP");

        var owner = await Node.People.FindAsync(system, Ana);
        Assert.Equal(ConsentState.Revoked, await Node.People.MarketingAsync(system, owner, null));
        Assert.StartsWith("consent:", Assert.Single(await RepliesAsync(system)).DedupeKey, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resume")]
    [InlineData("start")]
    [InlineData("hello")]
    public async Task Words_of_the_conversation_are_answered_by_it(string text)
    {
        var system = await AddControlNumberAsync();

        await SayAsync("wamid.1", text);

        Assert.Equal("control:wamid.1:0", Assert.Single(await RepliesAsync(system)).DedupeKey);
    }

    [Fact]
    public async Task The_name_on_a_row_of_the_conversation_is_no_opt_out()
    {
        var system = await AddControlNumberAsync();

        await Edge.DeliverAndProcessAsync(WebhookBody.Empty.Reply(Control, Ana, "wamid.1", "list_reply", "c:status:1", "STOP", Now));

        var owner = await Node.People.FindAsync(system, Ana);
        Assert.Equal(ConsentState.Unknown, await Node.People.MarketingAsync(system, owner, null));
        Assert.Equal("control:wamid.1:0", Assert.Single(await RepliesAsync(system)).DedupeKey);
    }

    [Fact]
    public async Task After_a_STOP_without_an_earlier_opt_in_words_are_commands_again()
    {
        var system = await AddControlNumberAsync();
        await SayAsync("wamid.1", "STOP");

        await SayAsync("wamid.2", "resume");

        Assert.Contains(await RepliesAsync(system), reply => reply.DedupeKey == "control:wamid.2:0");
    }

    [Fact]
    public async Task A_START_that_lets_an_owner_in_again_is_no_command_besides()
    {
        var system = await AddControlNumberAsync();
        await OptInAsync(system);
        await SayAsync("wamid.1", "STOP");
        Clock.PutForward(TimeSpan.FromSeconds(5));

        await SayAsync("wamid.2", "RESUME");

        var owner = await Node.People.FindAsync(system, Ana);
        Assert.Equal(ConsentState.Granted, await Node.People.MarketingAsync(system, owner, null));
        Assert.DoesNotContain(await RepliesAsync(system), reply => reply.DedupeKey!.StartsWith("control:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_START_that_is_processed_twice_does_not_become_a_command()
    {
        var system = await AddControlNumberAsync();
        await OptInAsync(system);
        await SayAsync("wamid.1", "STOP");
        Clock.PutForward(TimeSpan.FromSeconds(5));
        await Edge.DeliverAsync(WebhookBody.Empty.Text(Control, Ana, "wamid.2", "RESUME", Now));
        var rows = await Edge.WaitingAsync();

        await Edge.ProcessRowsAsync(rows);
        await Edge.ProcessRowsAsync(rows);

        Assert.DoesNotContain(await RepliesAsync(system), reply => reply.DedupeKey!.StartsWith("control:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_delivery_that_is_processed_twice_is_answered_once()
    {
        var system = await AddControlNumberAsync();
        await Edge.DeliverAsync(WebhookBody.Empty.Text(Control, Ana, "wamid.1", "hello", Now));
        var rows = await Edge.WaitingAsync();

        await Edge.ProcessRowsAsync(rows);
        await Edge.ProcessRowsAsync(rows);

        Assert.Single(await RepliesAsync(system));
    }

    private async Task<TenantId> AddControlNumberAsync()
    {
        var system = await Node.People.AddTenantAsync("Herald", TenantKind.System);
        await Node.People.AddSenderAsync(system, Control, SenderKind.Control, "EAAcontrol");
        return system;
    }

    private Task SayAsync(string wamid, string text) => Edge.DeliverAndProcessAsync(WebhookBody.Empty.Text(Control, Ana, wamid, text, Now));

    private async Task OptInAsync(TenantId system)
    {
        var owner = await Node.People.AddPersonAsync(system, null, Ana, isOptedIn: false);
        await Node.Grains.GetGrain<IContactConsentGrain>(GrainKeys.Contact(system, owner)).Record(new RecordConsent
        {
            Purpose = (int)ConsentPurpose.Marketing,
            Action = (int)ConsentAction.Grant,
            Source = (int)ConsentSource.Api,
            EvidenceKey = "form",
            Evidence = "{}",
            Actor = "test",
            EventTime = Now.AddHours(-1),
        });
    }

    private async Task<List<MessageRow>> RepliesAsync(TenantId system)
    {
        ContactId owner = await Node.People.FindAsync(system, Ana);
        return [.. (await Node.People.MessagesAsync(system, owner)).Where(message => message.Class == MessageClass.Reply)];
    }
}

public sealed class SqliteControlNumberTests() : ControlNumberTests(DatabaseProvider.Sqlite);

public sealed class PostgreSqlControlNumberTests() : ControlNumberTests(DatabaseProvider.PostgreSql);
