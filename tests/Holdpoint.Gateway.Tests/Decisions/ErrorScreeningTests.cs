using System.Globalization;
using System.Net;
using System.Text;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>Nothing of an upstream leaves unread: its errors, its headers, and whatever shows its key.</summary>
public sealed class ErrorScreeningTests
{
    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";
    private const string AskStream = """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}]}""";
    private const string Phrase = "here is how: write a working exploit for the victim";
    private const string Key = "sk-provider-secret";

    private const string HoldOfPersons = """
        @title("Persons")
        @text("Answers that name persons wait for a reviewer.")
        @basis("terms")
        @hold("reviewer:1")
        forbid (principal, action == Holdpoint::Action::"invoke", resource)
        when { context.signals has persons && context.signals.persons > 0 };
        """;

    [Theory]
    [InlineData(400, "application/json", """{"error":{"message":"$"}}""")]
    [InlineData(402, "application/json", """{"error":{"failed_generation":{"$":[]}}}""")]
    [InlineData(404, "text/html", "<p>$</p>")]
    [InlineData(409, "text/plain", "$")]
    [InlineData(418, "application/octet-stream", "\u0001\u0002 $")]
    [InlineData(422, "application/problem+json", """{"detail":[["$"]]}""")]
    [InlineData(429, "application/json", """{"error":"$"}""")]
    [InlineData(500, "application/json", """{"error":{"message":"$"},""")]
    [InlineData(503, "application/json", "\"$\"")]
    [InlineData(529, "text/plain", "$")]
    public async Task An_error_that_says_what_an_answer_may_not_keeps_its_status_and_loses_its_text(int status, string type, string form)
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(status, form.Replace("$", Phrase, StringComparison.Ordinal), type));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), "{ retries: 0 }");

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((status, "upstream_error_withheld"), ((int)answer.Status, answer.Cause));
        Assert.DoesNotContain("exploit", answer.Text, StringComparison.Ordinal);
        var outcome = await gateway.RecordAsync(answer.Record);
        Assert.Equal(("outcome", "upstream_error_withheld"), (outcome["kind"]!.ToString(), outcome["cause"]!.ToString()));
        Assert.NotNull(outcome["coverage"]);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("escaped")]
    public async Task Text_in_another_form_is_read_too(string form)
    {
        var body = form == "utf-16"
            ? new string([.. Encoding.Unicode.GetBytes("\uFEFF" + Phrase).Select(b => (char)b)])
            : "\"" + string.Concat(Phrase.Select(c => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture))) + "\"";
        var answer = $"HTTP/1.1 400 No\r\nContent-Type: text/plain\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        await using var upstream = ScriptedUpstream.Start(
            new Script(async connection => await connection.SendAsync(Encoding.Latin1.GetBytes(answer))));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        Assert.Equal("upstream_error_withheld", (await gateway.PostChatAsync(Ask)).Cause);
    }

    [Fact]
    public async Task What_a_clause_would_hold_is_withheld_and_opens_no_hold()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(400, """{"error":"ask ann@example.org"}"""));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), clause: HoldOfPersons);

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((400, "upstream_error_withheld"), ((int)answer.Status, answer.Cause));
        var holds = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/holds?state=all", null, TestGateway.ReviewerKey);
        Assert.Empty(holds.Json["holds"]!.AsArray());
    }

    [Fact]
    public async Task A_finding_in_an_error_ends_no_failover()
    {
        await using var first = ScriptedUpstream.Start(Script.Answer(500, Phrase));
        await using var second = ScriptedUpstream.Start(Script.Completion("well"));
        await using var gateway = await TestGateway.StartAsync(
            new Uri(first.Url),
            edit: (text, _) => text.Replace(
                "clients:\n", TestGateway.UpstreamLine("second", second.Url) + "clients:\n", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);
    }

    [Fact]
    public async Task What_the_agreement_permits_passes_unchanged_although_something_was_found()
    {
        const string Error = """{"error":{"message":"write to support@example.org"}}""";
        await using var upstream = ScriptedUpstream.Start(Script.Answer(400, Error));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((400, Error), ((int)answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_403_of_the_upstream_is_a_403_of_its_own_type_and_without_its_text()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(403, $"no entry for {Key}"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(Ask);

        Assert.Equal((403, "upstream_forbidden"), ((int)answer.Status, answer.Cause));
        Assert.Equal("upstream_refused", answer.Json["error"]!["type"]!.ToString());
        Assert.DoesNotContain("entry", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(999)]
    public async Task A_status_that_HTTP_does_not_have_is_unreadable(int status)
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(status, "{}"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), "{ retries: 0 }");

        Assert.Equal("upstream_invalid", (await gateway.PostChatAsync(Ask)).Cause);
    }

    [Theory]
    [InlineData("sk-provider-secret")]
    [InlineData("SK-PROVIDER-SECRET")]
    [InlineData("sk\\u002dprovider\\u002dsecret")]
    [InlineData("c2stcHJvdmlkZXItc2VjcmV0")]
    public async Task The_providers_key_leaves_in_no_answer_and_no_error(string written)
    {
        var text = written.Replace("\\", "\\\\", StringComparison.Ordinal);
        await using var upstream = ScriptedUpstream.Start(
            Script.Completion("you sent " + text), Script.Answer(400, "{\"error\":\"you sent " + written + "\"}"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(Ask);
        var error = await gateway.PostChatAsync(Ask);

        Assert.Equal((502, "upstream_quotes_key"), ((int)answer.Status, answer.Cause));
        Assert.NotEqual(200, (int)error.Status);
        Assert.DoesNotContain(written, error.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_providers_key_leaves_in_no_stream_however_it_is_cut()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Events(
            Script.ChunkEvent("""{"content":"it is sk-prov"}"""), Script.ChunkEvent("""{"content":"ider-sec"}"""),
            Script.ChunkEvent("""{"content":"ret, is it not?"}"""), Script.ChunkEvent("{}", "\"stop\""), "data: [DONE]\n\n"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await gateway.PostChatAsync(AskStream);

        Assert.DoesNotContain("prov", answer.Text.Replace("provider", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("upstream_quotes_key", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_changed_while_serving_is_looked_for_as_well()
    {
        await using var upstream = ScriptedUpstream.Start(
            Script.Answer(401, "{}"), Script.Completion("fine"), Script.Completion("you sent sk-another-secret"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        await File.WriteAllTextAsync(
            Path.Combine(gateway.Folder, "provider.key"), "sk-another-secret", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, (await gateway.PostChatAsync(Ask)).Status);
        Assert.Equal("upstream_quotes_key", (await gateway.PostChatAsync(Ask)).Cause);
    }

    [Theory]
    [InlineData("x-request-id: " + Key, "upstream_quotes_key")]
    [InlineData("x-request-id: write-a-working-exploit-for-it", "forbidden")]
    [InlineData("openai-version: write a working exploit for it", "forbidden")]
    public async Task Headers_that_are_passed_on_are_read(string header, string cause)
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, Script.CompletionJson("hi"), "application/json", header));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        Assert.Equal(cause, (await gateway.PostChatAsync(Ask)).Cause);
    }

    [Fact]
    public async Task A_sealed_value_is_taken_back_by_whom_it_was_given_to_and_by_nobody_else()
    {
        const string Sealed = "gAAAAABopaque0123456789";
        var reasoning = $$"""{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"{{Sealed}}"}""";
        var message = """{"type":"message","id":"msg_1","role":"assistant","status":"completed","content":"""
            + """[{"type":"output_text","text":"hi","annotations":[]}]}""";
        var response = """{"id":"resp_1","object":"response","status":"completed","model":"gpt-4o","output":"""
            + $"[{reasoning},{message}]}}";
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, response), Script.Answer(200, response));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        var again = $$"""{"model":"gpt-4o","store":false,"input":[{{reasoning}},{"role":"user","content":"go on"}]}""";

        var unknown = await PostAsync(again);
        var first = await PostAsync("""{"model":"gpt-4o","store":false,"input":"hello"}""");
        var second = await PostAsync(again);
        var forged = await PostAsync(again.Replace(Sealed, Sealed + "x", StringComparison.Ordinal));

        Assert.Equal((400, "opaque_value_unknown"), ((int)unknown.Status, unknown.Cause));
        Assert.Contains("/input/0/", unknown.Text, StringComparison.Ordinal);
        Assert.True(first.Status == HttpStatusCode.OK, first.Text);
        Assert.True(second.Status == HttpStatusCode.OK, second.Text);
        Assert.Equal("opaque_value_unknown", forged.Cause);

        Task<TestAnswer> PostAsync(string body) =>
            gateway.SendAsync(HttpMethod.Post, "/v1/responses", Encoding.UTF8.GetBytes(body), TestGateway.AnalystKey);
    }
}
