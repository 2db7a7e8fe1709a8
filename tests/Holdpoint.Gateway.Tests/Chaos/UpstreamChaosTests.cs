using System.Globalization;
using System.Net;
using System.Text;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Chaos;

/// <summary>
/// Upstreams that do their worst: nothing passes as complete that is not, nothing is answered that has no permit on
/// record, and all is well afterwards.
/// </summary>
public sealed class UpstreamChaosTests
{
    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";
    private const string Impatient = "{ retries: 0, first_byte_seconds: 0.5, between_bytes_seconds: 0.5, circuit_attempts: 1000000 }";

    private static readonly string[] Events =
    [
        Script.ChunkEvent("""{"role":"assistant","content":""}"""),
        Script.ChunkEvent("""{"content":"Good morning. "}"""),
        Script.ChunkEvent("""{"content":"How are you today? "}"""),
        Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"look_up","arguments":""}}]}"""),
        Script.ChunkEvent("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"q\":"}}]}"""),
        Script.ChunkEvent("""{"tool_calls":[{"index":0,"function":{"arguments":"\"books\"}"}}]}"""),
        Script.ChunkEvent("{}", "\"tool_calls\""),
        "data: [DONE]\n\n",
    ];

    private const string Tool =
        """{"type":"function","function":{"name":"look_up","parameters":{"type":"object","properties":{"q":{"type":"string"}}}}}""";

    [Fact]
    public async Task A_stream_that_stalls_or_ends_after_any_event_never_looks_complete()
    {
        Script[] scripts =
        [
            .. Enumerable.Range(0, Events.Length).Select(sent => Script.EventsThenSilence(Events[..sent])),
            .. Enumerable.Range(0, Events.Length).Select(sent => Script.EventsCutOff(Events[..sent])),
            Script.Events(Events),
        ];
        await using var upstream = ScriptedUpstream.Start(scripts);
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), Impatient, ToolLine());

        foreach (var script in scripts[..^1])
        {
            var answer = await gateway.PostChatAsync(AskTool());

            Assert.DoesNotContain("[DONE]", answer.Text, StringComparison.Ordinal);
            Assert.Contains("upstream_", answer.Text, StringComparison.Ordinal);
            await HasPermitAsync(gateway, answer);
            Assert.NotNull(script);
        }

        var whole = await gateway.PostChatAsync(AskTool());
        Assert.Equal(string.Concat(Events), whole.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_drip_arrives_whole(bool stream)
    {
        var body = stream ? string.Concat(Events) : Script.CompletionJson("Good morning. How are you today?");
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            await connection.SendAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 200 OK\r\nContent-Type: {(stream ? "text/event-stream" : "application/json")}\r\n"
                    + $"Content-Length: {body.Length}\r\n\r\n"));
            foreach (var c in body)
            {
                await connection.SendAsync(c.ToString());
            }
        }));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), Impatient, ToolLine());

        Assert.Equal(body, (await gateway.PostChatAsync(stream ? AskTool() : Ask)).Text);
    }

    [Fact]
    public async Task A_body_longer_than_it_says_is_nobody_elses_answer()
    {
        var smuggled = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
        var said = Script.CompletionJson("first");
        await using var upstream = ScriptedUpstream.Start(
            new Script(connection => connection.SendAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {said.Length}\r\n\r\n{said}{smuggled}"))),
            Script.Completion("second"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), Impatient);

        var first = await gateway.PostChatAsync(Ask);
        var second = await gateway.PostChatAsync(Ask);

        Assert.Equal((said, Script.CompletionJson("second")), (first.Text, second.Text));
    }

    [Theory]
    [InlineData("huge whole")]
    [InlineData("huge event")]
    [InlineData("huge head")]
    [InlineData("endless stream")]
    public async Task What_is_too_large_ends_and_is_not_gathered(string what)
    {
        Assert.SkipUnless(TestScale.IsLong || what != "endless stream", "64 MiB: in the long form only");
        var block = new string('a', 64 * 1024);
        await using var upstream = ScriptedUpstream.Start(what switch
        {
            "huge whole" => new Script(async connection =>
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
                while (true)
                {
                    await connection.SendAsync("10000\r\n" + block + "\r\n");
                }
            }),
            "huge head" => Script.Raw("HTTP/1.1 200 OK\r\nX: " + block + "\r\n\r\n"),
            "huge event" => new Script(async connection =>
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: ");
                while (true)
                {
                    await connection.SendAsync(block);
                }
            }),
            _ => new Script(async connection =>
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n");
                while (true)
                {
                    await connection.SendAsync(": " + block + "\n\n");
                }
            }),
        });
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), "{ retries: 0, answer_bytes: 65536 }");

        var answer = await gateway.PostChatAsync(what == "huge whole" ? Ask : AskStream);

        Assert.Contains("upstream_", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", answer.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("hello")).Status);
    }

    [Fact]
    public async Task In_a_storm_every_answer_has_its_record_and_afterwards_all_is_well_without_a_restart()
    {
        var random = new Random(20260301);
        Script[] faults =
        [
            Script.Reset, Script.Silence, Script.Raw("garbage\r\n\r\n"), Script.Raw(""),
            Script.Answer(200, "<html>"), Script.TooShort(Script.CompletionJson("x"), 5),
            Script.Answer(429, "{}"), Script.Answer(500, "{}"),
            Script.Answer(503, "{}", "application/json", "Retry-After: 1"), Script.Answer(401, "{}"),
            Script.EventsCutOff(Events[..3]), Script.EventsThenSilence(Events[..3]), Script.Events(Events[1], "data: {\n\n"),
            Script.Completion("well"), Script.Events([.. Events[..3], "data: [DONE]\n\n"]),
        ];
        var calls = TestScale.Of(60, 3_000);
        await using var upstream = ScriptedUpstream.Start(
            [.. Enumerable.Range(0, calls).Select(_ => faults[random.Next(faults.Length)]), Script.Completion("well again")]);
        await using var gateway = await TestGateway.StartAsync(
            new Uri(upstream.Url),
            "{ retries: 1, retry_wait_seconds: 0.05, first_byte_seconds: 0.5, between_bytes_seconds: 0.5, "
                + "circuit_break_seconds: 0.5, circuit_attempts: 10 }");

        var answers = new TestAnswer[calls];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, calls),
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = TestContext.Current.CancellationToken },
            async (i, _) => answers[i] = await gateway.PostChatAsync(i % 2 == 0 ? Ask : AskStream));

        foreach (var answer in answers)
        {
            var record = await gateway.RecordAsync(answer.Record);
            Assert.Equal(answer.Verdict, record["verdict"]!.ToString());
            if (answer.Status == HttpStatusCode.OK)
            {
                Assert.Equal("permit", answer.Verdict);
            }
        }

        // What is left of the storm is used up; then every call is answered, with no hand laid on the gateway.
        while ((await gateway.PostChatAsync(Ask)).Text != Script.CompletionJson("well again"))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        var status = await gateway.StatusAsync();
        Assert.Equal(
            ("ready", "closed", 0),
            (status["state"]!.ToString(), status["upstreams"]![1]!["state"]!.ToString(), status["calls"]!.GetValue<int>()));
        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);
    }

    private static async Task HasPermitAsync(TestGateway gateway, TestAnswer answer)
    {
        var record = await gateway.RecordAsync(answer.Record);
        var decision = record["about"] is { } about ? await gateway.RecordAsync(about.GetValue<long>()) : record;
        Assert.Equal("permit", decision["verdict"]!.ToString());
    }

    private static string AskTool() => AskStream.Replace("\"stream\"", "\"tools\":[" + Tool + "],\"stream\"", StringComparison.Ordinal);

    private static string ToolLine() =>
        $"  - {{ deployment: analysts-cloud, name: look_up, digest: "
        + $"{Log.Hash.Of(Log.Json.CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(Tool))).ToHex()}, effect: inform }}\n";
}
