using System.Globalization;
using System.Net;
using System.Text;
using Holdpoint.Gateway.Tests.Decisions;
using Holdpoint.Gateway.Tests.Holds;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Gateway.Tests.Hosting;

/// <summary>
/// After a reload nothing is decided that relies on what it took away, wherever it waited; what relies on nothing of that goes on.
/// </summary>
public sealed class ReloadedCallTests
{
    private const string Tool =
        """{"type":"function","function":{"name":"look_up","description":"Look up","parameters":{"type":"object","properties":{}}}}""";

    private const string StreamWithTool =
        $$"""{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"hello"}],"tools":[{{Tool}}]}""";

    private const string Ask = """{"model":"gpt-4o","messages":[{"role":"user","content":"hello"}]}""";

    private const string ForbidAll = """
        @title("Nothing")
        @text("Nothing is permitted.")
        @basis("terms")
        forbid (principal, action == Holdpoint::Action::"invoke", resource);
        """;

    [Fact]
    public async Task A_body_that_comes_after_the_key_is_gone_goes_nowhere()
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));
        var before = (await gateway.StatusAsync())["configuration"]!.ToString();

        var answer = await AcrossAsync(gateway, "/v1/chat/completions", Ask, TestGateway.AnalystKey, () => Remove(gateway, "analyst-7"));

        Assert.NotEqual(before, (await gateway.StatusAsync())["configuration"]!.ToString());
        Assert.Equal((HttpStatusCode.Unauthorized, "configuration_changed"), (answer.Status, answer.Cause));
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
        Assert.Empty(upstream.Requests);
        var record = await gateway.RecordAsync(RecordOf(answer));
        Assert.Equal(("refuse", "configuration_changed"), (record["verdict"]!.ToString(), record["cause"]!.ToString()));
    }

    [Theory]
    [InlineData("/holdpoint/evidence", TestGateway.AnalystKey, "analyst-7")]
    [InlineData("/holdpoint/holds/{hold}/approvals", TestGateway.ReviewerKey, "desk-1")]
    public async Task A_statement_or_an_approval_that_comes_after_the_clients_key_is_gone_is_not_taken(
        string path, string key, string principal)
    {
        await using var gateway = await TestGateway.StartAsync();
        var hold = await gateway.HeldAsync();
        var envelope = path.EndsWith("evidence", StringComparison.Ordinal)
            ? gateway.Registry.Attest(People.Rows(5))
            : Encoding.UTF8.GetBytes("{}");

        var answer = await AcrossAsync(
            gateway, path.Replace("{hold}", hold, StringComparison.Ordinal), Encoding.UTF8.GetString(envelope), key,
            () => Remove(gateway, principal));

        Assert.Equal((HttpStatusCode.Unauthorized, "configuration_changed"), (answer.Status, answer.Cause));
    }

    [Fact]
    public async Task A_statement_that_comes_after_its_issuers_line_is_gone_is_not_taken()
    {
        await using var gateway = await TestGateway.StartAsync();
        var order = gateway.Court.Order(await gateway.PostEvidenceAsync(gateway.Registry.Attest(People.Rows(5))));

        var answer = await AcrossAsync(
            gateway, "/holdpoint/evidence", Encoding.UTF8.GetString(order), TestGateway.AnalystKey, () => RemoveIssuer(gateway, "court"));

        Assert.Equal((HttpStatusCode.Forbidden, "evidence_untrusted"), (answer.Status, answer.Cause));
    }

    [Fact]
    public async Task A_body_that_comes_later_is_decided_under_the_agreement_the_limits_and_the_client_of_then()
    {
        await using var upstream = ScriptedUpstream.Start();
        await using var gateway = await TestGateway.StartAsync(new Uri(upstream.Url));

        var moved = await AcrossAsync(gateway, "/v1/chat/completions", Ask, TestGateway.AnalystKey, () =>
            gateway.Edit(text => text.Replace(
                "analysts-cloud, principal: analyst-7,", "casework-onprem, principal: analyst-7,", StringComparison.Ordinal)));
        var forbidden = await AcrossAsync(gateway, "/v1/chat/completions", Ask, TestGateway.ColleagueKey, () =>
            File.WriteAllText(Path.Combine(gateway.Folder, "agreement", "clauses", "of-the-test.cedar"), ForbidAll));
        var longer = Ask.Replace("hello", new string('x', 2_000), StringComparison.Ordinal);
        var tooLarge = await AcrossAsync(gateway, "/v1/chat/completions", longer, TestGateway.ColleagueKey, () =>
            gateway.Edit(text => text.Replace("limits: {}", "limits: { body_bytes: 1024 }", StringComparison.Ordinal)));

        var record = await gateway.RecordAsync(RecordOf(moved));
        Assert.Equal("casework-onprem", record["deployment"]!.ToString());
        Assert.Equal((HttpStatusCode.Forbidden, "forbidden"), (forbidden.Status, forbidden.Cause));
        Assert.Equal((await gateway.StatusAsync())["bundle"]!.ToString(), forbidden.Headers["Holdpoint-Bundle"]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.Status);
    }

    [Theory]
    [InlineData("nothing", true)]
    [InlineData("another client", true)]
    [InlineData("more rights", true)]
    [InlineData("another clause", true)]
    [InlineData("the client", false)]
    [InlineData("its principal", false)]
    [InlineData("its rights", false)]
    [InlineData("its evidence", false)]
    [InlineData("its deployment suspended", false)]
    [InlineData("another deployment suspended", true)]
    [InlineData("another issuer", true)]
    public async Task A_tool_call_of_a_stream_is_decided_while_what_it_relies_on_is_there(string change, bool goesOn)
    {
        var goOn = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(InTwoHalves(goOn.Task));
        await using var gateway = await StartWithToolAsync(upstream);
        var id = await gateway.PostEvidenceAsync(gateway.Registry.Attest(People.Rows(2)));
        using var stream = await StreamAsync(gateway, ("Holdpoint-Evidence", id.ToString()));

        Make(change, gateway);
        Assert.Empty((await gateway.ReloadAsync()).Problems);
        var reloaded = (await gateway.StatusAsync())["records"]!.GetValue<long>() - 1;
        goOn.SetResult();

        var text = await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("good morning. ", text, StringComparison.Ordinal);
        Assert.Equal(goesOn, text.Contains("look_up", StringComparison.Ordinal));
        Assert.Equal(goesOn, text.EndsWith("data: [DONE]\n\n", StringComparison.Ordinal));
        Assert.Equal(!goesOn, text.Contains("configuration_changed", StringComparison.Ordinal));
        Assert.Equal("reload", (await gateway.RecordAsync(reloaded))["kind"]!.ToString());
        var next = await gateway.RecordAsync(reloaded + 1);
        Assert.Equal(goesOn ? ("effect", "permit") : ("outcome", "refuse"), (next["kind"]!.ToString(), next["verdict"]!.ToString()));
    }

    [Theory]
    [InlineData("p-0312", false)]
    [InlineData("p-0313", true)]
    public async Task An_approval_counts_for_what_a_stream_does_while_its_key_is_listed(string person, bool goesOn)
    {
        var goOn = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(InTwoHalves(goOn.Task));
        await using var gateway = await StartWithToolAsync(upstream);
        var hold = await gateway.HeldAsync(StreamWithTool);
        await gateway.ApproveAsync(hold);
        using var stream = await StreamAsync(gateway, HeldCall.Claims, ("Holdpoint-Hold", hold));

        RemoveIssuer(gateway, "key-of-" + person);
        Assert.Empty((await gateway.ReloadAsync()).Problems);
        goOn.SetResult();

        var text = await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("good morning. ", text, StringComparison.Ordinal);
        Assert.Equal(!goesOn, text.Contains("configuration_changed", StringComparison.Ordinal));
    }

    /// <summary>Says something, and calls the tool once it may go on.</summary>
    private static Script InTwoHalves(Task goOn) => new(async connection =>
    {
        await connection.SendAsync(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n" + Script.ChunkEvent("""{"content":"good morning. "}"""));
        await goOn.WaitAsync(connection.Stop);
        await connection.SendAsync(
            Script.ChunkEvent("""{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"look_up","arguments":"{}"}}]}""")
            + Script.ChunkEvent("{}", "\"tool_calls\"") + "data: [DONE]\n\n");
        connection.EndSending();
    });

    private static Task<TestGateway> StartWithToolAsync(ScriptedUpstream upstream)
    {
        var digest = Log.Hash.Of(Log.Json.CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(Tool))).ToHex();
        return TestGateway.StartAsync(
            new Uri(upstream.Url), tools: $"  - {{ deployment: analysts-cloud, name: look_up, digest: {digest}, effect: inform }}\n");
    }

    private static async Task<HttpResponseMessage> StreamAsync(TestGateway gateway, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, "/v1/chat/completions"))
        {
            Content = new StringContent(StreamWithTool, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + TestGateway.AnalystKey);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var stream = await gateway.Http.SendAsync(
            request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        return stream;
    }

    private static long RecordOf(TestAnswer answer) => long.Parse(answer.Headers["Holdpoint-Record"], CultureInfo.InvariantCulture);

    private static void Make(string change, TestGateway gateway)
    {
        switch (change)
        {
            case "another client":
                Remove(gateway, "analyst-9");
                break;
            case "the client":
                Remove(gateway, "analyst-7");
                break;
            case "its principal":
                gateway.Edit(text => text.Replace("principal: analyst-7,", "principal: analyst-70,", StringComparison.Ordinal));
                break;
            case "its rights":
                gateway.Edit(text => text.Replace("rights: [call] }", "rights: [audit] }", StringComparison.Ordinal));
                break;
            case "more rights":
                gateway.Edit(text => text.Replace("rights: [call] }", "rights: [call, audit] }", StringComparison.Ordinal));
                break;
            case "its evidence":
                RemoveIssuer(gateway, "registry");
                break;
            case "another issuer":
                RemoveIssuer(gateway, "court");
                break;
            case "its deployment suspended":
                Suspend(gateway, "analysts-cloud");
                break;
            case "another deployment suspended":
                Suspend(gateway, "field-edge");
                break;
            case "another clause":
                File.WriteAllText(Path.Combine(gateway.Folder, "agreement", "clauses", "of-the-test.cedar"), ForbidAll);
                break;
            default:
                gateway.Edit(text => text + "# changed\n");
                break;
        }
    }

    private static void Remove(TestGateway gateway, string principal) => gateway.Edit(text => string.Join(
        '\n', text.Split('\n').Where(line => !line.Contains($"principal: {principal},", StringComparison.Ordinal))));

    private static void Suspend(TestGateway gateway, string deployment)
    {
        var facts = Path.Combine(gateway.Folder, "agreement", "agreement.yaml");
        File.WriteAllText(facts, File.ReadAllText(facts).Replace(
            $"- {{ name: {deployment}, customer: agency }}", $"- {{ name: {deployment}, customer: agency, suspended: true }}",
            StringComparison.Ordinal));
    }

    private static void RemoveIssuer(TestGateway gateway, string name)
    {
        var facts = Path.Combine(gateway.Folder, "agreement", "agreement.yaml");
        File.WriteAllText(facts, string.Join('\n', File.ReadAllLines(facts).Where(
            line => !line.Contains($"- {{ name: {name}, ", StringComparison.Ordinal))) + "\n");
    }

    /// <summary>Sends the head of a request, reloads once the gateway waits for its body, and sends the body then.</summary>
    private static async Task<TestAnswer> AcrossAsync(TestGateway gateway, string path, string body, string key, Action change)
    {
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromMinutes(2) };
        using var http = new HttpClient(handler);
        using var content = new LateContent(Encoding.UTF8.GetBytes(body));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(gateway.Address, path)) { Content = content };
        request.Headers.ExpectContinue = true;
        request.Headers.Add("Authorization", "Bearer " + key);
        var sending = http.SendAsync(request, TestContext.Current.CancellationToken);
        await await Task.WhenAny(content.Asked, sending);
        change();
        Assert.Empty((await gateway.ReloadAsync()).Problems);
        content.GoOn();

        using var response = await sending;
        return new(
            response.StatusCode,
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers)
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
    }
}
