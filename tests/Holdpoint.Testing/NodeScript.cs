using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Holdpoint.Testing;

/// <summary>
/// Runs a script of <c>tests/clients</c> that reads JSON and writes JSON, with the packages from npm that <c>./test</c> installs; where
/// they are missing the calling test is skipped.
/// </summary>
public static class NodeScript
{
    /// <param name="script">The file's name.</param>
    /// <param name="package">The package that it needs.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <returns>What it writes to standard output.</returns>
    public static async Task<JsonNode> RunAsync(string script, string package, JsonNode input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var folder = Repo.Path("tests", "clients");
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(folder, "node_modules", package)), $"npm package {package} of tests/clients is not installed");

        using var process = Process.Start(new ProcessStartInfo("node", [script])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteAsync(input.ToJsonString());
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonNode.Parse(await output, null, new() { MaxDepth = 1024 })!;
    }
}
