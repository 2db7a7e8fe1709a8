using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Tests.Holds;
using Holdpoint.Cli.Tests.Serve;
using Holdpoint.Log;
using Holdpoint.Log.Json;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Clients;

/// <summary>
/// The official clients, unchanged, with <c>Holdpoint-Wait</c> while a human takes their time: the long form lets them take a minute, the
/// short form no longer than it takes to see the hold and sign.
/// </summary>
public sealed class WaitingClientsTests
{
    private const string Claims = "\"Holdpoint-Claims\":\"{\\\"purpose\\\":\\\"housing\\\"}\"";

    private const string Clause = """
        @title("The weather is seen first")
        @text("Asking for the weather waits for a reviewer.")
        @basis("terms")
        @hold("reviewer:1")
        forbid (
          principal,
          action == Holdpoint::Action::"act",
          resource == Holdpoint::Tool::"get_weather"
        );
        """;

    [Theory]
    [InlineData("openai", "chat")]
    [InlineData("openai", "stream")]
    [InlineData("openai", "respond")]
    [InlineData("openai", "stream-respond")]
    [InlineData("anthropic", "create")]
    [InlineData("anthropic", "stream")]
    public async Task A_held_call_is_answered_as_if_nothing_had_happened(string client, string command)
    {
        await using var gateway = await ReviewedGateway.StartAsync();

        var seen = await RunAsync(gateway, client, command, $"{{{Claims},\"Holdpoint-Wait\":\"240\"}}", reviewers: 2);

        Assert.Contains("[echo] hello", seen.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai", "tools")]
    [InlineData("openai", "stream-tools")]
    [InlineData("openai", "stream-respond-tools")]
    [InlineData("anthropic", "stream-tools")]
    public async Task A_held_tool_call_comes_as_if_nothing_had_happened(string client, string command)
    {
        await using var gateway = await ReviewedGateway.StartAsync(
            tools: WeatherTool.Registration + WeatherTool.ResponsesRegistration + AnthropicRegistration(), clause: Clause);

        var seen = await RunAsync(gateway, client, command, """{"Holdpoint-Wait":"240"}""", reviewers: 1);

        Assert.Contains(WeatherTool.Name, seen.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_waits_raises_its_permission_error_once_a_reviewer_refuses()
    {
        await using var gateway = await ReviewedGateway.StartAsync();
        var asking = NodeClient.AnthropicAsync(
            "create", gateway.Process.Address.ToString().TrimEnd('/'), GatewayProcess.Key,
            [new("HEADERS", $"{{{Claims},\"Holdpoint-Wait\":\"240\"}}")]);

        var hold = "";
        while (hold.Length == 0)
        {
            hold = JsonNode.Parse((await gateway.RunAsync("holds", "list", "--json")).Output)!["holds"]!.AsArray() is [{ } held]
                ? held["id"]!.GetValue<string>()
                : "";
            Assert.False(hold.Length == 0 && asking.IsCompleted, "the client gave up before anything was held");
        }

        var refused = await gateway.ApproveAsync(hold, 0, "--refuse");
        var seen = await asking;

        Assert.True(refused.ExitCode == 0, refused.Errors);
        Assert.True(seen.GetProperty("error").GetProperty("isPermissionDenied").GetBoolean());
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    private static async Task<JsonNode> RunAsync(ReviewedGateway gateway, string client, string command, string headers, int reviewers)
    {
        var folder = Repo.Path("tests", "clients");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", "openai")),
            "npm packages of tests/clients are not installed: run ./test");
        var start = new ProcessStartInfo("node", [Path.Combine(folder, client + "-client.mjs"), command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OPENAI_BASE_URL"] = new Uri(gateway.Process.Address, "/v1").ToString();
        start.Environment["ANTHROPIC_BASE_URL"] = gateway.Process.Address.ToString().TrimEnd('/');
        start.Environment["OPENAI_API_KEY"] = start.Environment["ANTHROPIC_API_KEY"] = GatewayProcess.Key;
        start.Environment["HEADERS"] = headers;
        using var process = Process.Start(start)!;
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken),
            process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));

        var hold = await OpenedAsync(gateway, process);
        await Task.Delay(TimeSpan.FromSeconds(TestScale.Of(0, 60)), TestContext.Current.CancellationToken);
        for (var i = 0; i < reviewers; i++)
        {
            var approved = await gateway.ApproveAsync(hold, i);
            Assert.True(approved.ExitCode == 0, approved.Errors);
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await output + await errors);
        var seen = JsonNode.Parse(await output)!;
        Assert.True(seen["error"] is null, seen.ToJsonString());
        Assert.Equal(1, seen["requests"]!.GetValue<int>());
        return seen;
    }

    private static Task<string> OpenedAsync(ReviewedGateway gateway, Process process) => Eventually.FindAsync(
        async () =>
        {
            var listed = await gateway.RunAsync("holds", "list", "--json");
            var found = JsonNode.Parse(listed.Output)!["holds"]!.AsArray() is [{ } hold] ? hold["id"]!.GetValue<string>() : null;
            Assert.False(found is null && process.HasExited, "the client gave up before anything was held");
            return found;
        },
        "a hold");

    private static string AnthropicRegistration()
    {
        var definition =
            $"{{\"name\":\"{WeatherTool.Name}\",\"description\":\"{WeatherTool.Description}\",\"input_schema\":{WeatherTool.Parameters}}}";
        var digest = Hash.Of(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(definition))).ToHex();
        return $"  - {{ deployment: analysts-cloud, name: {WeatherTool.Name}, digest: {digest}, effect: inform }}\n";
    }
}
