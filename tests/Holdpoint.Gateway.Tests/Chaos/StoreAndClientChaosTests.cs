using System.Net;
using System.Text;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing.Upstreams;
using Microsoft.Data.Sqlite;

namespace Holdpoint.Gateway.Tests.Chaos;

/// <summary>A store that refuses to write, and clients that leave.</summary>
public sealed class StoreAndClientChaosTests
{
    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";
    private const string Tool = """{"type":"function","function":{"name":"look_up","parameters":{"type":"object"}}}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task While_nothing_can_be_written_nothing_of_an_answer_leaves(bool stream)
    {
        await using var upstream = ScriptedUpstream.Start(stream
            ? Script.Events(Script.ChunkEvent("""{"content":"zebra. "}"""), "data: [DONE]\n\n")
            : Script.Completion("zebra"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        using (ReadOnly(gateway))
        {
            var refused = await gateway.PostChatAsync(stream ? AskStream : Ask);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "record_unavailable"), (refused.Status, refused.Cause));
            Assert.DoesNotContain("zebra", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Holdpoint-Record", refused.Headers.Keys);
            Assert.True(refused.Headers.ContainsKey("Retry-After"));
            Assert.Equal("failing", (await gateway.StatusAsync())["store"]!.ToString());

            // From here on that is known, so no model is asked for what could not be recorded.
            var asked = upstream.Requests.Count;
            Assert.Equal("record_unavailable", (await gateway.PostChatAsync(stream ? AskStream : Ask)).Cause);
            Assert.Equal("record_unavailable", (await gateway.PostChatAsync(stream ? AskStream : Ask)).Cause);
            Assert.Equal(asked, upstream.Requests.Count);
        }

        var answered = await gateway.PostChatAsync(stream ? AskStream : Ask);
        Assert.Equal((HttpStatusCode.OK, "permit"), (answered.Status, (await gateway.RecordAsync(answered.Record))["verdict"]!.ToString()));
    }

    [Fact]
    public async Task An_effect_within_a_stream_that_cannot_be_recorded_any_more_does_not_leave()
    {
        var digest = Log.Hash.Of(Log.Json.CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(Tool))).ToHex();
        var goOn = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            await connection.SendAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Script.ChunkEvent("""{"content":"Good morning. "}"""));
            await goOn.Task.WaitAsync(connection.Stop);
            await connection.SendAsync(
                Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"c1","type":"function","function":"""
                    + """{"name":"look_up","arguments":"{\"q\":\"zebra\"}"}}]}""")
                + Script.ChunkEvent("{}", "\"tool_calls\"") + "data: [DONE]\n\n");
            connection.EndSending();
        }));
        await using var gateway = await TestGateway.StartAsync(
            new Uri(upstream.Url), tools: $"  - {{ deployment: analysts-cloud, name: look_up, digest: {digest}, effect: inform }}\n");
        using var answer = await BeginAsync(
            gateway, AskStream.Replace("\"stream\"", "\"tools\":[" + Tool + "],\"stream\"", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);

        string text;
        using (ReadOnly(gateway))
        {
            goOn.SetResult();
            text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("Good morning.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("zebra", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", text, StringComparison.Ordinal);
        Assert.Contains("record_unavailable", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_leaves_within_a_stream_ends_the_upstreams_work_and_is_recorded()
    {
        var left = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(new Script(async connection =>
        {
            await connection.SendAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Script.ChunkEvent("""{"content":"Good morning. "}"""));
            await connection.WaitForClientToLeaveAsync();
            left.SetResult();
        }));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        var answer = await BeginAsync(gateway, AskStream, TestContext.Current.CancellationToken);
        var about = long.Parse(answer.Headers.GetValues("Holdpoint-Record").Single(), System.Globalization.CultureInfo.InvariantCulture);

        answer.Dispose();
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        // Stopping waits for what is still to be recorded.
        await gateway.StopAsync();
        await gateway.StartAgainAsync();
        var outcome = await gateway.RecordAsync(about + 1);
        Assert.Equal(
            ("outcome", "cancelled", about),
            (outcome["kind"]!.ToString(), outcome["cause"]!.ToString(), outcome["about"]!.GetValue<long>()));
        Assert.True(outcome["coverage"]?["parts"]?.GetValue<int>() == 1, outcome.ToJsonString());
    }

    private static async Task<HttpResponseMessage> BeginAsync(TestGateway gateway, string ask, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(ask, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        return await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Makes every write to the store fail until it is disposed: another writer has the database and does not let go.</summary>
    private static SqliteConnection ReadOnly(TestGateway gateway)
    {
        var writer = new SqliteConnection($"Data Source={Path.Combine(gateway.Folder, "holdpoint.db")};Pooling=False");
        writer.Open();
        using var locking = writer.CreateCommand();
        locking.CommandText = "BEGIN IMMEDIATE";
        locking.ExecuteNonQuery();
        return writer;
    }
}
