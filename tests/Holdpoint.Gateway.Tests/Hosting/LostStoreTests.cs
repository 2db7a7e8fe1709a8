using System.Net;
using System.Text;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>A gateway whose store is taken away answers nothing more, says so, and does not go on as if nothing had been.</summary>
public sealed class LostStoreTests
{
    [Theory]
    [InlineData("holdpoint.db")]
    [InlineData("holdpoint.db-wal")]
    public async Task Nothing_is_answered_before_the_next_start(string file)
    {
        await using var gateway = await TestGateway.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("hello")).Status);

        File.Delete(Path.Combine(gateway.Folder, file));
        var answer = await gateway.ChatAsync("hello");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("record_unavailable", answer.Json["error"]!["code"]!.GetValue<string>());
        Assert.DoesNotContain("Holdpoint-Record", answer.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.SendAsync(HttpMethod.Get, "/readyz", null, null)).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.SendAsync(HttpMethod.Get, "/log/receipt/0", null, null)).Status);
        var status = await gateway.StatusAsync();
        Assert.Equal("failing", status["state"]!.GetValue<string>());
        Assert.StartsWith("store_removed: ", status["store_fault"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_not_called_notices_by_itself()
    {
        await using var gateway = await TestGateway.StartAsync();

        File.Delete(Path.Combine(gateway.Folder, "holdpoint.db"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.SendAsync(HttpMethod.Get, "/readyz", null, null)).Status);
    }

    [Fact]
    public async Task A_start_without_the_store_is_refused_by_the_guard()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.ChatAsync("hello");
        Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync(HttpMethod.Get, "/log/receipt/2", null, null)).Status);
        File.Delete(Path.Combine(gateway.Folder, "holdpoint.db"));
        await gateway.ChatAsync("hello");
        await gateway.StopAsync();
        File.Delete(Path.Combine(gateway.Folder, "holdpoint.db-wal"));

        var refused = await Assert.ThrowsAsync<GatewayStartException>(gateway.StartAgainAsync);

        Assert.Contains("this key has signed a log of", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_older_copy_that_is_written_over_the_open_file_is_not_answered_from()
    {
        await using var gateway = await TestGateway.StartAsync();
        await gateway.StopAsync();
        var store = Path.Combine(gateway.Folder, "holdpoint.db");
        var older = await File.ReadAllBytesAsync(store, TestContext.Current.CancellationToken);
        await gateway.StartAgainAsync();
        for (var i = 0; i < 60; i++)
        {
            await gateway.ChatAsync("hello");
        }

        await gateway.StopAsync();
        await gateway.StartAgainAsync();
        await File.WriteAllBytesAsync(store, older, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(store, DateTime.UtcNow.AddSeconds(-1));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.ChatAsync("hello")).Status);
    }

    [Fact]
    public async Task A_stream_ends_with_the_error_event_before_its_next_piece()
    {
        var lost = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            await connection.SendAsync(Chunk(Script.ChunkEvent("{\"content\":\"" + new string('a', 4_000) + " \"}")));
            await lost.Task;
            await connection.SendAsync(Chunk(Script.ChunkEvent("{\"content\":\"" + new string('b', 4_000) + " \"}")));
            await connection.SendAsync(Chunk(Script.ChunkEvent("{}", "\"stop\"") + "data: [DONE]\n\n") + "0\r\n\r\n");
        }));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(
                """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        using var response = await gateway.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

        File.Delete(Path.Combine(gateway.Folder, "holdpoint.db"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.SendAsync(HttpMethod.Get, "/readyz", null, null)).Status);
        lost.SetResult();
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("bbb", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.Contains("record_unavailable", text, StringComparison.Ordinal);
    }

    private static string Chunk(string text) =>
        $"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n";
}
