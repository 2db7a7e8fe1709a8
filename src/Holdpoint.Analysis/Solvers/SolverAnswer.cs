using System.Collections.Immutable;
using Holdpoint.Analysis.SmtLib;

namespace Holdpoint.Analysis.Solvers;

/// <summary>What a solver says of a problem. Closed: every case is declared here.</summary>
internal abstract record SolverAnswer
{
    private SolverAnswer()
    {
    }

    public bool IsDefinite => this is not Unknown;

    /// <summary>Nothing makes the assertions true.</summary>
    public sealed record Unsatisfiable : SolverAnswer;

    /// <summary>These values of what is observed do.</summary>
    public sealed record Satisfiable(ImmutableArray<SExpr> Values) : SolverAnswer;

    /// <summary>The solver gave up, or ran out of time.</summary>
    public sealed record Unknown(string Why) : SolverAnswer;
}
