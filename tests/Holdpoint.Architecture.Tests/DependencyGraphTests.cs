using System.Xml.Linq;
using Holdpoint.Testing;

namespace Holdpoint.Architecture.Tests;

public sealed class DependencyGraphTests
{
    // The arrows of ARCHITECTURE.md. A project that is not named here may not exist.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Holdpoint.Policy"] = [],
        ["Holdpoint.Log"] = [],
        ["Holdpoint.Evidence"] = ["Holdpoint.Log"],
        ["Holdpoint.Agreements"] = ["Holdpoint.Policy", "Holdpoint.Evidence", "Holdpoint.Log"],
        ["Holdpoint.Analysis"] = ["Holdpoint.Agreements", "Holdpoint.Policy"],
        ["Holdpoint.Wire"] = ["Holdpoint.Log"],
        ["Holdpoint.Signals"] = ["Holdpoint.Wire"],
        ["Holdpoint.Gateway"] = ["Holdpoint.Agreements", "Holdpoint.Evidence", "Holdpoint.Log", "Holdpoint.Signals", "Holdpoint.Wire"],
        ["Holdpoint.Cli"] =
        [
            "Holdpoint.Policy", "Holdpoint.Log", "Holdpoint.Evidence", "Holdpoint.Agreements", "Holdpoint.Analysis", "Holdpoint.Wire",
            "Holdpoint.Gateway",
        ],
    };

    public static TheoryData<string> Projects() =>
        [.. Directory.EnumerateFiles(Repo.Path("src"), "*.csproj", SearchOption.AllDirectories).Select(
            f => Path.GetFileNameWithoutExtension(f))];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_graph_allows(string project)
    {
        var file = Directory.EnumerateFiles(Repo.Path("src"), project + ".csproj", SearchOption.AllDirectories).Single();
        var used = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Contains(project, Allowed.Keys);
        Assert.Empty(used.Except(Allowed[project]));
    }

    [Theory]
    [InlineData("Holdpoint.Policy")]
    [InlineData("Holdpoint.Log")]
    [InlineData("Holdpoint.Evidence")]
    [InlineData("Holdpoint.Signals")]
    [InlineData("Holdpoint.Wire")]
    public void A_library_that_strangers_link_needs_no_package_and_no_web_server(string project)
    {
        var document = XDocument.Load(Repo.Path("src", project, project + ".csproj"));

        Assert.Empty(document.Descendants("PackageReference"));
        Assert.Empty(document.Descendants("FrameworkReference"));
    }
}
