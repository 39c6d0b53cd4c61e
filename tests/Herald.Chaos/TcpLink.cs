using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Herald.Chaos;

/// <summary>
/// A stretch of network on loopback: forwards each connection to a target chosen when it is opened, and can be cut. While it is cut,
/// connections are refused, not merely closed.
/// </summary>
internal sealed class TcpLink : IAsyncDisposable
{
    private const int BufferBytes = 16 * 1024;
    private readonly Func<Uri?> _target;
    private readonly ConcurrentDictionary<Socket, bool> _sockets = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly int _port;
    private TcpListener? _listener;

    /// <param name="target">Where the next connection goes; null closes it at once.</param>
    public TcpLink(Func<Uri?> target)
    {
        _target = target;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start();
        _port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Own(AcceptAsync(_listener));
    }

    /// <summary>The near end.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Cuts every connection, wherever it stands, and refuses new ones until <see cref="Restore"/>.</summary>
    public void Cut()
    {
        Interlocked.Exchange(ref _listener, null)?.Stop();
        foreach (var socket in _sockets.Keys)
            Reset(socket);
    }

    /// <summary>Takes connections again.</summary>
    public void Restore()
    {
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Start();
        _listener = listener;
        Own(AcceptAsync(listener));
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await Task.WhenAll(_running.Keys);
    }

    private void Own(Task task)
    {
        _running[task] = true;
        task.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            Socket near;
            try
            {
                near = await listener.AcceptSocketAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                return;
            }
            Own(ForwardAsync(near));
        }
    }

    private async Task ForwardAsync(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        _sockets[near] = _sockets[far] = true;
        try
        {
            if (_target() is not { } target)
                return;
            await far.ConnectAsync(IPAddress.Loopback, target.Port);
            var both = new[] { PumpAsync(near, far), PumpAsync(far, near) };
            await Task.WhenAny(both);
            // What one side still had to say has been passed on; the other has nobody to talk to any more.
            near.Dispose();
            far.Dispose();
            await Task.WhenAll(both);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The target is not there, or the link was cut: to both ends it is a lost connection.
        }
        finally
        {
            near.Dispose();
            far.Dispose();
            _sockets.TryRemove(near, out _);
            _sockets.TryRemove(far, out _);
        }
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.ReceiveAsync(buffer) is var count and > 0)
            {
                for (var sent = 0; sent < count;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // One end is gone, so the connection is.
        }
    }

    private static void Reset(Socket socket) => socket.Close(timeout: 0);
}
