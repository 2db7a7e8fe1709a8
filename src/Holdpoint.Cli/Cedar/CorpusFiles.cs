namespace Holdpoint.Cli.Cedar;

/// <summary>The files of a corpus, by their paths relative to its folder.</summary>
/// <param name="Paths">Every file at any depth.</param>
/// <param name="Exists">Whether there is a file of that path, which may also lie one folder above (<c>../…</c>).</param>
/// <param name="Read">The bytes of a file.</param>
internal sealed record CorpusFiles(IEnumerable<string> Paths, Func<string, bool> Exists, Func<string, byte[]> Read)
{
    public static CorpusFiles In(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)),
        path => File.Exists(Path.Combine(folder, path)),
        path => CedarFile.ReadBytes(Path.Combine(folder, path)));
}
