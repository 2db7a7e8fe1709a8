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

    [Theory]
    [InlineData("chat")]
    [InlineData("stream")]
    public async Task A_refusal_is_its_permission_error_with_the_clause_and_is_not_retried(string command)
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, command, ("PROMPT", Rows));

        var error = seen["error"]!;
        Assert.True(error["isPermissionDenied"]!.GetValue<bool>());
        Assert.Equal((403, "holdpoint_refused"), (error["status"]!.GetValue<int>(), error["type"]!.GetValue<string>()));
        Assert.Contains("mass-domestic-surveillance", error["holdpoint"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(1, seen["requests"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_hold_is_its_permission_error_too_and_is_not_retried()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, "chat", ("HEADERS", """{"Holdpoint-Claims":"{\"purpose\":\"housing\"}"}"""));

        Assert.True(seen["error"]!["isPermissionDenied"]!.GetValue<bool>());
        Assert.Equal("holdpoint_held", seen["error"]!["type"]!.GetValue<string>());
        Assert.Equal(1, seen["requests"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_refused_tool_call_ends_the_stream_with_an_error()
    {
        await using var gateway = await GatewayProcess.StartAsync();

        var seen = await RunAsync(gateway, "stream-tools");

        Assert.NotNull(seen["error"]);
        Assert.DoesNotContain(WeatherTool.Name, seen["tools"]?.ToJsonString() ?? "", StringComparison.Ordinal);
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
            Directory.Exists(Repo.Path("tests", "clients", "node_modules", "openai")), "npm openai is not installed: run ./test, or npm ci in tests/clients");
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
