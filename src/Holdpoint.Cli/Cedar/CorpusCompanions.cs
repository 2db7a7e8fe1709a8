namespace Holdpoint.Cli.Cedar;

/// <summary>The files of one ending that belong to tests of the same name, wherever in their folder they lie.</summary>
internal sealed class CorpusCompanions(CorpusFiles files, string ending)
{
    private readonly ILookup<string, string> _paths = files.Paths
        .Where(p => p.EndsWith(ending, StringComparison.Ordinal))
        .ToLookup(p => Path.GetFileName(p)[..^ending.Length], StringComparer.Ordinal);

    /// <summary>
    /// The companion of a test; null when it has none. Of several with its name, the one whose path ends like the test's own, which is
    /// the same relative path where there is one.
    /// </summary>
    public string? Find(string testId) => _paths[Path.GetFileName(testId)]
        .OrderByDescending(path => FoldersInCommon(path, testId))
        .ThenBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal)
        .FirstOrDefault();

    private static int FoldersInCommon(string path, string testId) => Folders(path)
        .Zip(Folders(testId)).TakeWhile(pair => string.Equals(pair.First, pair.Second, StringComparison.Ordinal)).Count();

    private static IEnumerable<string> Folders(string path) => path.Split(Path.DirectorySeparatorChar).Reverse().Skip(1);
}
