using System.Text.RegularExpressions;
using Holdpoint.Testing;

namespace Holdpoint.Architecture.Tests;

/// <summary>
/// The folders of the gateway are in one order, as projects are: a file names nothing of a folder above its own. Only the root, which
/// composes a gateway, is above them all.
/// </summary>
public sealed partial class FolderOrderTests
{
    private const string Root = "Holdpoint.Gateway";

    /// <summary>From the ground up. A folder that is not named here may not exist.</summary>
    private static readonly string[] Order =
    [
        "Budget", "Storage", "Records", "Identity", "Settings", "Activation", "Upstream", "Provenance", "Decisions", "Effects", "Holds",
        "Telemetry", "Screening", "Calls", "Endpoints", "Hosting",
    ];

    public static TheoryData<string> Folders() =>
        [.. Directory.EnumerateDirectories(Repo.Path("src", Root)).Select(path => Path.GetFileName(path)!).Where(
            name => name is not ("bin" or "obj"))];

    [Theory, MemberData(nameof(Folders))]
    public void A_folder_of_the_gateway_names_nothing_above_it(string folder)
    {
        var place = Array.IndexOf(Order, folder);
        Assert.True(place >= 0, $"{folder} has no place in the order of the gateway's folders.");

        var files = Directory.EnumerateFiles(Repo.Path("src", Root, folder), "*.cs", SearchOption.AllDirectories).ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => NamedIn(File.ReadAllText(file))
            .Where(named => Array.IndexOf(Order, named) > place)
            .Select(named => $"{Path.GetFileName(file)} names {named}")));
    }

    [Fact]
    public void Only_what_composes_a_gateway_is_in_the_root() =>
        Assert.Equal(
            ["GatewayHost.cs"],
            Directory.EnumerateFiles(Repo.Path("src", Root), "*.cs").Select(Path.GetFileName));

    [Theory]
    [InlineData("Budget")]
    [InlineData("Storage")]
    [InlineData("Records")]
    [InlineData("Settings")]
    [InlineData("Activation")]
    [InlineData("Upstream")]
    [InlineData("Provenance")]
    [InlineData("Decisions")]
    [InlineData("Effects")]
    [InlineData("Holds")]
    [InlineData("Screening")]
    public void A_stage_knows_nothing_of_the_web_server(string folder) =>
        Assert.Empty(
            from file in Directory.EnumerateFiles(Repo.Path("src", Root, folder), "*.cs", SearchOption.AllDirectories)
            where File.ReadAllText(file).Contains("Microsoft.AspNetCore", StringComparison.Ordinal)
            select Path.GetFileName(file));

    [Fact]
    public void No_folder_names_what_composes_the_gateway() =>
        Assert.Empty(
            from folder in Order
            from file in Directory.EnumerateFiles(Repo.Path("src", Root, folder), "*.cs", SearchOption.AllDirectories)
            where Regex.IsMatch(File.ReadAllText(file), @"\bGatewayHost\b")
            select Path.GetFileName(file));

    [Fact]
    public void A_file_is_in_the_namespace_of_its_folder()
    {
        foreach (var folder in Order)
        {
            foreach (var file in Directory.EnumerateFiles(Repo.Path("src", Root, folder), "*.cs", SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(Repo.Path("src", Root), Path.GetDirectoryName(file)!).Replace('/', '.');
                Assert.Matches($@"(?m)^namespace {Regex.Escape($"{Root}.{path}")};$", File.ReadAllText(file));
            }
        }
    }

    // `using Holdpoint.Gateway.X`, a whole name, and `X.Type` by way of the common namespace: the ways to reach another folder.
    private static IEnumerable<string> NamedIn(string text) =>
        Whole().Matches(text).Select(match => match.Groups[1].Value)
            .Concat(Order.Where(name => Regex.IsMatch(text, $@"(?<![\w.]){name}\.[A-Z]")))
            .Distinct();

    [GeneratedRegex(@"\bHoldpoint\.Gateway\.([A-Z]\w+)")]
    private static partial Regex Whole();
}
