using Holdpoint.Gateway.Telemetry;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Telemetry;

/// <summary>What is exported has the names of the conventions and not a word of what anybody wrote.</summary>
public sealed class OtlpTests
{
    // Marks of every place in which a caller or a model can write something.
    private const string Prompt = "zebra-prompt", Answer = "zebra-answer",
    Model = "gpt-zebra-model", Header = "zebra-header", Path = "zebra-path";

    [Fact]
    public async Task Traces_and_metrics_follow_the_conventions_and_hold_no_content()
    {
        var firstCame = new TaskCompletionSource();
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var upstream = ScriptedUpstream.Start(
            Script.Completion(Answer),
            new Script(async connection =>
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Script.ChunkEvent(
                    $$"""{"content":"{{Answer}} one. "}"""));
                await firstCame.Task.WaitAsync(connection.Stop);
                await connection.SendAsync(
                    Script.ChunkEvent("""{"content":"two"}""", "\"stop\"")
                    + """data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":"""
                    + """[],"usage":{"prompt_tokens":7,"completion_tokens":11,"total_tokens":18}}"""
                    + "\n\ndata: [DONE]\n\n");
                connection.EndSending();
            }),
            Script.Answer(400, $$$"""{"error":{"message":"{{{Answer}}}"}}"""),
            Script.Reset);
        await using (var gateway = await TestGateway.StartAsync(
            new Uri(upstream.Url), "{ retries: 0 }", edit: (text, _) => text + $"telemetry: {{ otlp: \"{receiver.Url}\" }}\n"))
        {
            var ask = $$"""{"model":"{{Model}}","messages":[{"role":"user","content":"{{Prompt}}"}]}""";
            (string, string)[] headers =
            [
                ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"),
                ("tracestate", $"v={Header}"), ("baggage", $"v={Header}"), ("User-Agent", Header),
            ];
            await gateway.PostChatAsync(ask, headers);
            using var stream = await BeginAsync(
                gateway, ask.Replace("\"messages\"", "\"stream\":true,\"messages\"", StringComparison.Ordinal));
            firstCame.SetResult();
            await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            await gateway.PostChatAsync(ask, headers);
            await gateway.PostChatAsync(ask, headers);
            await gateway.PostChatAsync("{" + Prompt, headers);
            await gateway.SendAsync(HttpMethod.Get, "/" + Path, null, TestGateway.AnalystKey, headers);
            await gateway.SendAsync(new HttpMethod("ZEBRA"), "/v1/models", null, TestGateway.AnalystKey, headers);
        }

        var (traces, metrics) = (receiver.Posted("/v1/traces"), receiver.Posted("/v1/metrics"));
        Assert.All(
            [
                "chat gpt-*", "gen_ai.operation.name", "gen_ai.provider.name", "openai", "gen_ai.request.model", "gen_ai.request.stream",
                "gen_ai.response.time_to_first_chunk", "gen_ai.usage.input_tokens",
                "gen_ai.usage.output_tokens", "server.address", "server.port",
                "error.type", "upstream_unreachable", "POST /v1/chat/completions",
                "http.request.method", "http.route", "http.response.status_code",
                "holdpoint.verdict", "holdpoint.record", "holdpoint.bundle",
                "holdpoint.cause", "invalid_json", "_OTHER", "service.name", "holdpoint",
            ],
            name => Assert.Contains(name, traces, StringComparison.Ordinal));
        Assert.All(
            [
                "gen_ai.client.operation.duration", "gen_ai.client.operation.time_to_first_chunk",
                "gen_ai.client.operation.time_per_output_chunk",
                "gen_ai.client.token.usage", "gen_ai.token.type", "http.server.request.duration", "holdpoint.answers", "holdpoint.calls",
                "holdpoint.records", "holdpoint.connections", "holdpoint.unidentified", "holdpoint.ready",
            ],
            name => Assert.Contains(name, metrics, StringComparison.Ordinal));
        Assert.All(
            [Prompt, Answer, Model, Header, Path, "zebra", "ZEBRA", TestGateway.AnalystKey, "sk-provider-secret", "analyst-7"],
            mark => Assert.DoesNotContain(mark, traces + metrics, StringComparison.OrdinalIgnoreCase));

        // The caller's trace is a link by its identifier; that it was marked as not sampled decides nothing.
        Assert.Contains(
            System.Text.Encoding.Latin1.GetString(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")),
            traces, StringComparison.Ordinal);
    }

    /// <summary>Begins a stream: its head comes with the first byte that is released.</summary>
    private static async Task<HttpResponseMessage> BeginAsync(TestGateway gateway, string ask)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(ask, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_costs_no_answer()
    {
        string gone;
        await using (var receiver = await OtlpReceiver.StartAsync())
        {
            gone = receiver.Url;
        }

        await using var gateway = await TestGateway.StartAsync(
            edit: (text, _) => text + $"telemetry: {{ otlp: \"{gone}\", metrics_seconds: 0.1 }}\n");

        Assert.Equal(System.Net.HttpStatusCode.OK, (await gateway.ChatAsync("hello")).Status);
    }

    [Fact]
    public void The_page_names_what_is_exported()
    {
        var page = File.ReadAllText(Repo.Path("docs", "reference", "telemetry.md"));

        Assert.All(
            typeof(GenAi).GetFields().Select(field => (string)field.GetRawConstantValue()!)
                .Concat([
                    "http.server.request.duration", "holdpoint.answers", "holdpoint.calls",
                    "holdpoint.connections", "holdpoint.records", "holdpoint.unidentified", "holdpoint.ready"]),
            name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_of_tokens_are_found_however_the_answer_is_cut_and_not_in_what_is_said()
    {
        const string Text = """{"choices":[{"message":{"content":"say \"prompt_tokens\": 99999, ok"}}],"usage":{"prompt_tokens": """
            + """120,"completion_tokens":34,"details":{"reasoning_tokens":7}}}""";
        var bytes = System.Text.Encoding.UTF8.GetBytes(Text);

        for (var size = 1; size <= bytes.Length; size++)
        {
            var scan = new UsageScan();
            foreach (var chunk in bytes.Chunk(size))
            {
                scan.Read(chunk);
            }

            Assert.Equal((size, 120L, 34L), (size, scan.Input, scan.Output));
        }
    }
}
