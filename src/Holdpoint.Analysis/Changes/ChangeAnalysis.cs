using Holdpoint.Agreements;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Theorems;

namespace Holdpoint.Analysis.Changes;

/// <summary>Shows what a change to an agreement opens and closes, by examples. Thread-safe; the solvers are shared.</summary>
public sealed class ChangeAnalysis(SolverPool solvers)
{
    /// <summary>What changes from one version to another.</summary>
    /// <remarks>
    /// Requests are those of the newer vocabulary. Where it dropped a value that an old clause names, the clause cannot be compared.
    /// </remarks>
    /// <exception cref="SolverException">The solvers contradict each other, or one broke.</exception>
    public Task<Difference> BetweenAsync(Agreement before, Agreement after, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new Comparison(
            solvers, after.Vocabulary.Schema, AnalysedClause.Of(before), AnalysedClause.Of(after), KnownSubjects.Of(after))
            .CompareAsync(showsStopped: false, cancellation);
    }

    /// <summary>
    /// What striking a clause or red line changes, also of the clauses alone: then a red line still stops it, and is named.
    /// </summary>
    /// <returns>Null when the agreement has no such clause.</returns>
    /// <exception cref="SolverException">The solvers contradict each other, or one broke.</exception>
    public async Task<Difference?> WithoutAsync(Agreement agreement, ClauseId clause, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(agreement);
        var all = AnalysedClause.Of(agreement);
        return all.Any(c => c.Id == clause)
            ? await new Comparison(
                solvers, agreement.Vocabulary.Schema, all, [.. all.Where(c => c.Id != clause)], KnownSubjects.Of(agreement))
                .CompareAsync(showsStopped: true, cancellation)
            : null;
    }
}
