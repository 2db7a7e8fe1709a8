using System.Text;
using System.Text.RegularExpressions;
using Holdpoint.Log.Tests.Verification;
using Holdpoint.Log.Tiles;
using Holdpoint.Log.Tree;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Log;

/// <summary>docs/reference/log.md: its example is run, its source files exist, its codes are all there are.</summary>
public sealed partial class ReferencePageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Repo.Path("docs", "reference", "log.md"));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_receipt_of_the_example_verifies_with_the_printed_answer()
    {
        File.WriteAllText(_folder["receipt"], Block("receipt"));
        File.WriteAllText(_folder["record"], Block("entries").Split('\n')[1]);

        var run = await CommandRun.StartAsync(
            "verify", "receipt", _folder["receipt"], "--record", _folder["record"], "--key", Block("vkey").TrimEnd());

        Assert.Equal((0, Block("verify receipt"), ""), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public async Task The_log_of_the_example_verifies_with_the_printed_answer()
    {
        byte[][] entries = [.. Block("entries").TrimEnd().Split('\n').Select(Encoding.UTF8.GetBytes)];
        var receipt = Block("receipt");
        Directory.CreateDirectory(_folder["log/tile/0/000.p"]);
        Directory.CreateDirectory(_folder["log/tile/entries/000.p"]);
        File.WriteAllText(_folder["log/checkpoint"], receipt[(receipt.IndexOf("\n\n", StringComparison.Ordinal) + 2)..]);
        File.WriteAllBytes(_folder["log/tile/0/000.p/3"], HashTile.Encode([.. entries.Select(e => MerkleTree.LeafHash(e))]));
        File.WriteAllBytes(_folder["log/tile/entries/000.p/3"], TestLog.Bundle(entries));

        var run = await CommandRun.StartAsync("verify", "log", _folder["log"], "--key", Block("vkey").TrimEnd());

        Assert.Equal((0, Block("verify log"), ""), (run.ExitCode, run.Output, run.Errors));
    }

    [Fact]
    public void Every_source_that_the_page_names_exists()
    {
        var named = SourcePath().Matches(Page).Select(m => m.Groups[1].Value).ToArray();

        Assert.NotEmpty(named);
        Assert.All(named, path => Assert.True(Path.Exists(Repo.Path(path.Split('/'))), path));
    }

    [Fact]
    public void Every_fault_code_is_on_the_page()
    {
        var sources = Directory.EnumerateFiles(Repo.Path("src", "Holdpoint.Log"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText);
        var codes = sources.SelectMany(s => FaultCode().Matches(s)).Select(m => m.Groups[1].Value).Distinct().ToArray();

        Assert.True(codes.Length >= 15, string.Join(", ", codes));
        Assert.All(codes, code => Assert.Contains($"`{code}`", Page, StringComparison.Ordinal));
    }

    /// <summary>The fenced block whose info string ends in a name.</summary>
    private static string Block(string name) =>
        Regex.Match(
            Page, $"^```(?:text|json) {name}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline) is { Success: true } block
            ? block.Groups[1].Value
            : throw new InvalidOperationException($"The page has no block '{name}'.");

    [GeneratedRegex("`(src/[^`]+)`")]
    private static partial Regex SourcePath();

    [GeneratedRegex("""(?:faults\.Add|Refused)\((?:\s|file\.IsForbidden \? "file_forbidden" : )*"([a-z_]+)",""")]
    private static partial Regex FaultCode();
}
