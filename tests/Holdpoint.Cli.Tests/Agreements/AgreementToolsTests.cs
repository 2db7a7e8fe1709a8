using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Holdpoint.Cli.Tests.Clients;
using Holdpoint.Cli.Tests.Serve;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Agreements;

public sealed class AgreementToolsTests
{
    private static readonly string AnthropicTool =
        "{\"name\":\"" + WeatherTool.Name + "\",\"description\":\""
        + WeatherTool.Description + "\",\"input_schema\":" + WeatherTool.Parameters + "}";

    [Fact]
    public async Task The_lines_that_it_prints_register_the_tool_with_the_gateway()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["tools.json"], $"[{AnthropicTool}]", TestContext.Current.CancellationToken);

        var printed = await CommandRun.StartAsync(
            "agreement", "tools", folder["tools.json"], "--deployment", "analysts-cloud", "--effect", "inform");
        await using var gateway = await GatewayProcess.StartAsync(tools: printed.Output);
        var seen = await NodeClient.AnthropicAsync("tools", gateway.Address.ToString().TrimEnd('/'), GatewayProcess.Key);

        Assert.Equal((0, ""), (printed.ExitCode, printed.Errors));
        Assert.False(seen.TryGetProperty("error", out var error), error.ToString());
        Assert.Equal(WeatherTool.Name, seen.GetProperty("message").GetProperty("content")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Without_options_the_effect_is_the_strictest_and_the_deployment_is_left_to_fill_in()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["tools.json"], AnthropicTool, TestContext.Current.CancellationToken);

        var run = await CommandRun.StartAsync("agreement", "tools", folder["tools.json"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Matches(
            "^  - \\{ deployment: DEPLOYMENT, name: get_weather, digest: \"[0-9a-f]{64}\", effect: kinetic \\}\n$",
            run.Output.ReplaceLineEndings("\n"));
        Assert.Contains("--deployment", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_has_the_same_facts_and_nothing_else_on_stdout()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["tools.json"], $"[{AnthropicTool},{{\"type\":\"web_search_20250305\",\"name\":\"web_search\"}}]",
            TestContext.Current.CancellationToken);

        var run = await CommandRun.StartAsync("agreement", "tools", folder["tools.json"], "--deployment", "d", "--json");

        var answer = JsonNode.Parse(run.Output)!;
        Assert.Equal("anthropic", answer["format"]!.GetValue<string>());
        Assert.Equal([false, true], answer["tools"]!.AsArray().Select(tool => tool!["runByProvider"]!.GetValue<bool>()));
        Assert.Contains(
            answer["tools"]![0]!["digest"]!.GetValue<string>(),
            (await CommandRun.StartAsync("agreement", "tools", folder["tools.json"])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_no_agreement_takes_is_left_out_and_said()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["tools.json"], """[{"name":"a b\u0007","input_schema":{}},{"name":"c","input_schema":{}}]""",
            TestContext.Current.CancellationToken);

        var run = await CommandRun.StartAsync("agreement", "tools", folder["tools.json"], "--deployment", "d");

        Assert.Equal(1, run.ExitCode);
        Assert.Single(run.Output.Trim().Split('\n'));
        Assert.Contains("cannot be registered", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain('\u0007', run.Errors);
    }

    [Theory]
    [InlineData("nonsense", 3)]
    [InlineData("[]", 0)]
    [InlineData("""[{"name":"f","input_schema":{},"surprise":1}]""", 3)]
    public async Task A_file_that_is_not_what_a_client_sends_is_an_environment_fault(string file, int exitCode)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["tools.json"], file, TestContext.Current.CancellationToken);

        Assert.Equal(exitCode, (await CommandRun.StartAsync("agreement", "tools", folder["tools.json"], "--deployment", "d")).ExitCode);
    }

    [Theory]
    [InlineData("--effect", "harmless")]
    [InlineData("--format", "morse")]
    [InlineData("--deployment", "two words")]
    public async Task A_word_that_is_not_known_is_wrong_usage(string option, string value)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["tools.json"], AnthropicTool, TestContext.Current.CancellationToken);

        Assert.Equal(2, (await CommandRun.StartAsync("agreement", "tools", folder["tools.json"], option, value)).ExitCode);
    }

    [Fact]
    public async Task The_page_shows_what_it_prints()
    {
        var page = await File.ReadAllTextAsync(Repo.Path("docs", "reference", "agreement.md"), TestContext.Current.CancellationToken);
        var section = page[page.IndexOf("## Registering tools", StringComparison.Ordinal)..];
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(
            folder["tools.json"], Block("json").Match(section).Groups[1].Value, TestContext.Current.CancellationToken);
        var lines = Block("text").Match(section).Groups[1].Value.Trim().Split('\n');

        var run = await CommandRun.StartAsync(
            [.. lines[0]["$ holdpoint ".Length..].Split(' ').Select(word => word == "tools.json" ? folder["tools.json"] : word)]);

        Assert.Equal(string.Join('\n', lines[1..]).Trim(), run.Output.ReplaceLineEndings("\n").Trim());
    }

    private static Regex Block(string language) => new($"```{language}\n(.*?)```", RegexOptions.Singleline);
}
