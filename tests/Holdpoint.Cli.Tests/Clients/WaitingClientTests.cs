using System.Text.Json;
using System.Text.Json.Nodes;
using Holdpoint.Cli.Tests.Holds;
using Holdpoint.Cli.Tests.Serve;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Clients;

/// <summary>Official clients that wait for people with <c>Holdpoint-Wait</c> get the answer in the one request that they made.</summary>
public sealed class WaitingClientTests
{
    private const string Headers = """{"Holdpoint-Claims":"{\"purpose\":\"employment\"}","Holdpoint-Wait":"240"}""";

    // People take a minute; the short form takes as long as two commands.
    private static readonly TimeSpan Deliberation = TestScale.IsLong ? TimeSpan.FromSeconds(60) : TimeSpan.Zero;

    [Theory]
    [InlineData("create")]
    [InlineData("stream")]
    public async Task Npm_anthropic_gets_its_answer_when_the_reviewers_approve(string command)
    {
        await using var gateway = await ReviewedGateway.StartAsync();
        var asking = NodeClient.AnthropicAsync(command, Address(gateway), GatewayProcess.Key, Environment);

        await ApproveAsync(gateway);
        var seen = await asking;

        Assert.False(seen.TryGetProperty("error", out var error), error.ToString());
        Assert.Equal("[echo] hello", seen.GetProperty("message").GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    [Fact]
    public async Task Npm_anthropic_raises_its_permission_error_when_a_reviewer_refuses()
    {
        await using var gateway = await ReviewedGateway.StartAsync();
        var asking = NodeClient.AnthropicAsync("create", Address(gateway), GatewayProcess.Key, Environment);

        await gateway.ApproveAsync(await HoldAsync(gateway), 0, "--refuse");
        var seen = await asking;

        Assert.True(seen.GetProperty("error").GetProperty("isPermissionDenied").GetBoolean());
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    [Theory]
    [InlineData("chat")]
    [InlineData("stream")]
    public async Task Npm_openai_gets_its_answer_when_the_reviewers_approve(string command)
    {
        await using var gateway = await ReviewedGateway.StartAsync();
        var asking = NodeClient.OpenAiAsync(command, Address(gateway), GatewayProcess.Key, Environment);

        await ApproveAsync(gateway);
        var seen = await asking;

        Assert.Equal(JsonValueKind.Undefined, seen.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null ? error.ValueKind : JsonValueKind.Undefined);
        Assert.Equal("[echo] hello", command == "chat" ? seen.GetProperty("message").GetProperty("content").GetString() : seen.GetProperty("text").GetString());
        Assert.Equal(1, seen.GetProperty("requests").GetInt32());
    }

    private static KeyValuePair<string, string>[] Environment => [new("HEADERS", Headers)];

    private static string Address(ReviewedGateway gateway) => gateway.Process.Address.ToString().TrimEnd('/');

    private static async Task ApproveAsync(ReviewedGateway gateway)
    {
        var hold = await HoldAsync(gateway);
        await Task.Delay(Deliberation, TestContext.Current.CancellationToken);
        for (var reviewer = 0; reviewer < 2; reviewer++)
        {
            var approved = await gateway.ApproveAsync(hold, reviewer);
            Assert.True(approved.ExitCode == 0, approved.Errors);
        }
    }

    /// <summary>The hold that the client waits on, as soon as it is there.</summary>
    private static async Task<string> HoldAsync(ReviewedGateway gateway)
    {
        while (true)
        {
            var listed = await gateway.RunAsync("holds", "list", "--json");
            Assert.True(listed.ExitCode == 0, listed.Errors);
            if (JsonNode.Parse(listed.Output)!["holds"]!.AsArray() is [var hold])
            {
                return hold!["id"]!.GetValue<string>();
            }
        }
    }
}
