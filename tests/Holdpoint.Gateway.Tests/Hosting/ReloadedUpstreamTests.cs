using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>What is known of a provider's server survives a reload that leaves its address as it is.</summary>
public sealed class ReloadedUpstreamTests
{
    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";
    private const string Failing = "{ retries: 0, circuit_attempts: 2, circuit_break_seconds: 60 }";

    [Theory]
    [InlineData("{ retries: 0, circuit_attempts: 2, circuit_break_seconds: 60, answer_bytes: 1048576 }")]
    [InlineData("{ retries: 0, circuit_attempts: 900, circuit_ratio: 0.9, circuit_break_seconds: 50 }")]
    [InlineData("{ retries: 0, circuit_attempts: 2, circuit_break_seconds: 60, connect_seconds: 3 }")]
    public async Task An_open_circuit_stays_open(string changed)
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(500, "{}"), Script.Answer(500, "{}"), Script.Completion("now"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), Failing);
        await gateway.PostChatAsync(Ask);
        await gateway.PostChatAsync(Ask);

        await ReloadAsync(gateway, "limits: " + Failing, "limits: " + changed);

        Assert.Equal("open", (await StatusAsync(gateway))["state"]!.ToString());
        Assert.Equal("upstream_suspended", (await gateway.PostChatAsync(Ask)).Cause);
        Assert.Equal(2, upstream.Requests.Count);
    }

    [Fact]
    public async Task A_call_under_way_still_counts_and_a_lower_limit_counts_it_too()
    {
        var goOn = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(OpenStream(goOn));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), "{ retries: 0 }");
        using var stream = await BeginStreamAsync(gateway);

        await ReloadAsync(gateway, "key_file: provider.key,", "key_file: provider.key, connections: 1,");

        var status = await StatusAsync(gateway);
        Assert.Equal(("1", "1"), (status["calls"]!.ToString(), status["most"]!.ToString()));
        Assert.Equal("upstream_full", (await gateway.PostChatAsync(Ask)).Cause);
        goOn.SetResult();
        var text = await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.EndsWith("data: [DONE]\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_limit_costs_no_connection_and_holds_for_the_next_call()
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), "{ retries: 0 }");
        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);

        await ReloadAsync(gateway, "limits: { retries: 0 }", "limits: { retries: 0, answer_bytes: 1024 }");
        await gateway.PostChatAsync(Ask);

        Assert.Equal((2, 1), (upstream.Requests.Count, upstream.Connections));
    }

    [Fact]
    public async Task Another_address_is_another_server()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(500, "{}"), Script.Answer(500, "{}"));
        await using var other = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), Failing);
        await gateway.PostChatAsync(Ask);
        await gateway.PostChatAsync(Ask);

        await ReloadAsync(gateway, upstream.Url.TrimEnd('/'), other.Url.TrimEnd('/'));

        Assert.Equal("closed", (await StatusAsync(gateway))["state"]!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);
    }

    private static async Task ReloadAsync(TestGateway gateway, string from, string to)
    {
        gateway.Edit(text =>
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            return text.Replace(from, to, StringComparison.Ordinal);
        });
        Assert.Empty((await gateway.ReloadAsync()).Problems);
    }

    private static async Task<JsonNode> StatusAsync(TestGateway gateway) =>
        (await gateway.StatusAsync())["upstreams"]!.AsArray().First(upstream => upstream!["name"]!.ToString() != "echo")!;

    private static async Task<HttpResponseMessage> BeginStreamAsync(TestGateway gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(AskStream, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    private static Script OpenStream(TaskCompletionSource goOn) => new(async connection =>
    {
        await connection.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Script.ChunkEvent("""{"content":"good morning. "}"""));
        await goOn.Task.WaitAsync(connection.Stop);
        await connection.SendAsync(Script.ChunkEvent("""{"content":"good night."}""", "\"stop\"") + "data: [DONE]\n\n");
        connection.EndSending();
    });
}
