using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Holdpoint.Testing.Upstreams;

/// <summary>
/// A provider that says exactly what a test wants, byte for byte, also what no HTTP server would: it speaks raw TCP on a free local port.
/// The n-th request is answered by the n-th script, and every further one by the last. Connections are kept alive unless a script ends one.
/// </summary>
public sealed class ScriptedUpstream : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<ScriptedRequest> _requests = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Script[] _scripts;
    private readonly Task _accepting;
    private int _served;

    private ScriptedUpstream(Script[] scripts)
    {
        _scripts = scripts;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Base URL for the configuration.</summary>
    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>What was received so far, oldest first.</summary>
    public IReadOnlyList<ScriptedRequest> Requests => [.. _requests];

    /// <summary>How many connections were opened.</summary>
    public int Connections => _connections.Count;

    public static ScriptedUpstream Start(params Script[] scripts) => new(scripts is [] ? [Script.Completion("hello")] : scripts);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _connections.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
            }
            catch (Exception e)
                when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Either the test is over (the last of these says that the listener stopped between two connections), or a client was gone
                // before its connection was accepted, and the next one counts.
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var connection = new ScriptedConnection(socket, _stop.Token);
        try
        {
            while (await connection.ReceiveAsync() is { } request)
            {
                _requests.Enqueue(request);
                var script = _scripts[Math.Min(Interlocked.Increment(ref _served), _scripts.Length) - 1];
                await script.Play(connection);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The client left, the script broke the connection, or the test is over: all of them are what scripts are for.
        }
    }
}
