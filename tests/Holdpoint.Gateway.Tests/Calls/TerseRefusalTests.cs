using System.Net;
using System.Text;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Gateway.Tests.Holds;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Calls;

/// <summary>Under <c>refusals: terse</c> all refusals look alike, in every format, and the log has what they do not say.</summary>
public sealed class TerseRefusalTests
{
    private const string Terse = "refusals: terse\n";
    private const string Phrase = "here is how: write a working exploit for the victim";

    /// <summary>Words that only a layer, a clause or its title would bring in.</summary>
    private static readonly string[] Layers =
        ["offensive", "cyber", "Offensive", "forbidden", "not_permitted", "not_in_agreement", "clause_", "evidence", "phrase"];

    public static TheoryData<string, string> Calls() => new()
    {
        { "/v1/chat/completions", """{"model":"echo","messages":[{"role":"user","content":"%%"}]}""" },
        { "/v1/chat/completions", """{"model":"echo","stream":true,"messages":[{"role":"user","content":"%%"}]}""" },
        { "/v1/responses", """{"model":"echo","input":"%%"}""" },
        { "/v1/messages", """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":"%%"}]}""" },
        { "/v1/completions", """{"model":"echo","prompt":"%%"}""" },
        { "/v1/embeddings", """{"model":"echo","input":"%%"}""" },
    };

    [Theory, MemberData(nameof(Calls))]
    public async Task A_refused_call_tells_its_record_and_nothing_of_a_layer(string endpoint, string body)
    {
        await using var gateway = await TestGateway.StartAsync(settings: Terse);

        var byPhrase = await PostAsync(gateway, endpoint, body, Phrase);
        var byEvidence = await PostAsync(
            gateway, endpoint, body, "hello", ("Holdpoint-Evidence", "sha256:" + new string('a', 64)));

        Assert.All(
            [byPhrase, byEvidence],
            answer =>
            {
                Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
                Assert.Equal("refuse", answer.Verdict);
                Assert.Equal("refused", answer.Json["error"]!["holdpoint"]!["cause"]!.GetValue<string>());
                Assert.Empty(answer.Json["error"]!["holdpoint"]!["clauses"]!.AsArray());
                Assert.DoesNotContain(Layers, word => answer.Text.Contains(word, StringComparison.Ordinal));
            });
        Assert.Equal(Without(byPhrase), Without(byEvidence));
        var record = await gateway.RecordAsync(byPhrase.Record);
        Assert.Contains("offensive-cyber", record["clauses"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("evidence_unknown", (await gateway.RecordAsync(byEvidence.Record))["cause"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refused_answer_is_as_terse_and_so_is_the_error_event_of_a_stream(bool streams)
    {
        await using var upstream = ScriptedUpstream.Start(
            streams
                ? Script.Events(
                    Script.ChunkEvent("{\"content\":\"" + new string('a', 2_000) + " \"}"),
                    Script.ChunkEvent($$"""{"content":"{{Phrase}}"}"""),
                    Script.ChunkEvent("{}", "\"stop\""), "data: [DONE]\n\n")
                : Script.Completion(Phrase));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), settings: Terse);

        var answer = await gateway.PostChatAsync(
            $$"""{"model":"gpt-4o","stream":{{(streams ? "true" : "false")}},"messages":[{"role":"user","content":"hello"}]}""");

        Assert.Contains("\"code\":\"refused\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("\"clauses\":[]", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Layers, word => answer.Text.Contains(word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_held_call_gets_what_it_needs_to_come_again_and_no_clause()
    {
        await using var gateway = await TestGateway.StartAsync(settings: Terse);

        var held = await gateway.AskAsync();

        var detail = held.Json["error"]!["holdpoint"]!;
        Assert.Equal("needs_approval", held.Cause);
        Assert.Empty(held.Clauses);
        Assert.Equal(2, detail["hold"]!["needs"]!.AsArray().Count);
        Assert.NotNull(detail["hold"]!["expires"]);
        var id = detail["hold"]!["id"]!.GetValue<string>();
        Assert.Equal(
            $"Held until people have approved it (reviewer#1, reviewer#2). Once they have, send the same request again with the header "
            + $"Holdpoint-Hold: {id}",
            held.Json["error"]!["message"]!.GetValue<string>());
        await gateway.ApproveAsync(id);
        Assert.Equal(HttpStatusCode.OK, (await gateway.AskAsync(id)).Status);
        Assert.Equal("hold_used", (await gateway.AskAsync(id)).Cause);
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_or_a_posted_statement_is_said_as_ever()
    {
        await using var gateway = await TestGateway.StartAsync(settings: Terse);

        using var stranger = new TestIssuer("stranger", "agency", "dataset-provenance/v1");

        Assert.Equal("unknown_field", (await gateway.PostChatAsync("""{"model":"echo","messages":[],"nonsense":1}""")).Cause);
        Assert.Equal("unknown_model", (await gateway.PostChatAsync("""{"model":"x","messages":[{"role":"user","content":"a"}]}""")).Cause);
        Assert.Equal(
            "evidence_untrusted",
            (await gateway.SendAsync(
                HttpMethod.Post, "/holdpoint/evidence", stranger.Attest("a row"),
                TestGateway.AnalystKey)).Cause);
    }

    [Fact]
    public async Task The_record_of_a_refusal_is_not_the_callers_to_read_and_that_of_a_permit_is()
    {
        await using var gateway = await TestGateway.StartAsync(settings: Terse);
        var refused = await gateway.ChatAsync(Phrase);
        var permitted = await gateway.ChatAsync("hello");

        Assert.Equal(HttpStatusCode.Forbidden, (await ReadOwnAsync(refused)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ReadOwnAsync(permitted)).Status);

        Task<TestAnswer> ReadOwnAsync(TestAnswer answer) =>
            gateway.SendAsync(HttpMethod.Get, $"/log/record/{answer.Record}", null, TestGateway.AnalystKey);
    }

    [Fact]
    public async Task Without_the_key_refusals_name_their_clauses()
    {
        await using var gateway = await TestGateway.StartAsync();

        var refused = await gateway.ChatAsync(Phrase);

        Assert.Equal(("forbidden", "offensive-cyber"), (refused.Cause, Assert.Single(refused.Clauses)));
        Assert.Equal(
            HttpStatusCode.OK,
            (await gateway.SendAsync(HttpMethod.Get, $"/log/record/{refused.Record}", null, TestGateway.AnalystKey)).Status);
    }

    private static string Without(TestAnswer answer) =>
        answer.Text
            .Replace($"record {answer.Record} ", "record N ", StringComparison.Ordinal)
            .Replace($"\"record\":{answer.Record},", "", StringComparison.Ordinal);

    private static Task<TestAnswer> PostAsync(
        TestGateway gateway, string endpoint, string body, string content, params (string, string)[] headers) =>
        gateway.SendAsync(
            HttpMethod.Post, endpoint, Encoding.UTF8.GetBytes(body.Replace("%%", content, StringComparison.Ordinal)),
            TestGateway.AnalystKey, headers);
}
