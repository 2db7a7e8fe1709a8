using Holdpoint.Testing;

namespace Holdpoint.Architecture.Tests;

/// <summary>A source file that needs more lines than this has a second concept in it.</summary>
public sealed class FileSizeTests
{
    private const int MaxLines = 300;

    public static TheoryData<string> Projects() =>
        [.. Directory.EnumerateDirectories(Repo.Path("src")).Select(path => Path.GetFileName(path)!)];

    [Theory, MemberData(nameof(Projects))]
    public void No_source_file_is_longer_than_three_hundred_lines(string project) =>
        Assert.Empty(
            from file in Directory.EnumerateFiles(Repo.Path("src", project), "*.cs", SearchOption.AllDirectories)
            where !file.Split('/').Any(part => part is "bin" or "obj")
            let lines = File.ReadLines(file).Count()
            where lines > MaxLines
            select $"{Path.GetRelativePath(Repo.Root, file)} has {lines} lines");
}
