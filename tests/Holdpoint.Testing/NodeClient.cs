using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Holdpoint.Testing;

/// <summary>
/// Runs a script of <c>tests/clients</c> with the official clients from npm, which <c>./test</c> installs; where they are missing the
/// calling test is skipped.
/// </summary>
public static class NodeClient
{
    /// <summary>Runs <c>openai-client.mjs</c> against a base URL.</summary>
    /// <param name="command">Its command, such as <c>chat</c>.</param>
    /// <param name="baseUrl">The gateway's URL, without <c>/v1</c>.</param>
    /// <param name="apiKey">The client's key.</param>
    /// <param name="environment">Further variables of the script: <c>MODEL</c>, <c>PROMPT</c>, <c>HEADERS</c>.</param>
    /// <returns>What it printed.</returns>
    public static Task<JsonElement> OpenAiAsync(
        string command, string baseUrl, string apiKey = "test", IEnumerable<KeyValuePair<string, string>>? environment = null) =>
        RunAsync(
            "openai",
            ["openai-client.mjs", command],
            [new("OPENAI_BASE_URL", baseUrl + "/v1"), new("OPENAI_API_KEY", apiKey), .. environment ?? []]);

    /// <summary>Runs <c>anthropic-client.mjs</c> against a base URL.</summary>
    /// <param name="command">Its command, such as <c>create</c>.</param>
    /// <param name="baseUrl">The gateway's URL, without <c>/v1</c>.</param>
    /// <param name="apiKey">The client's key.</param>
    /// <param name="environment">Further variables of the script: <c>MODEL</c>, <c>PROMPT</c>, <c>HEADERS</c>, <c>PARAMS</c>.</param>
    /// <returns>What it printed.</returns>
    public static Task<JsonElement> AnthropicAsync(
        string command, string baseUrl, string apiKey = "test", IEnumerable<KeyValuePair<string, string>>? environment = null) =>
        RunAsync(
            "@anthropic-ai",
            ["anthropic-client.mjs", command],
            [new("ANTHROPIC_BASE_URL", baseUrl), new("ANTHROPIC_API_KEY", apiKey), .. environment ?? []]);

    private static async Task<JsonElement> RunAsync(string package, string[] arguments, List<KeyValuePair<string, string>> environment)
    {
        var folder = Repo.Path("tests", "clients");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", package)), "npm packages of tests/clients are not installed");

        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<JsonElement>(await output);
    }
}
