using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Agreements;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Testing;

namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>
/// A caller cannot switch anything off. Whatever headers and fields of a request say beside the content, among them all that the official
/// clients can set and what other gateways take for a switch, the verdict is never looser than that of the plain call.
/// </summary>
public sealed class SwitchingOffTests
{
    private static readonly Config Runs = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(150, 5_000));

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    private static readonly string[] Headers =
    [
        "OpenAI-Organization", "OpenAI-Project", "OpenAI-Beta", "X-Client-Request-Id",
        "Idempotency-Key", "X-Stainless-Lang", "X-Stainless-Package-Version",
        "X-Stainless-OS", "X-Stainless-Arch", "X-Stainless-Runtime",
        "X-Stainless-Runtime-Version", "X-Stainless-Retry-Count", "X-Stainless-Timeout",
        "X-Stainless-Helper-Method", "X-Stainless-Helper", "X-Stainless-Poll-Helper",
        "X-Stainless-Custom-Poll-Interval", "anthropic-beta", "anthropic-version",
        "anthropic-dangerous-direct-browser-access", "User-Agent", "Accept", "Accept-Encoding",
        "Accept-Language", "Content-Language", "Cookie", "Origin", "Referer",
        "Cache-Control", "Prefer", "Range", "If-None-Match", "X-Forwarded-For",
        "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "X-Real-IP", "X-Original-URL",
        "X-HTTP-Method-Override", "X-Debug", "X-Admin", "X-Internal", "X-Bypass", "X-Test", "traceparent",
        "tracestate", "baggage", "x-guardrails", "x-moderation", "x-no-log", "x-skip-checks",
        "x-litellm-disable-guardrails", "x-portkey-config", "x-portkey-guardrails",
        "helicone-moderations-enabled", "Helicone-LLM-Security-Enabled", "cf-aig-skip-cache",
        "Holdpoint-Evidence", "Holdpoint-Hold", "Holdpoint-Wait", "Holdpoint-Verdict",
        "Holdpoint-Bundle", "Holdpoint-Record", "Holdpoint-Bypass", "holdpoint-verdict",
    ];

    private static readonly string[] Values =
        [
            "off", "false", "0", "none", "disabled", "skip", "true", "1", "admin", "permit", "*", "null", "[]", "{}", "system",
            "internal", "{\"guardrails\":[]}", "sha256:0000000000000000000000000000000000000000000000000000000000000000"];

    // Not tool_choice: a caller who wants no tool called gets none, and then there is nothing to refuse.
    private static readonly string[] Fields =
    [
        "metadata", "user", "safety_identifier", "prompt_cache_key", "service_tier",
        "moderation", "store", "background", "truncation", "reasoning", "reasoning_effort",
        "include", "stream", "stream_options", "n", "temperature", "top_p", "seed",
        "logprobs", "top_logprobs", "parallel_tool_calls", "tools", "modalities",
        "verbosity", "text", "response_format", "extra_body", "extra_headers", "guardrails",
        "disable_guardrails", "disable_moderation", "no_log", "mock_response", "bypass", "claims",
        "evidence", "holdpoint", "purpose", "system", "max_tokens", "stop_sequences", "thinking", "container", "context_management",
        "betas", "encoding_format", "dimensions", "echo", "suffix", "best_of", "max_output_tokens", "max_tool_calls",
    ];

    private static readonly string[] FieldValues =
        [
            "false", "true", "null", "0", "1", "\"off\"", "\"none\"", "\"auto\"", "[]", "{}", "{\"mode\":\"off\"}",
            "{\"skip\":\"true\"}", "{\"policy\":{\"input\":{\"mode\":\"score\"}}}", "{\"user_id\":\"admin\"}"];

    /// <summary>Calls that are refused, held and permitted as they stand.</summary>
    private static readonly (string Endpoint, string Body, string? Claims)[] Plain =
    [
        .. (ReadOnlySpan<(string, string, string?)>)
        [
            ("/v1/chat/completions", """{"model":"echo","messages":[{"role":"user","content":"§"}]}""", null),
            ("/v1/responses", """{"model":"echo","input":"§"}""", null),
            ("/v1/completions", """{"model":"echo","prompt":"§"}""", null),
            ("/v1/embeddings", """{"model":"echo","input":"§"}""", null),
            ("/v1/messages", """{"model":"echo","max_tokens":9,"messages":[{"role":"user","content":"§"}]}""", null),
            ("/v1/responses", """{"model":"echo","input":"a","tools":[{"type":"web_search"}]}""", null),
            ("/v1/chat/completions", """{"model":"echo","messages":[{"role":"user","content":"a"}],"tools":["""
                + """{"type":"function","function":{"name":"f"}}]}""", null),
            ("/v1/chat/completions", """{"model":"echo","messages":[{"role":"user","content":"a"}]}""", """{"purpose":"employment"}"""),
            ("/v1/responses", """{"model":"echo","input":"a"}""", """{"purpose":"housing"}"""),
            ("/v1/messages", """{"model":"echo","max_tokens":9,"messages":["""
                + """{"role":"user","content":"a"}]}""", """{"purpose":"employment"}"""),
        ],
    ];

    private static readonly string[] ClaimKeys =
        ["purpose", "origin", "jurisdiction", "acquisition", "consent", "environment", "authority", "classes", "human"];

    private static readonly Dictionary<string, string> Lists = new()
    {
        ["purpose"] = "Purpose", ["origin"] = "Origin", ["jurisdiction"] = "Jurisdiction",
        ["acquisition"] = "Acquisition", ["consent"] = "Consent",
        ["environment"] = "Environment", ["authority"] = "LegalBasis", ["classes"] = "DataClass",
    };

    [Fact]
    public async Task No_header_and_no_field_makes_a_verdict_looser()
    {
        await using var gateway = await PlacementGateway.StartAsync();
        var plain = new List<int>();
        foreach (var call in Plain)
        {
            plain.Add(await StrictnessAsync(gateway, call.Endpoint, call.Body, HeadersOf(call.Claims)));
        }

        Assert.Contains(1, plain);
        Assert.Contains(2, plain);
        Assert.DoesNotContain(0, plain);
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var which = random.Next(Plain.Length);
            var (endpoint, body, claims) = Plain[which];
            var headers = HeadersOf(claims).Concat(Some(Headers, random).Select(name => (name, Pick(Values, random)))).ToArray();
            var fields = Some(Fields, random)
                .Where(field => !body.Contains($"\"{field}\":", StringComparison.Ordinal))
                .Select(field => $"\"{field}\":{Pick(FieldValues, random)}");

            // At the front or at the end: neither place may make a field count for more.
            body = random.Next(2) == 0
                ? $"{string.Join(',', fields.Prepend(body[..^1]))}}}"
                : "{" + string.Concat(fields.Select(field => field + ",")) + body[1..];

            var strictness = Wait(StrictnessAsync(gateway, endpoint, body, headers));
            Assert.True(strictness >= plain[which], $"{string.Join(", ", headers)} {body}");
        }).Check(Runs);
    }

    [Fact]
    public async Task Each_header_by_itself_leaves_the_verdict_as_it_was_or_is_refused()
    {
        await using var gateway = await PlacementGateway.StartAsync();
        var (endpoint, body, _) = Plain[0];

        foreach (var header in Headers)
        {
            foreach (var value in TestScale.IsLong ? Values : Values[..3])
            {
                Assert.True(await StrictnessAsync(gateway, endpoint, body, [(header, value)]) == 2, header);
            }
        }
    }

    [Fact]
    public async Task Claiming_more_never_makes_a_verdict_looser()
    {
        await using var gateway = await PlacementGateway.StartAsync();
        (string Endpoint, string Body)[] calls =
        [
            .. Plain.Select(call => (call.Endpoint, call.Body)).Distinct(),
            ("/v1/chat/completions", JsonSerializer.Serialize(
                new { model = "echo", messages = new[] { new { role = "user", content = People.Question + People.Rows(3) } } })),
            ("/v1/responses", JsonSerializer.Serialize(new { model = "echo", input = People.Question + People.Rows(3) })),
        ];
        Prop.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var (endpoint, body) = calls[random.Next(calls.Length)];
            var more = ClaimKeys.Where(_ => random.Next(3) == 0).ToDictionary(key => key, key => ValueOf(key, random));
            var fewer = more.Where(_ => random.Next(2) == 0).ToDictionary();

            var none = Wait(StrictnessAsync(gateway, endpoint, body, []));
            var some = Wait(StrictnessAsync(
                gateway, endpoint, body,
                HeadersOf(new JsonObject(fewer.Select(claim => KeyValuePair.Create(claim.Key, claim.Value?.DeepClone()))).ToJsonString())));
            var all = Wait(StrictnessAsync(
                gateway, endpoint, body,
                HeadersOf(new JsonObject(more.Select(claim => KeyValuePair.Create(claim.Key, claim.Value?.DeepClone()))).ToJsonString())));

            // A tool's effect is decided after the call itself, so a hold of the call comes before a refusal of the
            // effect. Neither lets it happen.
            if (body.Contains("\"tools\"", StringComparison.Ordinal))
            {
                (none, some, all) = (Math.Min(none, 1), Math.Min(some, 1), Math.Min(all, 1));
            }

            Assert.True(none <= some && some <= all, $"{none} {some} {all} {new JsonObject(more!).ToJsonString()} {body}");
        }).Check(Runs);
    }

    [Fact]
    public async Task Every_single_claim_leaves_a_permitted_call_as_it_was_or_tightens_it()
    {
        await using var gateway = await PlacementGateway.StartAsync();
        var met = new SortedSet<int>();

        foreach (var (key, list) in Lists)
        {
            foreach (var value in Vocabulary.BuiltIn.ValuesOf(list))
            {
                var claims = new JsonObject { [key] = key == "classes" ? new JsonArray(value) : value };
                met.Add(await StrictnessAsync(
                    gateway, "/v1/responses", """{"model":"echo","input":"a"}""", HeadersOf(claims.ToJsonString())));
            }
        }

        // Some change nothing, some hold and some refuse: so the property above has something to compare.
        Assert.Equal([0, 1, 2], met);
    }

    private static (string Name, string Value)[] HeadersOf(string? claims) => claims is null ? [] : [("Holdpoint-Claims", claims)];

    /// <summary>0 for a permit, 1 for a hold, 2 for a refusal of any kind: also one that comes after the stream has begun.</summary>
    private static async Task<int> StrictnessAsync(
        PlacementGateway gateway, string endpoint, string body, (string Name, string Value)[] headers)
    {
        var answer = await gateway.PostAsync(endpoint, body.Replace("§", PlacedForm.Phrase, StringComparison.Ordinal), headers);
        return answer switch
        {
            { Status: HttpStatusCode.OK } => answer.Text.Contains("\"verdict\":\"refuse\"", StringComparison.Ordinal) ? 2
                : answer.Text.Contains("\"verdict\":\"hold\"", StringComparison.Ordinal) ? 1
                : 0,
            { Status: HttpStatusCode.Forbidden, Verdict: "hold" } => 1,

            // A long run opens as many holds as a principal may have; what would be held is then told to come again.
            { Status: HttpStatusCode.ServiceUnavailable } when answer.Text.Contains("holds_full", StringComparison.Ordinal) => 1,
            _ => 2,
        };
    }

    private static JsonNode? ValueOf(string key, Random random)
    {
        if (key == "human")
        {
            return random.Next(2) == 0;
        }

        var values = Vocabulary.BuiltIn.ValuesOf(Lists[key]);
        Assert.NotEmpty(values);
        return key == "classes"
            ? new JsonArray(JsonValue.Create(values[random.Next(values.Length)]))
            : JsonValue.Create(values[random.Next(values.Length)]);
    }

    private static string[] Some(string[] names, Random random) => Enumerable.Range(0, random.Next(6)).Select(
        _ => names[random.Next(names.Length)]).DistinctBy(name => name.ToUpperInvariant()).ToArray();

    private static string Pick(string[] values, Random random) => values[random.Next(values.Length)];

#pragma warning disable xUnit1031 // A property of FsCheck is synchronous; nothing here runs in a synchronization context.
    private static int Wait(Task<int> task) => task.GetAwaiter().GetResult();
#pragma warning restore xUnit1031
}
