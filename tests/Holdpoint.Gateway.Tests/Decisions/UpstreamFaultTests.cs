using System.Net;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>
/// Whatever an upstream does, the client gets a clear error in its own format, the fault has a record, and the gateway stays well.
/// </summary>
public sealed class UpstreamFaultTests
{
    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";

    public static TheoryData<string, int, string> WholeFaults() => new()
    {
        { "reset", 502, "upstream_unreachable" },
        { "silence", 504, "upstream_timeout" },
        { "garbage", 502, "upstream_invalid" },
        { "not-json", 502, "upstream_invalid" },
        { "short", 502, "upstream_truncated" },
        { "credentials", 502, "upstream_credentials" },
        { "huge", 502, "upstream_too_large" },
    };

    [Theory, MemberData(nameof(WholeFaults))]
    public async Task A_fault_of_the_upstream_is_reported_as_ours_to_report(string fault, int status, string cause)
    {
        await using var upstream = ScriptedUpstream.Start(fault switch
        {
            "reset" => Script.Reset,
            "silence" => Script.Silence,
            "garbage" => Script.Raw("what is this\r\n\r\n"),
            "not-json" => Script.Answer(200, "<html>"),
            "short" => Script.TooShort(Script.CompletionJson("hi"), missing: 10),
            "credentials" => Script.Answer(401, """{"error":{"message":"Incorrect API key provided: sk-provider-secret"}}"""),
            _ => Script.Completion(new string('a', 20_000)),
        });
        await using var gateway = await TestGateway.StartAsync(
            new Uri(upstream.Url), limits: "{ first_byte_seconds: 0.5, between_bytes_seconds: 0.5, answer_bytes: 16384 }");

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((status, cause), ((int)answer.Status, answer.Cause));
        Assert.DoesNotContain("sk-provider-secret", answer.Text, StringComparison.Ordinal);
        var record = await gateway.RecordAsync(answer.Record);
        Assert.Equal(
            ("outcome", "refuse", cause), (record["kind"]!.ToString(), record["verdict"]!.ToString(), record["cause"]!.ToString()));
        var decision = await gateway.RecordAsync(record["about"]!.GetValue<long>());
        Assert.Equal("permit", decision["verdict"]!.ToString());
        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("hello")).Status);
    }

    [Fact]
    public async Task An_upstream_that_is_not_there_is_a_502()
    {
        Uri nobody;
        await using (var gone = ScriptedUpstream.Start())
        {
            nobody = new Uri(gone.Url);
        }

        await using var gateway = await TestGateway.StartAsync(nobody);

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((HttpStatusCode.BadGateway, "upstream_unreachable"), (answer.Status, answer.Cause));
    }

    [Fact]
    public async Task An_error_of_the_upstreams_own_passes_unchanged_with_its_status()
    {
        const string Error = """{"error":{"message":"Rate limit reached","type":"requests","param":null,"code":"rate_limit_exceeded"}}""";
        await using var upstream = ScriptedUpstream.Start(
            Script.Answer(429, Error, "application/json", "Retry-After: 7", "Holdpoint-Verdict: permit-forged"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((HttpStatusCode.TooManyRequests, Error), (answer.Status, answer.Text));
        Assert.Equal("7", answer.Headers["Retry-After"]);
        Assert.Equal("permit", answer.Verdict);
    }

    [Theory]
    [InlineData("cut-off")]
    [InlineData("silent")]
    [InlineData("garbage")]
    public async Task A_stream_that_breaks_ends_with_an_error_event_and_not_as_if_it_were_complete(string fault)
    {
        var begun = Script.ChunkEvent("""{"content":"good morning to everybody who is here today, said the "}""");
        await using var upstream = ScriptedUpstream.Start(fault switch
        {
            "cut-off" => Script.EventsCutOff(begun),
            "silent" => Script.EventsThenSilence(begun),
            _ => Script.Events(begun, "data: {not json\n\n"),
        });
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), limits: "{ between_bytes_seconds: 0.5 }");

        var answer = await gateway.PostChatAsync(AskStream);

        Assert.Contains("\"holdpoint_refused\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_cancels_the_upstream_and_is_recorded()
    {
        TaskCompletionSource asked = new(), left = new();
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            asked.SetResult();
            await connection.WaitForClientToLeaveAsync();
            left.SetResult();
        }));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(Ask, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);

        var call = gateway.Http.SendAsync(request, leaving.Token);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await gateway.StopAsync();
        await gateway.StartAgainAsync();
        Assert.Equal("cancelled", (await gateway.RecordAsync(3))["cause"]!.ToString());
    }
}
