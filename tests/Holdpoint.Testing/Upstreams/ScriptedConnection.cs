using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Holdpoint.Testing.Upstreams;

/// <summary>One connection of a <see cref="ScriptedUpstream"/>, as a script sees it.</summary>
public sealed class ScriptedConnection(Socket socket, CancellationToken stop) : IDisposable
{
    private readonly NetworkStream _stream = new(socket, ownsSocket: true);
    private readonly List<byte> _received = [];

    /// <summary>Cancelled when the test is over.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Sends bytes as they are.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes, stop);
        await _stream.FlushAsync(stop);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Says that nothing more will be sent, and still reads.</summary>
    public void EndSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Waits, saying nothing, until the client closes the connection or the test is over.</summary>
    public async Task WaitForClientToLeaveAsync()
    {
        var buffer = new byte[1024];
        try
        {
            while (await _stream.ReadAsync(buffer, stop) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A client that resets has left as well.
        }
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>The next request, or null when the client closed the connection.</summary>
    internal async Task<ScriptedRequest?> ReceiveAsync()
    {
        var headEnd = await ReceiveUntilAsync(() => EndOfHead());
        if (headEnd < 0)
        {
            return null;
        }

        var head = Encoding.Latin1.GetString([.. _received.Take(headEnd)]);
        var length = int.Parse(new ScriptedRequest(head, []).Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        if (await ReceiveUntilAsync(() => _received.Count >= headEnd + length ? headEnd + length : -1) < 0)
        {
            return null;
        }

        byte[] body = [.. _received.Skip(headEnd).Take(length)];
        _received.RemoveRange(0, headEnd + length);
        return new ScriptedRequest(head, body);
    }

    private async Task<int> ReceiveUntilAsync(Func<int> found)
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            if (found() is >= 0 and var place)
            {
                return place;
            }

            var count = await _stream.ReadAsync(buffer, stop);
            if (count == 0)
            {
                return -1;
            }

            _received.AddRange(buffer.AsSpan(0, count));
        }
    }

    private int EndOfHead()
    {
        var place = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_received).IndexOf("\r\n\r\n"u8);
        return place < 0 ? -1 : place + 4;
    }
}
