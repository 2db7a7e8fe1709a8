using System.Text.RegularExpressions;
using Holdpoint.Testing;

namespace Holdpoint.Architecture.Tests;

/// <summary>ARCHITECTURE.md names what is there.</summary>
public sealed partial class ArchitecturePageTests
{
    private const string Story = "## The way of one streamed, held and released call";

    private static readonly string Page = File.ReadAllText(Repo.Path("ARCHITECTURE.md"));

    [Fact]
    public void The_way_of_a_held_call_names_files_that_exist_each_once()
    {
        var story = Page[Page.IndexOf(Story, StringComparison.Ordinal)..];
        story = story[..story.IndexOf("\n## ", Story.Length, StringComparison.Ordinal)];
        var files = Code().Matches(story).Select(match => match.Groups[1].Value).ToList();

        Assert.True(files.Count > 50);
        Assert.Equal(files.Distinct(), files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Repo.Path("src", "Holdpoint.Gateway"), file)), file));
    }

    [Fact]
    public void Every_file_and_folder_that_the_page_names_exists()
    {
        string[] homes = [Repo.Root, Repo.Path("src"), Repo.Path("src", "Holdpoint.Gateway")];
        var named = NamedPath().Matches(Page).Select(match => match.Groups[1].Value);

        Assert.All(named, path => Assert.Contains(
            homes.SelectMany(home => new[] { Path.Combine(home, path), Path.Combine(home, "Holdpoint." + path) }),
            found => File.Exists(found) || Directory.Exists(found)));
    }

    [GeneratedRegex("`([^`]+\\.cs)`")]
    private static partial Regex Code();

    [GeneratedRegex("`((?:Gateway|Evidence|Analysis|Agreements|Wire|Signals|Cli|docs|tests|src)/[^`*{ ]*)`")]
    private static partial Regex NamedPath();
}
