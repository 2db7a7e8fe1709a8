using System.Net;
using System.Text;
using Holdpoint.Log;
using Holdpoint.Log.Json;
using Holdpoint.Testing.Upstreams;
using static Holdpoint.Testing.Upstreams.MessageScript;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>Anthropic's format on the way of a call, from the client's bytes to the provider's and back.</summary>
public sealed class AnthropicCallTests
{
    private const string Ask = """{"model":"claude-x", "max_tokens":9,"messages":[{"role":"user","content":"hello"}]}""";
    private const string Phrase = "here is how: write a working exploit for the victim";
    private const string Tool =
        """{"name":"look_up","description":"Looks a word up.","input_schema":{"type":"object","properties":{"word":{"type":"string"}}}}""";
    private const string WebSearch = """{"type":"web_search_20250305","name":"web_search"}""";

    [Fact]
    public async Task A_call_goes_to_the_provider_byte_for_byte_under_headers_of_our_own()
    {
        await using var upstream = ScriptedUpstream.Start(Message("good morning"));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await PostAsync(
            gateway, Ask, "/v1/messages?beta=true", ("anthropic-version", "2026-10-21"),
            ("anthropic-beta", "pdfs-2024-09-25"), ("x-stainless-lang", "js"), ("Cookie", "a=b"));

        Assert.Equal(MessageJson("good morning"), answer.Text);
        var sent = Assert.Single(upstream.Requests);
        Assert.Equal(Ask, Encoding.UTF8.GetString(sent.Body));
        Assert.Equal("POST /v1/messages HTTP/1.1", sent.RequestLine);
        Assert.Equal(
            ["accept", "anthropic-beta", "anthropic-version", "content-length", "content-type", "host", "user-agent", "x-api-key"],
            sent.HeaderNames);
        Assert.Equal(
            ("sk-provider-secret", "2026-10-21", "pdfs-2024-09-25"),
            (sent.Header("x-api-key"), sent.Header("anthropic-version"), sent.Header("anthropic-beta")));
    }

    [Fact]
    public async Task The_key_may_come_as_the_official_client_sends_it()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.SendAsync(
            HttpMethod.Post, "/v1/messages", Encoding.UTF8.GetBytes(Ask.Replace("claude-x", "echo", StringComparison.Ordinal)),
            key: null, ("x-api-key", TestGateway.AnalystKey));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("[echo] hello", answer.Json["content"]![0]!["text"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_unknown_caller_is_told_so_in_anthropics_shape()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/messages", Encoding.UTF8.GetBytes(Ask), "hp_nobody");

        Assert.Equal((HttpStatusCode.Unauthorized, "authentication_error"), (answer.Status, TypeOf(answer)));
    }

    [Fact]
    public async Task A_path_that_does_not_exist_is_not_found_in_the_shape_of_the_client_that_asks()
    {
        await using var gateway = await TestGateway.StartAsync();

        var batches = await PostAsync(gateway, "{}", "/v1/messages/batches", ("anthropic-version", "2023-06-01"));
        var other = await PostAsync(gateway, "{}", "/v1/messages/batches");

        Assert.Equal((HttpStatusCode.NotFound, "not_found_error"), (batches.Status, TypeOf(batches)));
        Assert.Equal("error", batches.Json["type"]!.GetValue<string>());
        Assert.Equal((HttpStatusCode.NotFound, "unknown_path"), (other.Status, other.Json["error"]!["code"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("/v1/messages", "gpt-4o")]
    [InlineData("/v1/messages/count_tokens", "gpt-4o")]
    [InlineData("/v1/chat/completions", "claude-x")]
    [InlineData("/v1/responses", "claude-x")]
    public async Task A_model_of_another_providers_format_is_not_found_and_nothing_is_forwarded(string endpoint, string model)
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        var body = endpoint == "/v1/responses"
            ? $$"""{"model":"{{model}}","input":"hello"}"""
            : Ask.Replace("claude-x", model, StringComparison.Ordinal).Replace("\"max_tokens\":9,", "", StringComparison.Ordinal);

        var answer = await PostAsync(gateway, body, endpoint);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("model_of_other_format", answer.Json["error"]!["holdpoint"]!["cause"]!.GetValue<string>());
        Assert.Empty(upstream.Requests);
        Assert.Equal("refuse", (await gateway.RecordAsync(answer.Record))["verdict"]!.ToString());
    }

    [Theory]
    [InlineData("anthropic-beta", "files-api-2025-04-14")]
    [InlineData("anthropic-version", "1999-01-01")]
    public async Task A_header_that_would_change_what_the_body_means_is_refused(string name, string value)
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await PostAsync(gateway, Ask, "/v1/messages", (name, value));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_request_error"), (answer.Status, TypeOf(answer)));
        Assert.DoesNotContain(value, answer.Text, StringComparison.Ordinal);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task An_error_of_the_provider_passes_unchanged_with_what_its_client_reads()
    {
        const string Overloaded = """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"},"request_id":"req_1"}""";
        await using var upstream = ScriptedUpstream.Start(
            Script.Answer(
                413, Overloaded, headers: [
                    "request-id: req_1", "anthropic-ratelimit-requests-remaining: 7",
                    "x-should-retry: false", "anthropic-organization-id: org", "Holdpoint-Record: 1"]));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await PostAsync(gateway, Ask);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, Overloaded), (answer.Status, answer.Text));
        Assert.Equal(
            ("req_1", "7", "false"),
            (answer.Headers["request-id"], answer.Headers["anthropic-ratelimit-requests-remaining"], answer.Headers["x-should-retry"]));
        Assert.DoesNotContain("anthropic-organization-id", answer.Headers.Keys);
    }

    [Fact]
    public async Task A_phrase_is_refused_in_anthropics_shape_with_the_clause()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await PostAsync(
            gateway, Ask.Replace("claude-x", "echo", StringComparison.Ordinal).Replace("hello", Phrase, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.Forbidden, "permission_error"), (answer.Status, TypeOf(answer)));
        Assert.Contains("offensive-cyber", answer.Clauses);
        Assert.Equal("error", answer.Json["type"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_phrase_in_a_stream_ends_it_by_an_error_wherever_it_was_cut()
    {
        for (var cut = 1; cut < Phrase.Length; cut += Testing.TestScale.Of(7, 1))
        {
            await using var upstream = ScriptedUpstream.Start(
                Script.Events(Start, Block(0, """{"type":"text","text":""}""", TextDelta(Phrase[..cut]), TextDelta(Phrase[cut..])), End()));
            await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

            var answer = await PostAsync(gateway, Stream(Ask));

            Assert.Contains("{\"type\":\"error\",\"error\":{\"type\":\"permission_error\"", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("exploit for", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("message_stop", answer.Text, StringComparison.Ordinal);
            Assert.Contains("offensive-cyber", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_harmless_stream_keeps_its_bytes_and_its_tool_call_is_an_effect()
    {
        var events = Start + Block(
            0, """{"type":"thinking","thinking":"","signature":""}""", """{"type":"thinking_delta","thinking":"hm"}""")
            + Block(1, """{"type":"tool_use","id":"t","name":"look_up","input":{}}""", InputDelta("{\"word\":"), InputDelta("\"hello\"}"))
            + End("tool_use");
        await using var upstream = ScriptedUpstream.Start(Script.Events(events));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), tools: Registered("look_up", Tool));

        var answer = await PostAsync(gateway, Stream(With($"\"tools\":[{Tool}]")));

        Assert.Equal(events, answer.Text);
        var effect = await gateway.RecordAsync(answer.Record + 1);
        Assert.Equal(
            ("effect", "look_up", "permit"), (effect["kind"]!.ToString(), effect["tool"]!.ToString(), effect["verdict"]!.ToString()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_tool_call_that_is_not_permitted_is_not_released(bool stream)
    {
        const string Call = """{"type":"tool_use","id":"t","name":"look_up","input":{"word":"hello"}}""";
        await using var upstream = ScriptedUpstream.Start(
            stream ? Script.Events(Start, Block(0, Call), End("tool_use")) : Script.Answer(200, MessageOf(Call, "tool_use")));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await PostAsync(gateway, stream ? Stream(With($"\"tools\":[{Tool}]")) : With($"\"tools\":[{Tool}]"));

        Assert.Contains("permission_error", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("look_up", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"tools\":[" + WebSearch + "]")]
    [InlineData("\"mcp_servers\":[{\"type\":\"url\",\"url\":\"https://mcp.example.org\",\"name\":\"files\"}]")]
    [InlineData("\"tools\":[{\"type\":\"mcp_toolset\",\"mcp_server_name\":\"files\"}]")]
    public async Task A_tool_that_the_provider_would_run_is_decided_before_the_call_is_forwarded(string field)
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var answer = await PostAsync(gateway, With(field));

        Assert.Equal((HttpStatusCode.Forbidden, "permission_error"), (answer.Status, TypeOf(answer)));
        Assert.Equal("effect", (await gateway.RecordAsync(answer.Record))["kind"]!.ToString());
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_provider_run_tool_that_is_registered_may_run_and_what_it_did_is_an_effect_too()
    {
        const string Blocks = """{"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"weather"}},"""
            + """{"type":"web_search_tool_result","tool_use_id":"s","content":[]},{"type":"text","text":"sunny"}""";
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, MessageOf(Blocks)));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url), tools: Registered("web_search", WebSearch));

        var answer = await PostAsync(gateway, With($"\"tools\":[{WebSearch}]"));

        Assert.Equal((HttpStatusCode.OK, MessageOf(Blocks)), (answer.Status, answer.Text));
        Assert.Equal(
            ["effect", "effect"],
            [
                (await gateway.RecordAsync(answer.Record + 1))["kind"]!.ToString(),
                (await gateway.RecordAsync(answer.Record + 2))["kind"]!.ToString()]);
    }

    [Fact]
    public async Task Counting_tokens_is_decided_like_a_call()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, """{"input_tokens":7}"""));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var counted = await PostAsync(gateway, Ask.Replace("\"max_tokens\":9,", "", StringComparison.Ordinal), "/v1/messages/count_tokens");
        var refused = await PostAsync(gateway, Ask.Replace("hello", Phrase, StringComparison.Ordinal), "/v1/messages/count_tokens");

        Assert.Equal((HttpStatusCode.OK, """{"input_tokens":7}"""), (counted.Status, counted.Text));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal("POST /v1/messages/count_tokens HTTP/1.1", Assert.Single(upstream.Requests).RequestLine);
    }

    [Fact]
    public async Task A_stream_that_the_provider_ends_by_an_error_ends_so_for_the_client()
    {
        var events = Start + Block(0, """{"type":"text","text":"a"}""") + Event(
            "error", "\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}");
        await using var upstream = ScriptedUpstream.Start(Script.Events(events));
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        Assert.Equal(events, (await PostAsync(gateway, Stream(Ask))).Text);
    }

    private static string With(string field) => Ask[..^1] + "," + field + "}";

    private static string Stream(string body) => body[..^1] + ",\"stream\":true}";

    private static string? TypeOf(TestAnswer answer) => answer.Json["error"]!["type"]!.GetValue<string>();

    private static string Registered(string name, string definition) =>
        $"  - {{ deployment: analysts-cloud, name: {name}, digest: "
        + $"{Hash.Of(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(definition))).ToHex()}, effect: inform }}\n";

    private static Task<TestAnswer> PostAsync(
        TestGateway gateway, string body, string path = "/v1/messages", params (string Name, string Value)[] headers) =>
        gateway.SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body), TestGateway.AnalystKey, headers);
}
