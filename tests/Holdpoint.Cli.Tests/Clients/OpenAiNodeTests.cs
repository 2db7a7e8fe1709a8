using System.Diagnostics;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Tests.Serve;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Clients;

/// <summary>npm <c>openai</c>, unchanged but for its base URL.</summary>
public sealed class OpenAiNodeTests
{
    private const string Rows =
        """
        {"email":"a.one@mail.example"} {"email":"b.two@mail.example"} {"email":"c.three@mail.example"}
        {"email":"d.four@mail.example"} {"email":"e.five@mail.example"} {"email":"f.six@mail.example"}
        """;

    [Fact]
    public async Task Chat_works()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, "chat");

        Assert.Equal("[echo] hello", seen["message"]!["content"]!.GetValue<string>());
        Assert.Equal("permit", seen["verdict"]!.GetValue<string>());
    }

    [Fact]
    public async Task Streaming_works_to_its_end()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, "stream");

        Assert.Equal(("[echo] hello", "stop"), (seen["text"]!.GetValue<string>(), seen["finish"]!.GetValue<string>()));
        Assert.NotNull(seen["usage"]);
        Assert.Null(seen["error"]);
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("stream-tools")]
    public async Task A_registered_tool_is_called(string command)
    {
        await using var gateway = await GatewayProcess.StartAsync(tools: WeatherTool.Registration);

        var seen = await RunAsync(gateway, command);

        Assert.Contains(WeatherTool.Name, seen.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("tool_calls", seen["finish"]!.GetValue<string>());
    }

    [Fact]
    public async Task Responses_completions_and_embeddings_work()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var whole = await RunAsync(gateway, "respond");
        var streamed = await RunAsync(gateway, "stream-respond");
        var completed = await RunAsync(gateway, "complete");
        var completedStream = await RunAsync(gateway, "stream-complete");
        var embedded = await RunAsync(gateway, "embed");

        Assert.Equal(
            ("[echo] hello", "completed", "permit"),
            (whole["text"]!.ToString(), whole["status"]!.ToString(), whole["verdict"]!.ToString()));
        Assert.Null(streamed["error"]);
        Assert.Equal(("[echo] hello", "[echo] hello"), (streamed["deltas"]!.ToString(), streamed["final"]!["text"]!.ToString()));
        Assert.Equal("""["[echo] hello","[echo] hello"]""", completed["texts"]!.ToJsonString());
        Assert.Equal(("[echo] hello", "stop"), (completedStream["text"]!.ToString(), completedStream["finish"]!.ToString()));
        Assert.Equal([8, 8], embedded["vectors"]!.AsArray().Select(vector => vector!.AsArray().Count));
    }

    [Fact]
    public async Task A_registered_tool_is_called_in_a_response_whole_and_streamed()
    {
        await using var gateway = await GatewayProcess.StartAsync(tools: WeatherTool.ResponsesRegistration);

        var whole = await RunAsync(gateway, "respond-tools");
        var streamed = await RunAsync(gateway, "stream-respond-tools");
        var loop = await RunAsync(gateway, "respond-loop");

        Assert.Equal(
            ("function_call", WeatherTool.Name), (whole["output"]![0]!["type"]!.ToString(), whole["output"]![0]!["name"]!.ToString()));
        Assert.Equal(WeatherTool.Name, streamed["final"]!["output"]![0]!["name"]!.ToString());
        Assert.Equal("[echo] hello", loop["text"]!.ToString());
    }

    [Fact]
    public async Task A_refusal_is_its_permission_error_with_the_clause_and_is_not_retried()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        foreach (var command in (string[])["chat", "stream", "respond", "stream-respond", "complete", "stream-complete", "embed"])
        {
            var seen = await RunAsync(gateway, command, ("PROMPT", Rows));

            var error = seen["error"]!;
            Assert.True(error["isPermissionDenied"]!.GetValue<bool>(), command);
            Assert.Equal((403, "holdpoint_refused"), (error["status"]!.GetValue<int>(), error["type"]!.GetValue<string>()));
            Assert.Contains("mass-domestic-surveillance", error["holdpoint"]!.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(1, seen["requests"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_hold_is_its_permission_error_too_and_is_not_retried()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        foreach (var command in (string[])["chat", "respond", "stream-respond"])
        {
            var seen = await RunAsync(gateway, command, ("HEADERS", """{"Holdpoint-Claims":"{\"purpose\":\"housing\"}"}"""));

            Assert.True(seen["error"]!["isPermissionDenied"]!.GetValue<bool>(), command);
            Assert.Equal("holdpoint_held", seen["error"]!["type"]!.GetValue<string>());
            Assert.Equal(1, seen["requests"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_refused_tool_call_ends_the_stream_with_an_error_and_is_not_retried()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        foreach (var command in (string[])["stream-tools", "stream-respond-tools"])
        {
            var seen = await RunAsync(gateway, command);

            Assert.Contains("edge-deployment", seen["error"]!["holdpoint"]!.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(WeatherTool.Name, (seen["tools"] ?? seen["types"])!.ToJsonString(), StringComparison.Ordinal);
            Assert.Null(seen["final"]);
            Assert.Equal(1, seen["requests"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task Models_are_listed()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        Assert.Equal("""["echo"]""", (await RunAsync(gateway, "models"))["models"]!.ToJsonString());
    }

    private static async Task<JsonNode> RunAsync(GatewayProcess gateway, string command, params (string Name, string Value)[] environment)
    {
        var script = Repo.Path("tests", "clients", "openai-client.mjs");
        Assert.SkipUnless(
            Directory.Exists(Repo.Path("tests", "clients", "node_modules", "openai")),
            "npm openai is not installed: run ./test, or npm ci in tests/clients");
        var start = new ProcessStartInfo("node", [script, command]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENAI_BASE_URL"] = new Uri(gateway.Address, "/v1").ToString();
        start.Environment["OPENAI_API_KEY"] = GatewayProcess.Key;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output + await errors);
        return JsonNode.Parse(output)!;
    }
}
