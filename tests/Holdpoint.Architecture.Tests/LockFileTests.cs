using Holdpoint.Testing;

namespace Holdpoint.Architecture.Tests;

/// <summary>A build brings the packages that were reviewed, byte for byte, or it fails.</summary>
public sealed class LockFileTests
{
    public static TheoryData<string> Projects() =>
        [.. new[] { "src", "tests", "samples", "bench" }
            .SelectMany(folder => Directory.EnumerateFiles(Repo.Path(folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repo.Path(""), Path.GetDirectoryName(file)!))];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_has_a_lock_file_that_names_no_host(string folder) =>
        Assert.DoesNotContain("://", File.ReadAllText(Repo.Path(folder, "packages.lock.json")));

    [Theory]
    [InlineData("test", "dotnet build ")]
    [InlineData("holdpoint", "dotnet publish ")]
    public void A_script_that_builds_restores_what_is_locked(string script, string command) =>
        Assert.All(
            File.ReadLines(Repo.Path(script)).Where(line => line.Contains(command, StringComparison.Ordinal)),
            line => Assert.Contains("-p:RestoreLockedMode=true", line));
}
