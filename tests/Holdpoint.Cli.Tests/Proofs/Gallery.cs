using System.Collections.Concurrent;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Changes;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Cli.Proofs;
using Holdpoint.Testing;

namespace Holdpoint.Cli.Tests.Proofs;

/// <summary>The worked agreements. Comparisons of them take seconds, so each is made once for all tests.</summary>
internal static class Gallery
{
    private static readonly ConcurrentDictionary<(string, string), Lazy<Task<Difference>>> Differences = new();

    public static string Folder(string name) => Repo.Path("agreements", name);

    public static Agreement Load(string name) => AgreementSource.Load(Folder(name));

    /// <summary>What <c>diff BEFORE AFTER</c> prints.</summary>
    public static Task<Difference> DiffAsync(string before, string after)
    {
        AnalysisRun.SkipWithoutSolvers();
        return Differences.GetOrAdd((before, after), _ => new(() => Solving.AskAsync(
            Patience.First, solvers => new ChangeAnalysis(solvers).BetweenAsync(Load(before), Load(after))))).Value;
    }

    /// <summary>A worked agreement with one more file, or with another text of one.</summary>
    public static TempFolder CopyOf(string name, string file, string text)
    {
        var folder = new TempFolder();
        foreach (var from in Directory.EnumerateFiles(Folder(name), "*", SearchOption.AllDirectories))
        {
            var to = folder[Path.GetRelativePath(Folder(name), from)];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(from, to);
        }

        File.WriteAllText(folder[file], text);
        return folder;
    }
}
