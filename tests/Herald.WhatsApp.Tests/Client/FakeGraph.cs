using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Herald.WhatsApp.Tests.Client;

/// <summary>
/// A server on loopback that reads one request a connection and then does what the test says, down to resetting the connection. Raw TCP, so
/// that failures can be placed between any two bytes.
/// </summary>
internal sealed class FakeGraph : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly Func<FakeConnection, Task> _behaviour;
    private readonly Task _accepting;

    private FakeGraph(Func<FakeConnection, Task> behaviour)
    {
        _behaviour = behaviour;
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>All requests that were read whole, headers and body, in order of arrival.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public static FakeGraph Start(Func<FakeConnection, Task> behaviour) => new(behaviour);

    /// <summary>Answers every request alike and closes.</summary>
    public static FakeGraph Answering(int httpStatus, string body, params string[] headers) =>
        new(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.AnswerAsync(httpStatus, body, headers);
        });

    /// <summary>An address at which nobody listens.</summary>
    public static Uri NobodyThere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
    }

    /// <summary>Completes when a further request was read whole.</summary>
    public async Task RequestAsync(TimeSpan limit)
    {
        if (!await _arrived.WaitAsync(limit)) throw new TimeoutException("No request arrived at the fake server.");
    }

    public async ValueTask DisposeAsync()
    {
        // In this order: an accept that begins after the listener's end throws what no accept should.
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
        _arrived.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                connections.Add(ServeAsync(client));
            }
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var connection = new FakeConnection(client, Arrived, _stopping.Token);
            try
            {
                await _behaviour(connection);
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client hung up, or the test is over.
            }
        }
    }

    private void Arrived(string request)
    {
        _requests.Enqueue(request);
        _arrived.Release();
    }

    /// <summary>One connection to the fake server.</summary>
    internal sealed class FakeConnection(TcpClient client, Action<string> arrived, CancellationToken stopping)
    {
        private readonly NetworkStream _stream = client.GetStream();

        /// <summary>Reads the request line, the headers and as much body as they announce.</summary>
        public async Task<string> ReadRequestAsync()
        {
            var bytes = new List<byte>();
            var headEnd = -1;
            var bodyLength = 0;
            var buffer = new byte[4096];
            while (headEnd < 0 || bytes.Count < headEnd + bodyLength)
            {
                var count = await _stream.ReadAsync(buffer, stopping);
                if (count == 0) throw new IOException("The client closed the connection before its request was whole.");
                bytes.AddRange(buffer[..count]);
                if (headEnd >= 0) continue;

                var text = Encoding.UTF8.GetString([.. bytes]);
                var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
                if (end < 0) continue;
                headEnd = end + 4;
                bodyLength = BodyLength(text[..end]);
            }

            var request = Encoding.UTF8.GetString([.. bytes]);
            arrived(request);
            return request;
        }

        public async Task AnswerAsync(int httpStatus, string body, params string[] headers)
        {
            var head = new StringBuilder("HTTP/1.1 ");
            head.Append(httpStatus).Append(" X\r\nContent-Type: application/json\r\n");
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n");
            foreach (var header in headers) head.Append(header).Append("\r\n");
            await WriteAsync(head.Append("\r\n").Append(body).ToString());
        }

        public async Task WriteAsync(string text)
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), stopping);
            await _stream.FlushAsync(stopping);
        }

        /// <summary>Ends the connection with a reset instead of a proper close.</summary>
        public void Reset()
        {
            client.LingerState = new LingerOption(true, 0);
            client.Close();
        }

        /// <summary>Keeps the connection open until the client hangs up or the test is over.</summary>
        public async Task HoldAsync()
        {
            var buffer = new byte[1];
            while (await _stream.ReadAsync(buffer, stopping) > 0)
            {
            }
        }

        private static int BodyLength(string head)
        {
            const string Name = "Content-Length:";
            foreach (var line in head.Split("\r\n"))
            {
                if (line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
                    return int.Parse(line[Name.Length..], CultureInfo.InvariantCulture);
            }

            return 0;
        }
    }
}
