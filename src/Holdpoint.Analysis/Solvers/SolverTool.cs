using System.Collections.Immutable;

namespace Holdpoint.Analysis.Solvers;

/// <summary>A solver that is installed.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Path">The program.</param>
public sealed record SolverTool(SolverKind Kind, string Path)
{
    /// <summary>The solvers on the search path of this process, Z3 first.</summary>
    public static ImmutableArray<SolverTool> Installed()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. from kind in Enum.GetValues<SolverKind>()
               let path = folders.Select(f => System.IO.Path.Combine(f, NameOf(kind))).FirstOrDefault(File.Exists)
               where path is not null
               select new SolverTool(kind, path),
        ];
    }

    internal IEnumerable<string> Arguments => Kind switch
    {
        SolverKind.Z3 => ["-in", "-smt2"],
        _ => ["--incremental", "--lang=smt2", "--strings-exp", "-q"],
    };

    /// <summary>What starts every query: a clean slate, models, and the time that the solver itself keeps.</summary>
    internal string Beginning(TimeSpan limit)
    {
        var milliseconds = (long)limit.TotalMilliseconds;
        var option = Kind == SolverKind.Z3 ? "timeout" : "tlimit-per";
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"(reset)\n(set-option :produce-models true)\n(set-option :{option} {milliseconds})\n(set-logic ALL)\n");
    }

    private static string NameOf(SolverKind kind) => kind == SolverKind.Z3 ? "z3" : "cvc5";
}
