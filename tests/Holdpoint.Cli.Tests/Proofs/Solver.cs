using Holdpoint.Analysis.Solvers;

namespace Holdpoint.Cli.Tests.Proofs;

/// <summary>For tests that prove: they are skipped, visibly, where no solver is.</summary>
internal static class Solver
{
    public static void Require() => Assert.SkipWhen(SolverTool.Installed().IsEmpty, "neither z3 nor cvc5 is installed");
}
