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

    /// <summary>What <c>diff BEFORE AFTER</c> says.</summary>
    public static Task<Difference> DiffAsync(string before, string after) => KeptAsync(
        before, after, changes => changes.BetweenAsync(Load(before), Load(after)));

    /// <summary>What <c>impact agreements/red-lines --without ID</c> says.</summary>
    public static Task<Difference> ImpactAsync(string id) => KeptAsync(
        "red-lines", "without " + id, async changes => (await changes.WithoutAsync(Load("red-lines"), new(id)))!);

    /// <summary>Asks with more time than the commands give: what is tested is the answer, on a machine that has much else to do.</summary>
    public static async Task<T> AskAsync<T>(Func<SolverPool, Task<T>> ask)
    {
        AnalysisRun.SkipWithoutSolvers();
        using var solvers = new SolverPool(SolverTool.Installed(), TimeSpan.FromMinutes(2));
        return await ask(solvers);
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

    private static Task<Difference> KeptAsync(string before, string after, Func<ChangeAnalysis, Task<Difference>> compare)
    {
        AnalysisRun.SkipWithoutSolvers();
        return Differences.GetOrAdd((before, after), _ => new(() => AskAsync(solvers => compare(new(solvers))))).Value;
    }
}
