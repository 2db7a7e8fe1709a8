using System.Collections.Immutable;
using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Analysis.Tests.Solvers;

/// <summary>The solvers of this machine; a test that needs one that is absent is skipped, naming it.</summary>
internal static class InstalledSolvers
{
    public static ImmutableArray<SolverTool> All { get; } = SolverTool.Installed();

    public static SolverTool Of(SolverKind kind)
    {
        var tool = All.FirstOrDefault(t => t.Kind == kind);
        Assert.SkipWhen(tool is null, $"{kind} is not installed");
        return tool!;
    }

    /// <summary>Every installed solver; at least one.</summary>
    public static SolverPool Pool(TimeSpan? limit = null, Patience patience = Patience.All)
    {
        Assert.SkipWhen(All.IsEmpty, "neither z3 nor cvc5 is installed");
        return new SolverPool(All, limit ?? TimeSpan.FromSeconds(60), patience);
    }
}
