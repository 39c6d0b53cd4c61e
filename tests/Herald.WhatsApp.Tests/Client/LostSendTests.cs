using Herald.WhatsApp.Messages;

namespace Herald.WhatsApp.Tests.Client;

/// <summary>The border between "never left" and "may have been sent", which decides whether a message may be repeated.</summary>
public sealed class LostSendTests
{
    [Fact]
    public async Task A_refused_connection_sent_nothing()
    {
        using var under = new ClientUnderTest(FakeGraph.NobodyThere());

        Assert.Equal(new SendResult.NotSent(NotSentKind.Connection), await under.SendAsync());
        under.AssertNothingLeaked();
    }

    [Fact]
    public async Task A_host_without_an_address_sent_nothing()
    {
        using var under = new ClientUnderTest(new Uri("https://graph.invalid"));

        Assert.Equal(new SendResult.NotSent(NotSentKind.NameResolution), await under.SendAsync());
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_got_nothing()
    {
        await using var server = FakeGraph.Start(connection => connection.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));
        using var under = new ClientUnderTest(new UriBuilder(server.Address) { Scheme = Uri.UriSchemeHttps }.Uri);

        Assert.Equal(new SendResult.NotSent(NotSentKind.SecureConnection), await under.SendAsync());
    }

    [Fact]
    public async Task What_may_not_leave_when_the_connection_stands_sent_nothing()
    {
        var accepted = 0;
        await using var server = FakeGraph.Start(async connection =>
        {
            Interlocked.Increment(ref accepted);
            await connection.ReadRequestAsync();
        });
        using var under = new ClientUnderTest(server.Address);
        var wasConnected = false;
        var message = ClientUnderTest.Message with
        {
            MayLeave = () =>
            {
                wasConnected = Volatile.Read(ref accepted) > 0 || SpinWait.SpinUntil(() => Volatile.Read(ref accepted) > 0, ClientUnderTest.Limit);
                return false;
            },
        };

        var result = await under.Client.SendAsync(ClientUnderTest.PhoneNumberId, ClientUnderTest.Token, message, default).WaitAsync(ClientUnderTest.Limit);

        Assert.Equal(new SendResult.NotSent(NotSentKind.Withheld), result);
        Assert.True(wasConnected);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_reset_after_the_request_was_read_is_unknown()
    {
        await using var server = FakeGraph.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            connection.Reset();
        });
        using var under = new ClientUnderTest(server.Address);

        Assert.Equal(new SendResult.Unknown(UnknownKind.ConnectionLost, null), await under.SendAsync());
        Assert.Single(server.Requests);
        under.AssertNothingLeaked();
    }

    [Fact]
    public async Task A_close_without_an_answer_is_unknown_and_not_tried_again()
    {
        await using var server = FakeGraph.Start(connection => connection.ReadRequestAsync());
        using var under = new ClientUnderTest(server.Address);

        Assert.Equal(new SendResult.Unknown(UnknownKind.ConnectionLost, null), await under.SendAsync());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_close_in_the_middle_of_the_answer_is_unknown()
    {
        await using var server = FakeGraph.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\":[{\"id\":\"wamid.");
        });
        using var under = new ClientUnderTest(server.Address);

        Assert.Equal(new SendResult.Unknown(UnknownKind.ConnectionLost, 200), await under.SendAsync());
    }

    [Fact]
    public async Task An_answer_that_is_not_http_is_unknown()
    {
        await using var server = FakeGraph.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.WriteAsync("220 mail.example ESMTP\r\n\r\n");
        });
        using var under = new ClientUnderTest(server.Address);

        Assert.Equal(new SendResult.Unknown(UnknownKind.ConnectionLost, null), await under.SendAsync());
    }

    [Fact]
    public async Task No_answer_in_time_is_unknown()
    {
        await using var server = FakeGraph.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.HoldAsync();
        });
        using var under = new ClientUnderTest(server.Address, options => options.RequestTimeout = TimeSpan.FromSeconds(30));

        var sending = under.SendAsync();
        await server.RequestAsync(ClientUnderTest.Limit);
        under.Clock.Advance(TimeSpan.FromSeconds(29));
        Assert.False(sending.IsCompleted);
        under.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(new SendResult.Unknown(UnknownKind.Timeout, null), await sending);
        under.AssertNothingLeaked();
    }

    [Fact]
    public async Task Half_an_answer_in_time_is_unknown()
    {
        await using var server = FakeGraph.Start(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"mess");
            await connection.ReadRequestAsync();
            await connection.HoldAsync();
        });
        using var under = new ClientUnderTest(server.Address);

        var sending = under.SendAsync();
        await server.RequestAsync(ClientUnderTest.Limit);
        under.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.IsType<SendResult.Unknown>(await sending);
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_it_is_in_flight_learns_that_it_is_unknown()
    {
        await using var server = FakeGraph.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.HoldAsync();
        });
        using var under = new ClientUnderTest(server.Address);
        using var giveUp = new CancellationTokenSource();

        var sending = under.SendAsync(giveUp.Token);
        await server.RequestAsync(ClientUnderTest.Limit);
        await giveUp.CancelAsync();

        Assert.Equal(new SendResult.Unknown(UnknownKind.Cancelled, null), await sending);
    }

    [Fact]
    public async Task A_caller_who_gave_up_before_sent_nothing()
    {
        await using var server = FakeGraph.Answering(200, "{}");
        using var under = new ClientUnderTest(server.Address);

        Assert.Equal(new SendResult.NotSent(NotSentKind.Cancelled), await under.SendAsync(new CancellationToken(canceled: true)));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_send_given_up_while_it_waited_for_a_free_connection_sent_nothing()
    {
        await using var server = FakeGraph.Start(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.HoldAsync();
        });
        using var under = new ClientUnderTest(server.Address, options => options.ConnectionsMax = 1);
        using var giveUp = new CancellationTokenSource();

        var first = under.SendAsync();
        await server.RequestAsync(ClientUnderTest.Limit);
        var second = under.SendAsync(giveUp.Token);
        await giveUp.CancelAsync();

        Assert.Equal(new SendResult.NotSent(NotSentKind.Cancelled), await second);
        under.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(new SendResult.Unknown(UnknownKind.Timeout, null), await first);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_connection_that_was_closed_while_idle_is_replaced_without_sending_twice()
    {
        const string Accepted = """{"messages":[{"id":"wamid.OK"}]}""";
        await using var server = FakeGraph.Start(async connection =>
        {
            // It answers as if it kept the connection, then closes it.
            await connection.ReadRequestAsync();
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Accepted.Length}\r\n\r\n{Accepted}");
        });
        using var under = new ClientUnderTest(server.Address);

        for (var i = 1; i <= 20; i++)
        {
            // Depending on when the close is seen the answer is known or not; either way the server read it at most once.
            var result = await under.SendAsync();
            Assert.True(result is SendResult.Accepted or SendResult.Unknown, result.ToString());
            Assert.True(server.Requests.Count <= i);
        }
    }
}
