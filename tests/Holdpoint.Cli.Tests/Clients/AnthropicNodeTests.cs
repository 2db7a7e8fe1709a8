using System.Text;
using System.Text.Json;
using Holdpoint.Cli.Tests.Serve;
using Holdpoint.Log;
using Holdpoint.Log.Json;
using Holdpoint.Testing;
using Holdpoint.Testing.Upstreams;

namespace Holdpoint.Cli.Tests.Clients;

/// <summary>npm <c>@anthropic-ai/sdk</c>, unchanged but for its base URL.</summary>
public sealed class AnthropicNodeTests
{
    private const string Rows =
        """
        {"email":"a.one@mail.example"} {"email":"b.two@mail.example"} {"email":"c.three@mail.example"}
        {"email":"d.four@mail.example"} {"email":"e.five@mail.example"} {"email":"f.six@mail.example"}
        """;

    private static readonly string Registration =
        $"  - {{ deployment: analysts-cloud, name: {WeatherTool.Name}, digest: {Digest()}, effect: inform }}\n";

    [Theory]
    [InlineData("create")]
    [InlineData("beta")]
    public async Task Messages_work(string command)
    {
        await using var gateway = await GatewayProcess.StartAsync();

        AssertEchoed(await RunAsync(gateway, command));
    }

    [Fact]
    public async Task Every_kind_of_block_works_with_thoughts_that_came_through_the_gateway()
    {
        await using var upstream = ScriptedUpstream.Start(Script.Answer(200, MessageScript.MessageOf(
            """{"type":"thinking","thinking":"hm","signature":"c2ln"},{"type":"redacted_thinking","data":"c2VhbGVk"}""")));
        await using var gateway = await GatewayProcess.StartAsync(upstream.Url);
        var unknown = await RunAsync(gateway, "all-blocks");
        var given = await RunAsync(gateway, "create", ("MODEL", "claude-x"));

        Assert.Equal(400, unknown.GetProperty("error").GetProperty("status").GetInt32());
        Assert.False(given.TryGetProperty("error", out var error), error.ToString());
        AssertEchoed(await RunAsync(gateway, "all-blocks"));
    }

    [Fact]
    public async Task Streaming_works_to_its_end()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, "stream");

        Assert.False(seen.TryGetProperty("error", out var error), error.ToString());
        Assert.Equal("[echo] hello", seen.GetProperty("text").GetString());
        var message = seen.GetProperty("message");
        Assert.Equal(
            ("end_turn", "[echo] hello"),
            (message.GetProperty("stop_reason").GetString(), message.GetProperty("content")[0].GetProperty("text").GetString()));
        Assert.Equal("message_stop", seen.GetProperty("events").EnumerateArray().Last().GetString());
    }

    [Fact]
    public async Task A_registered_tool_is_called_and_its_result_taken_back()
    {
        await using var gateway = await GatewayProcess.StartAsync(tools: Registration);

        var whole = await RunAsync(gateway, "tools");
        var streamed = await RunAsync(gateway, "stream-tools");
        var answered = await RunAsync(gateway, "tool-result");

        Assert.All([whole, streamed], seen =>
        {
            Assert.False(seen.TryGetProperty("error", out var error), error.ToString());
            var call = seen.GetProperty("message").GetProperty("content")[0];
            Assert.Equal(("tool_use", WeatherTool.Name), (call.GetProperty("type").GetString(), call.GetProperty("name").GetString()));
            Assert.Equal("hello", call.GetProperty("input").GetProperty("city").GetString());
        });
        Assert.Equal("[echo] hello", answered.GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Tokens_are_counted()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        Assert.True((await RunAsync(gateway, "count")).GetProperty("count").GetProperty("input_tokens").GetInt32() > 0);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("stream")]
    [InlineData("count")]
    public async Task A_refusal_is_its_permission_error_with_the_clause_and_is_not_retried(string command)
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, command, ("PROMPT", Rows));

        var error = seen.GetProperty("error");
        Assert.True(error.GetProperty("isPermissionDenied").GetBoolean());
        Assert.Equal((403, "permission_error"), (error.GetProperty("status").GetInt32(), error.GetProperty("type").GetString()));
        Assert.Contains("mass-domestic-surveillance", error.GetProperty("holdpoint").GetRawText(), StringComparison.Ordinal);
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task A_hold_is_its_permission_error_too_and_is_not_retried()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, "create", ("HEADERS", """{"Holdpoint-Claims":"{\"purpose\":\"housing\"}"}"""));

        var error = seen.GetProperty("error");
        Assert.True(error.GetProperty("isPermissionDenied").GetBoolean());
        Assert.Equal("hold", error.GetProperty("holdpoint").GetProperty("verdict").GetString());
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("stream-tools")]
    public async Task A_tool_call_that_is_not_permitted_is_raised_as_an_error(string command)
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, command);

        Assert.True(seen.GetProperty("error").GetProperty("isApiError").GetBoolean());
        Assert.Equal("permission_error", seen.GetProperty("error").GetProperty("type").GetString());
        Assert.False(seen.TryGetProperty("message", out _));
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    [Theory]
    [InlineData("""{"container":"container_1"}""")]
    [InlineData("""{"system":[{"type":"text","text":"a","surprise":1}]}""")]
    [InlineData(
        """{"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"https://example.org/a.png"}}]}]}""")]
    public async Task What_is_not_in_the_body_is_a_bad_request_and_is_not_retried(string parameters)
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, "create", ("PARAMS", parameters));

        Assert.Equal(
            (400, "invalid_request_error"),
            (seen.GetProperty("error").GetProperty("status").GetInt32(), seen.GetProperty("error").GetProperty("type").GetString()));
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task A_refusal_amid_a_stream_is_raised_after_the_text_that_was_released()
    {
        // The rest is sent only once the client has the beginning, which it says by a request of its own.
        var hasBegun = new TaskCompletionSource();
        await using var upstream = ScriptedUpstream.Start(
            new Script(async connection =>
            {
                await connection.SendAsync(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n" + MessageScript.Start
                    + MessageScript.Block(0, """{"type":"text","text":""}""", MessageScript.TextDelta("Good morning.")));
                await hasBegun.Task.WaitAsync(connection.Stop);
                await connection.SendAsync(
                    MessageScript.Block(
                        1, """{"type":"text","text":""}""", MessageScript.TextDelta("write a working exploit for the victim"))
                    + MessageScript.End());
                connection.EndSending();
            }),
            new Script(connection =>
            {
                hasBegun.SetResult();
                return connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
            }));
        await using var gateway = await GatewayProcess.StartAsync(upstream.Url);

        var seen = await RunAsync(gateway, "stream", ("MODEL", "claude-x"), ("SIGNAL", upstream.Url));

        Assert.Equal("Good morning.", seen.GetProperty("text").GetString());
        Assert.Equal("permission_error", seen.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(
            "offensive-cyber", seen.GetProperty("error").GetProperty("holdpoint").GetProperty("clauses")[0].GetProperty("id").GetString());
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    private static void AssertEchoed(JsonElement seen)
    {
        Assert.False(seen.TryGetProperty("error", out var error), error.ToString());
        Assert.Equal(
            "[echo] hello", seen.GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString()!.Replace(
                "look\n", "", StringComparison.Ordinal));
        Assert.Equal("permit", seen.GetProperty("verdict").GetString());
    }

    private static Task<JsonElement> RunAsync(GatewayProcess gateway, string command, params (string Name, string Value)[] environment) =>
        NodeClient.AnthropicAsync(
            command, gateway.Address.ToString().TrimEnd('/'), GatewayProcess.Key,
            environment.Select(v => KeyValuePair.Create(v.Name, v.Value)));

    private static string Digest() => Hash.Of(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(
        "{\"name\":\"" + WeatherTool.Name + "\",\"description\":\"" + WeatherTool.Description
        + "\",\"input_schema\":" + WeatherTool.Parameters + "}"))).ToHex();
}
