using System.Text;
using Holdpoint.Gateway.Settings;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Testing.Upstreams;
using Holdpoint.Wire;
using static Holdpoint.Gateway.Tests.Upstream.Sending;

namespace Holdpoint.Gateway.Tests.Upstream;

public sealed class HttpUpstreamTests
{
    [Fact]
    public async Task The_clients_body_arrives_byte_for_byte_under_headers_of_our_own()
    {
        await using var provider = ScriptedUpstream.Start();
        using var upstream = OpenAi(provider.Url + "/prefix");
        var call = Hello();

        await (await upstream.AnswerAsync(call)).TextAsync();
        await (await upstream.AnswerAsync(Hello(stream: true))).TextAsync();

        var request = provider.Requests[0];
        Assert.Equal("POST /prefix/v1/chat/completions HTTP/1.1", request.RequestLine);
        Assert.Equal(call.Body.ToArray(), request.Body);
        Assert.Equal(["accept", "authorization", "content-length", "content-type", "host", "user-agent"], request.HeaderNames);
        Assert.Equal("Bearer " + Key, request.Header("Authorization"));
        Assert.Equal("application/json", request.Header("Content-Type"));
        Assert.Equal("application/json", request.Header("Accept"));
        Assert.Equal("text/event-stream", provider.Requests[1].Header("Accept"));
    }

    [Fact]
    public async Task An_answer_arrives_unchanged_and_its_connection_is_used_again()
    {
        await using var provider = ScriptedUpstream.Start(Script.Completion("café"));
        using var upstream = OpenAi(provider.Url);

        for (var i = 0; i < 3; i++)
        {
            var answer = await upstream.AnswerAsync(Hello());
            Assert.Equal((200, AnswerKind.Whole, "application/json"), (answer.Status, answer.Kind, answer.ContentType));
            Assert.Equal(Script.CompletionJson("café"), await answer.TextAsync());
        }

        Assert.Equal(1, provider.Connections);
    }

    [Fact]
    public async Task A_stream_is_known_by_what_was_sent_not_by_what_was_asked_for()
    {
        await using var provider = ScriptedUpstream.Start(Script.Events("data: [DO", "NE]\n\n"));
        using var upstream = OpenAi(provider.Url);

        var answer = await upstream.AnswerAsync(Hello(stream: false));

        Assert.Equal(AnswerKind.Stream, answer.Kind);
        Assert.Equal("data: [DONE]\n\n", await answer.TextAsync());
    }

    [Fact]
    public async Task The_first_bytes_of_a_stream_arrive_before_its_last()
    {
        await using var provider = ScriptedUpstream.Start(Script.EventsThenSilence("data: 1\n\n"));
        using var upstream = OpenAi(provider.Url);
        await using var answer = await upstream.AnswerAsync(Hello(stream: true));
        var buffer = new byte[100];

        var read = await answer.ReadAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("data: 1\n\n", Encoding.UTF8.GetString(buffer, 0, read.Count));
    }

    [Fact]
    public async Task Only_known_headers_pass()
    {
        await using var provider = ScriptedUpstream.Start(Script.Answer(
            200, Script.CompletionJson("x"), "application/json",
            "X-Request-Id: req_1", "X-RateLimit-Remaining-Tokens: 10", "Retry-After: 3", "Holdpoint-Verdict: permit", "holdpoint-record: 1",
            "Set-Cookie: a=b", "OpenAI-Organization: acme", "Location: http://example.org",
            "X-Request-Id2: no", "openai-processing-ms: \u00ff7"));
        using var upstream = OpenAi(provider.Url);

        await using var answer = await upstream.AnswerAsync(Hello());

        Assert.Equal(
            [("retry-after", "3"), ("x-ratelimit-remaining-tokens", "10"), ("x-request-id", "req_1")],
            answer.Headers.OrderBy(h => h.Name, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task An_error_of_the_providers_passes_unchanged(int status)
    {
        await using var provider = ScriptedUpstream.Start(
            Script.Answer(status, "<slow down>", "text/html; charset=utf-8", "Retry-After: 7", "X-Secret: no"));
        using var upstream = OpenAi(provider.Url);

        var answer = await upstream.AnswerAsync(Hello());

        Assert.Equal((status, AnswerKind.Error, "text/html; charset=utf-8"), (answer.Status, answer.Kind, answer.ContentType));
        Assert.Equal([("retry-after", "7")], answer.Headers);
        Assert.Equal("<slow down>", await answer.TextAsync());
    }

    [Theory]
    [InlineData(401, 502, "upstream_credentials")]
    [InlineData(403, 403, "upstream_forbidden")]
    [InlineData(429, 502, "upstream_quotes_key")]
    public async Task An_error_that_could_show_our_key_does_not_pass(int status, int told, string cause)
    {
        await using var provider = ScriptedUpstream.Start(
            Script.Answer(status, $$$"""{"error":{"message":"Incorrect API key provided: {{{Key}}}"}}"""));
        using var upstream = OpenAi(provider.Url);

        var fault = await upstream.FaultAsync(Hello());

        Assert.Equal((told, cause), (fault.Status, fault.Cause));
        Assert.DoesNotContain(Key, fault.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string, Script> Faults() => new()
    {
        { "502 upstream_truncated", "half a body", Script.TooShort("""{"choices":""", missing: 10) },
        { "502 upstream_truncated", "half a stream", Script.EventsCutOff("data: 1\n\n") },
        { "502 upstream_truncated", "nothing", Script.Raw("") },
        { "502 upstream_truncated", "half a head", Script.Raw("HTTP/1.1 200 OK\r\nContent-Type: appl") },
        { "502 upstream_unreachable", "a reset", Script.Reset },
        { "502 upstream_invalid", "garbage", Script.Raw("SSH-2.0-OpenSSH_9.9\r\n\r\n") },
        { "502 upstream_invalid", "a bad chunk", Script.Raw(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") },
        { "502 upstream_invalid", "html", Script.Answer(200, "<html>", "text/html") },
        { "502 upstream_invalid", "another charset", Script.Answer(200, "{}", "application/json; charset=utf-16") },
        { "502 upstream_invalid", "no type", Script.Raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") },
        { "502 upstream_invalid", "a redirect", Script.Answer(307, "", "application/json", "Location: http://127.0.0.1:1/") },
        { "502 upstream_invalid", "no content", Script.Raw("HTTP/1.1 204 No Content\r\n\r\n") },
        { "502 upstream_invalid", "compression", Script.Answer(200, "{}", "application/json", "Content-Encoding: gzip") },
        { "502 upstream_too_large", "a long body", Script.Answer(200, new string(' ', 5000)) },
        { "502 upstream_too_large", "a long stream", Script.Events(new string(' ', 3000), new string(' ', 3000)) },
        { "502 upstream_too_large", "a long error", Script.Answer(500, new string(' ', 70_000)) },
        { "502 upstream_too_large", "a long head", Script.Raw("HTTP/1.1 200 OK\r\nX: " + new string('x', 60_000) + "\r\n\r\n") },
    };

    [Theory, MemberData(nameof(Faults))]
    public async Task What_is_no_whole_answer_is_a_typed_fault(string fault, string what, Script script)
    {
        await using var provider = ScriptedUpstream.Start(script);
        using var upstream = OpenAi(provider.Url, limits: new WireLimits { MaxAnswerBytes = 4000, MaxStreamBytes = 4000 });

        var found = await upstream.FaultAsync(Hello());

        Assert.Equal(fault, $"{found.Status} {found.Cause}");
        Assert.DoesNotContain("127.0.0.1", found.Message, StringComparison.Ordinal);
        Assert.NotEmpty(what);
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_unreachable()
    {
        string url;
        await using (var provider = ScriptedUpstream.Start())
        {
            url = provider.Url;
        }

        using var upstream = OpenAi(url);

        Assert.Equal("upstream_unreachable", (await upstream.FaultAsync(Hello())).Cause);
    }

    [Fact]
    public async Task Silence_ends_at_its_time_limit()
    {
        var limits = new UpstreamTimeouts { FirstByte = TimeSpan.FromMilliseconds(100), BetweenBytes = TimeSpan.FromMilliseconds(100) };
        await using var provider = ScriptedUpstream.Start(Script.Silence, Script.EventsThenSilence("data: 1\n\n"));
        using var upstream = OpenAi(provider.Url, limits);

        var beforeTheHead = await upstream.FaultAsync(Hello());
        var withinTheBody = await upstream.FaultAsync(Hello());

        Assert.Equal("504 upstream_timeout", $"{beforeTheHead.Status} {beforeTheHead.Cause}");
        Assert.Equal("504 upstream_timeout", $"{withinTheBody.Status} {withinTheBody.Cause}");
    }

    [Fact]
    public async Task When_the_client_leaves_the_upstream_sees_it()
    {
        var left = new TaskCompletionSource();
        await using var provider = ScriptedUpstream.Start(new Script(async connection =>
        {
            await connection.WaitForClientToLeaveAsync();
            left.SetResult();
        }));
        using var upstream = OpenAi(provider.Url);
        using var client = new CancellationTokenSource();

        var sending = upstream.SendAsync(Hello(), client.Token).AsTask();
        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
        if (provider.Requests.Count > 0)
        {
            await left.Task;
        }
    }

    [Fact]
    public async Task When_the_client_leaves_within_a_stream_the_upstream_sees_it()
    {
        var left = new TaskCompletionSource();
        await using var provider = ScriptedUpstream.Start(new Script(async connection =>
        {
            await Script.EventsThenSilence("data: 1\n\n").Play(connection);
            left.SetResult();
        }));
        using var upstream = OpenAi(provider.Url);
        using var client = new CancellationTokenSource();
        await using (var answer = Assert.IsType<ForwardOutcome.Answered>(
            await upstream.SendAsync(Hello(stream: true), client.Token)).Answer)
        {
            var buffer = new byte[100];
            await answer.ReadAsync(buffer, client.Token);
            var reading = answer.ReadAsync(buffer, client.Token).AsTask();
            await client.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        }

        await left.Task;
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("ключ")]
    public void A_key_that_could_be_more_than_a_header_value_is_refused_without_showing_it(string key)
    {
        var error = Assert.Throws<ArgumentException>(() => new ProviderKey(key));

        Assert.True(key.Length == 0 || !error.Message.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_client_writes_never_reaches_the_request_line_or_the_headers()
    {
        await using var provider = ScriptedUpstream.Start();
        using var upstream = OpenAi(provider.Url);
        const string Marks = "http://evil.example/..%2f\\r\\nX-Evil: 1";

        await (await upstream.AnswerAsync(Call($$"""{"model":"http://evil.example/..%2f?#@","user":"{{Marks}}","metadata":"""
            + $$"""{"{{Marks}}":"{{Marks}}"},"messages":[{"role":"user","content":"{{Marks}}"}]}"""))).TextAsync();

        var head = Assert.Single(provider.Requests).Head;
        Assert.DoesNotContain("evil", head, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("POST /v1/chat/completions HTTP/1.1\r\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_platform_would_do_unasked_is_off()
    {
        using var handler = HttpConnections.Handler(UpstreamTimeouts.Default.Connect);

        Assert.Equal((false, false, false), (handler.UseProxy, handler.UseCookies, handler.AllowAutoRedirect));
        Assert.Equal(System.Net.DecompressionMethods.None, handler.AutomaticDecompression);
        Assert.Equal(UpstreamTimeouts.Default.Connect, handler.ConnectTimeout);
    }
}
