using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Holdpoint.Gateway.Tests.Decisions;

/// <summary>Bad input gets the designed status and a stable cause in the client's own shape, has a record, and harms nothing.</summary>
public sealed class BadInputTests
{
    private const string Hello = """{"model":"echo","messages":[{"role":"user","content":"hello"}]}""";

    public static TheoryData<string, int, string> Bodies() => new()
    {
        { "", 400, "invalid_json" },
        { "{", 400, "invalid_json" },
        { Hello + "x", 400, "invalid_json" },
        { """{"model":"echo","model":"echo","messages":[{"role":"user","content":"hello"}]}""", 400, "duplicate_field" },
        { """{"model":"echo","messages":[{"role":"user","content":"hello"}],"surprise":1}""", 400, "unknown_field" },
        { """{"model":"echo","messages":[{"role":"user","content":["""
            + """{"type":"image_url","image_url":{"url":"https://x.example/a.png"}}]}]}""", 400, "content_not_in_body" },
        { """{"model":"nobody-serves-this","messages":[{"role":"user","content":"hello"}]}""", 404, "unknown_model" },
        { """{"model":"echo","messages":[{"role":"user","content":"hello"}],"response_format":"""
            + """{"type":"json_schema","json_schema":{"name":"x","schema":""" + Nested(200) + "}}}", 400, "too_deep" },
    };

    private static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_bad_body_is_refused_with_its_cause_and_recorded(string body, int status, string cause)
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.PostChatAsync(body);

        Assert.Equal((status, cause), ((int)answer.Status, answer.Cause));
        Assert.Equal("refuse", answer.Verdict);
        var record = await gateway.RecordAsync(answer.Record);
        Assert.Equal(("call", "refuse", cause), (record["kind"]!.ToString(), record["verdict"]!.ToString(), record["cause"]!.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await gateway.ChatAsync("hello")).Status);
    }

    [Fact]
    public async Task Invalid_utf8_is_refused()
    {
        await using var gateway = await TestGateway.StartAsync();
        byte[] body = [.. Encoding.UTF8.GetBytes("""{"model":"echo","messages":[{"role":"user","content":"a"""), 0xC3, 0x28, .. "\"}]}"u8];

        var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", body, TestGateway.AnalystKey);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid_utf8"), (answer.Status, answer.Cause));
    }

    public static TheoryData<string, string, int, string> Headers() => new()
    {
        { "Content-Type", "text/plain", 415, "unsupported_media_type" },
        { "Content-Encoding", "gzip", 415, "unsupported_media_type" },
        { "Holdpoint-Claims", "not json", 400, "invalid_claims" },
        { "Holdpoint-Claims", """{"nonsense":true}""", 400, "invalid_claims" },
        { "Holdpoint-Claims", """{"purpose":"no-such-purpose"}""", 400, "invalid_claims" },
        { "Holdpoint-Evidence", "sha256:12", 400, "invalid_evidence_header" },
        { "Holdpoint-Evidence", "sha256:" + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 403, "evidence_unknown" },
        { "Holdpoint-Hold", "h-1", 400, "invalid_hold_header" },
        { "Holdpoint-Hold", "hold_00000000000000000000000000000000", 403, "hold_unknown" },
        { "Holdpoint-Wait", "241", 400, "invalid_hold_header" },
        { "Holdpoint-Wait", "-1", 400, "invalid_hold_header" },
        { "Holdpoint-Wait", "1.5", 400, "invalid_hold_header" },
        { "Holdpoint-Off", "true", 400, "unsupported_header" },
    };

    [Theory, MemberData(nameof(Headers))]
    public async Task A_bad_header_is_refused_with_its_cause(string name, string value, int status, string cause)
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.PostChatAsync(Hello, (name, value));

        Assert.Equal((status, cause), ((int)answer.Status, answer.Cause));
        Assert.Equal(cause, (await gateway.RecordAsync(answer.Record))["cause"]!.ToString());
    }

    [Fact]
    public async Task A_body_at_the_limit_is_read_and_one_byte_more_is_not()
    {
        const int Limit = 4_096;
        await using var gateway = await TestGateway.StartAsync(limits: $"{{ body_bytes: {Limit} }}");
        var frame = Encoding.UTF8.GetByteCount(Hello) - "hello".Length;

        var fits = await gateway.ChatBodyAsync(Hello, new string('a', Limit - frame));
        var over = await gateway.ChatBodyAsync(Hello, new string('a', Limit - frame + 1));

        Assert.Equal(HttpStatusCode.OK, fits.Status);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body_too_large"), (over.Status, over.Cause));
    }

    [Fact]
    public async Task A_body_that_does_not_arrive_in_time_is_a_408_on_record()
    {
        await using var gateway = await TestGateway.StartAsync(limits: "{ body_seconds: 0.2 }");
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Address.Host, gateway.Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TestGateway.AnalystKey}\r\n"
                + $"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{{"),
            TestContext.Current.CancellationToken);

        using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
        var head = new StringBuilder();
        while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { Length: > 0 } line)
        {
            head.AppendLine(line);
        }

        Assert.StartsWith("HTTP/1.1 408", head.ToString(), StringComparison.Ordinal);
        Assert.Equal("body_timeout", (await gateway.RecordAsync((await gateway.ChatAsync("hello")).Record - 1))["cause"]!.ToString());
    }

    [Fact]
    public async Task A_caller_whom_nobody_knows_gets_a_401_and_no_record()
    {
        await using var gateway = await TestGateway.StartAsync();
        var before = (await gateway.ChatAsync("hello")).Record;

        var none = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Encoding.UTF8.GetBytes(Hello), key: null);
        var wrong = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Encoding.UTF8.GetBytes(Hello), key: "hp_wrong");
        var twice = await gateway.PostChatAsync(Hello, ("x-api-key", TestGateway.AnalystKey));
        var after = (await gateway.ChatAsync("hello")).Record;

        Assert.All([none, wrong, twice], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.All([none, wrong, twice], answer => Assert.DoesNotContain("Holdpoint-Record", answer.Headers.Keys));
        Assert.Equal(before + 2, after); // the first call's outcome lies between
        var status = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/status", null, TestGateway.OperatorKey);
        Assert.Equal(3, status.Json["unidentified"]!.GetValue<long>());
    }

    [Fact]
    public async Task Rights_are_enforced()
    {
        await using var gateway = await TestGateway.StartAsync();

        var call = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Encoding.UTF8.GetBytes(Hello), TestGateway.AuditorKey);
        var evidence = await gateway.SendAsync(
            HttpMethod.Post, "/holdpoint/evidence", gateway.Registry.Attest(People.Rows(1)), TestGateway.AuditorKey);
        var status = await gateway.SendAsync(HttpMethod.Get, "/holdpoint/status", null, TestGateway.AnalystKey);
        var entries = await gateway.SendAsync(HttpMethod.Get, "/log/tile/entries/000.p/1", null, TestGateway.AnalystKey);

        Assert.All([call, evidence], answer => Assert.Equal((HttpStatusCode.Forbidden, "right_missing"), (answer.Status, answer.Cause)));
        Assert.All([status, entries], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.Status));
    }

    [Fact]
    public async Task An_unknown_path_is_a_404_with_a_record_that_does_not_repeat_it()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/secret-words/x", "{}"u8.ToArray(), TestGateway.AnalystKey);
        var wrongMethod = await gateway.SendAsync(HttpMethod.Get, "/v1/chat/completions", null, TestGateway.AnalystKey);

        Assert.Equal((HttpStatusCode.NotFound, "unknown_path"), (answer.Status, answer.Cause));
        Assert.DoesNotContain("secret-words", (await gateway.RecordAsync(answer.Record)).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, wrongMethod.Status);
    }

    [Fact]
    public async Task Foreign_and_malformed_evidence_is_not_accepted()
    {
        await using var gateway = await TestGateway.StartAsync();
        using var stranger = new TestIssuer("registry", "agency", "dataset-provenance/v1");

        var foreign = await gateway.SendAsync(
            HttpMethod.Post, "/holdpoint/evidence", stranger.Attest(People.Rows(1)), TestGateway.AnalystKey);
        var wrongPredicate = await gateway.SendAsync(
            HttpMethod.Post, "/holdpoint/evidence", gateway.Court.Attest(People.Rows(1)), TestGateway.AnalystKey);
        var malformed = await gateway.SendAsync(HttpMethod.Post, "/holdpoint/evidence", "{}"u8.ToArray(), TestGateway.AnalystKey);

        Assert.Equal((HttpStatusCode.Forbidden, "evidence_untrusted"), (foreign.Status, foreign.Cause));
        Assert.Equal((HttpStatusCode.Forbidden, "evidence_untrusted"), (wrongPredicate.Status, wrongPredicate.Cause));
        Assert.Equal((HttpStatusCode.BadRequest, "evidence_malformed"), (malformed.Status, malformed.Cause));
    }

    [Fact]
    public async Task The_models_that_are_configured_are_listed()
    {
        await using var gateway = await TestGateway.StartAsync();

        var answer = await gateway.SendAsync(HttpMethod.Get, "/v1/models", null, TestGateway.AnalystKey);

        Assert.Equal("echo", answer.Json["data"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("permit", answer.Verdict);
    }
}
