using System.Net;
using System.Net.Sockets;
using System.Text;
using Holdpoint.Gateway.Tests.Decisions;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>Who may connect, and how many at once.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Beyond_loopback_without_tls_only_the_named_proxies_get_in()
    {
        await using var named = await ListenAsync("trusted_proxies: [\"127.0.0.0/8\", \"::1\"]\n");
        await using var other = await ListenAsync("trusted_proxies: [\"192.0.2.7\"]\n");

        Assert.Equal(HttpStatusCode.OK, (await AskAsync(named)).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(other));
    }

    [Fact]
    public async Task A_request_on_a_connection_too_many_is_told_to_come_back_and_finds_room_later()
    {
        await using var gateway = await TestGateway.StartAsync(limits: "{ connections: 2 }");
        using var one = await ConnectAsync(gateway);
        var two = await ConnectAsync(gateway);
        await SayAsync(one);
        await SayAsync(two);

        using var three = await ConnectAsync(gateway);
        var told = await SayAsync(three);
        Assert.StartsWith("HTTP/1.1 503 ", told, StringComparison.Ordinal);
        Assert.Contains("Retry-After: 1\r\n", told, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", told, StringComparison.Ordinal);

        two.Dispose();
        string later;
        do
        {
            using var four = await ConnectAsync(gateway);
            later = await SayAsync(four);
        }
        while (!later.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal));
    }

    private static Task<TestGateway> ListenAsync(string more) =>
        TestGateway.StartAsync(
            edit: (text, _) => text.Replace("listen: 127.0.0.1:0", "listen: 0.0.0.0:0", StringComparison.Ordinal) + more);

    private static Task<HttpResponseMessage> AskAsync(TestGateway gateway) =>
        gateway.Http.GetAsync(new Uri($"http://127.0.0.1:{gateway.Address.Port}/healthz"), TestContext.Current.CancellationToken);

    private static async Task<TcpClient> ConnectAsync(TestGateway gateway)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, TestContext.Current.CancellationToken);
        return client;
    }

    /// <summary>Asks for the health on a connection and returns the head of the answer.</summary>
    private static async Task<string> SayAsync(TcpClient client)
    {
        var stream = client.GetStream();
        await stream.WriteAsync("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        var buffer = new byte[4096];
        var head = "";
        while (!head.Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(0, count);
            head += Encoding.ASCII.GetString(buffer, 0, count);
        }

        return head;
    }
}
