using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Counterexamples;

namespace Holdpoint.Analysis.Changes;

/// <summary>One way in which requests fare differently, with a small example.</summary>
/// <param name="Clause">The clause that makes the difference.</param>
/// <param name="Policy">Which of its policies does, counted from 1; null where the clause as a whole was changed.</param>
/// <param name="Before">What the example needs before.</param>
/// <param name="After">What it needs after.</param>
/// <param name="Witness">The example; the evaluator confirms both needs.</param>
/// <param name="StoppedBy">
/// Red lines that keep the change from taking effect: what is before and after is then said of the clauses alone. Empty where it does.
/// </param>
public sealed record Change(
    ClauseId Clause, int? Policy, Need Before, Need After, Witness Witness, ImmutableArray<ClauseId> StoppedBy)
{
    /// <summary>Whether less is needed than before.</summary>
    public bool IsLooser => !After.Covers(Before);

    /// <summary>What became of the example before.</summary>
    public Standing From => StandingOf(Before);

    /// <summary>What becomes of it after.</summary>
    public Standing To => StandingOf(After);

    private static Standing StandingOf(Need need) =>
        need.Seats is not { } seats ? Standing.Refused : seats.Count == 0 ? Standing.Permitted : Standing.Held;
}
