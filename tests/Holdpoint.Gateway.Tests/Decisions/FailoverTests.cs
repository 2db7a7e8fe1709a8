using System.Net;
using System.Text;
using Holdpoint.Gateway.Tests.Holds;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>Several upstreams for a model: who is asked, in which order, how often, and under whose permission.</summary>
public sealed class FailoverTests
{
    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";
    private const string Quick = "{ retry_wait_seconds: 0.05 }";

    [Theory]
    [InlineData("reset")]
    [InlineData("garbage")]
    [InlineData("500")]
    [InlineData("503")]
    [InlineData("429")]
    [InlineData("401")]
    public async Task When_one_upstream_cannot_answer_the_next_gets_the_same_bytes(string fault)
    {
        await using var first = ScriptedUpstream.Start(fault switch
        {
            "reset" => Script.Reset,
            "garbage" => Script.Raw("SSH-2.0-OpenSSH_9.9\r\n\r\n"),
            _ => Script.Answer(
                int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture), "{}", "application/json", "Retry-After: 60"),
        });
        await using var second = ScriptedUpstream.Start(Script.Completion("from the second"));
        await using var gateway = await StartAsync(first, second);

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((HttpStatusCode.OK, Script.CompletionJson("from the second")), (answer.Status, answer.Text));
        Assert.Equal(Ask, Encoding.UTF8.GetString(Assert.Single(second.Requests).Body));
        Assert.Single(first.Requests);
    }

    [Theory]
    [InlineData(201, "application/json", "X-Of: test")]
    [InlineData(200, "text/plain", "X-Of: test")]
    [InlineData(200, "application/json", "Content-Encoding: gzip")]
    [InlineData(302, "application/json", "Location: /elsewhere")]
    [InlineData(400, "application/json", "Content-Encoding: gzip")]
    public async Task An_answer_that_cannot_be_read_is_not_paid_for_twice(int status, string contentType, string header)
    {
        await using var first = ScriptedUpstream.Start(Script.Answer(status, Script.CompletionJson("paid"), contentType, header));
        await using var second = ScriptedUpstream.Start();
        await using var gateway = await StartAsync(first, second, limits: Quick);

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((HttpStatusCode.BadGateway, "upstream_invalid"), (answer.Status, answer.Cause));
        Assert.Single(first.Requests);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task Nobody_is_there_and_the_next_is_asked()
    {
        string gone;
        await using (var nobody = ScriptedUpstream.Start())
        {
            gone = nobody.Url;
        }

        await using var second = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(
            new Uri(gone), edit: (text, _) => Also(text, TestGateway.UpstreamLine("second", second.Url)));

        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);
    }

    [Fact]
    public async Task After_the_first_byte_no_other_is_asked()
    {
        await using var first = ScriptedUpstream.Start(
            Script.EventsCutOff(Script.ChunkEvent("""{"content":"good morning to everybody who is here today, said the "}""")));
        await using var second = ScriptedUpstream.Start();
        await using var gateway = await StartAsync(first, second);

        var answer = await gateway.PostChatAsync(AskStream);

        Assert.Contains("good morning", answer.Text, StringComparison.Ordinal);
        Assert.Contains("upstream_truncated", answer.Text, StringComparison.Ordinal);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task When_nobody_can_answer_the_last_answer_of_a_provider_passes_unchanged_after_one_more_round()
    {
        await using var first = ScriptedUpstream.Start(Script.Answer(503, """{"error":"first"}"""));
        await using var second = ScriptedUpstream.Start(
            Script.Answer(500, """{"error":"second"}"""), Script.Answer(500, """{"error":"second again"}"""));
        await using var gateway = await StartAsync(first, second, limits: Quick);

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((500, """{"error":"second again"}"""), ((int)answer.Status, answer.Text));
        Assert.Equal((2, 2), (first.Requests.Count, second.Requests.Count));
        Assert.Equal("permit", answer.Verdict);
    }

    [Fact]
    public async Task One_that_is_well_again_a_moment_later_answers_in_the_next_round()
    {
        await using var upstream = ScriptedUpstream.Start(
            Script.Answer(429, "{}", "application/json", "Retry-After-Ms: 10"), Script.Completion("now"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        Assert.Equal(Script.CompletionJson("now"), (await gateway.PostChatAsync(Ask)).Text);
    }

    [Theory]
    [InlineData("Retry-After: 7", "{}")]
    [InlineData("X: y", "{ retries: 0 }")]
    public async Task One_who_asks_for_patience_that_is_not_ours_to_have_is_asked_once(string header, string limits)
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(429, """{"error":"slow down"}""", "application/json", header));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), limits);

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((429, """{"error":"slow down"}"""), ((int)answer.Status, answer.Text));
        Assert.Single(upstream.Requests);
    }

    [Theory]
    [InlineData(500, 1)]
    [InlineData(429, 2)]
    public async Task A_call_whose_tools_the_provider_runs_is_sent_again_only_when_it_was_not_taken(int status, int requests)
    {
        const string Tool = """{"type":"web_search"}""";
        var digest = Log.Hash.Of(Log.Json.CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(Tool))).ToHex();
        await using var upstream = ScriptedUpstream.Start(Script.Answer(status, "{}"));
        await using var gateway = await TestGateway.StartAsync(
            new Uri(upstream.Url), Quick,
            tools: $"  - {{ deployment: analysts-cloud, name: web_search, digest: {digest}, effect: inform }}\n");

        var answer = await gateway.PostChatAsync(
            """{"model":"gpt-4o","tools":[""" + Tool + """],"messages":[{"role":"user","content":"hello"}]}""");

        Assert.Equal((status, requests), ((int)answer.Status, upstream.Requests.Count));
    }

    [Fact]
    public async Task Another_provider_gets_the_call_once_it_is_decided_for_it()
    {
        await using var first = ScriptedUpstream.Start(Script.Reset);
        await using var second = ScriptedUpstream.Start(Script.Completion("from elsewhere"));
        await using var gateway = await StartAsync(first, second, provider: "local");

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var permit = await gateway.RecordAsync(answer.Record);
        Assert.Equal(("call", "permit"), (permit["kind"]!.ToString(), permit["verdict"]!.ToString()));
        var before = await gateway.RecordAsync(permit["about"]!.GetValue<long>());
        Assert.Equal(("call", "permit", null), (before["kind"]!.ToString(), before["verdict"]!.ToString(), before["about"]));
        Assert.Equal(answer.Record - 1, permit["about"]!.GetValue<long>());
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("local")]
    public async Task What_people_approved_for_one_upstream_goes_to_no_other_and_is_given_back(string provider)
    {
        const string Clause = """
            @title("One provider")
            @text("Calls to one provider wait for a reviewer.")
            @basis("terms")
            @hold("reviewer:1")
            forbid (principal, action == Holdpoint::Action::"invoke", resource in Holdpoint::Provider::"openai");
            """;
        await using var first = ScriptedUpstream.Start(Script.Reset, Script.Reset, Script.Completion("now"));
        await using var second = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(
            new Uri(first.Url), Quick, clause: Clause,
            edit: (text, _) => Also(text, TestGateway.UpstreamLine("second", second.Url, provider)));
        var hold = HeldCall.HoldOf(await gateway.PostChatAsync(Ask));
        await gateway.ApproveAsync(hold, reviewers: 1);

        var answer = await gateway.PostChatAsync(Ask, ("Holdpoint-Hold", hold));

        Assert.Equal((HttpStatusCode.BadGateway, "approved"), (answer.Status, await gateway.StateAsync(hold)));
        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask, ("Holdpoint-Hold", hold))).Status);
        Assert.Equal((3, 0), (first.Requests.Count, second.Requests.Count));
        var binding = (await gateway.ShowAsync(hold))["binding"]!;
        Assert.Equal(("openai", "fake"), (binding["provider"]!.ToString(), binding["upstream"]!.ToString()));
    }

    [Fact]
    public async Task A_provider_that_the_agreement_does_not_know_gets_nothing_and_that_is_recorded()
    {
        await using var first = ScriptedUpstream.Start(Script.Answer(500, """{"error":"broken"}"""));
        await using var second = ScriptedUpstream.Start();
        await using var gateway = await StartAsync(first, second, limits: Quick, provider: "elsewhere");

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((500, """{"error":"broken"}"""), ((int)answer.Status, answer.Text));
        Assert.Empty(second.Requests);
        var skipped = await gateway.RecordAsync(answer.Record + 1);
        Assert.Equal(
            ("call", "refuse", "not_in_agreement"),
            (skipped["kind"]!.ToString(), skipped["verdict"]!.ToString(), skipped["cause"]!.ToString()));
        Assert.Equal(answer.Record, skipped["about"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_full_upstream_is_passed_over_and_when_all_are_full_the_client_is_told_when_to_come_back()
    {
        await using var first = ScriptedUpstream.Start(Script.EventsThenSilence(Script.ChunkEvent("""{"content":"one. "}""")));
        await using var second = ScriptedUpstream.Start(Script.EventsThenSilence(Script.ChunkEvent("""{"content":"two. "}""")));
        await using var gateway = await TestGateway.StartAsync(limits: "{ retries: 0 }", edit: (text, _) => Also(
            text,
            TestGateway.UpstreamLine("first", first.Url, more: ", connections: 1") + TestGateway.UpstreamLine(
                "second", second.Url, more: ", connections: 1")));

        using var one = await BeginAsync(gateway);
        using var two = await BeginAsync(gateway);
        var three = await gateway.PostChatAsync(AskStream);

        Assert.Equal((1, 1), (first.Requests.Count, second.Requests.Count));
        Assert.Equal((503, "upstream_full", "1"), ((int)three.Status, three.Cause, three.Headers["Retry-After"]));
        Assert.Equal("refuse", (await gateway.RecordAsync(three.Record))["verdict"]!.ToString());
        Assert.Equal(
            [1, 1], (await gateway.StatusAsync())["upstreams"]!.AsArray().Skip(1).Select(upstream => upstream!["calls"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("{ calls: 1 }")]
    [InlineData("{ calls_per_client: 1 }")]
    public async Task A_call_too_many_is_a_503_with_a_record_and_the_gateway_can_still_be_operated(string limits)
    {
        await using var upstream = ScriptedUpstream.Start(
            Script.EventsThenSilence(Script.ChunkEvent("""{"content":"one. "}""")), Script.Completion("again"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), limits);

        var one = await BeginAsync(gateway);
        var two = await gateway.PostChatAsync(Ask);
        var status = await gateway.StatusAsync();

        Assert.Equal((503, "overloaded", "1"), ((int)two.Status, two.Cause, two.Headers["Retry-After"]));
        Assert.Equal("overloaded", (await gateway.RecordAsync(two.Record))["cause"]!.ToString());
        Assert.Equal(1, status["calls"]!.GetValue<int>());

        // The place comes back when the stream's client leaves.
        one.Dispose();
        while ((await gateway.StatusAsync())["calls"]!.GetValue<int>() > 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);
    }

    /// <summary>Begins a stream and reads its head.</summary>
    private static async Task<HttpResponseMessage> BeginAsync(TestGateway gateway)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(AskStream, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        var response = await gateway.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    private static Task<TestGateway> StartAsync(
        ScriptedUpstream first, ScriptedUpstream second, string limits = "{}", string provider = "openai") =>
        TestGateway.StartAsync(
            new Uri(first.Url), limits, edit: (text, _) => Also(text, TestGateway.UpstreamLine("second", second.Url, provider)));

    private static string Also(string text, string upstreams) =>
        text.Replace("clients:\n", upstreams + "clients:\n", StringComparison.Ordinal);
}
