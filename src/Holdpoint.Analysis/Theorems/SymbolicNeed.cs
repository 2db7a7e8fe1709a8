using System.Collections.Immutable;
using Holdpoint.Agreements;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Theorems;

/// <summary>What clauses need on every request at once: no seats suffice, or these do.</summary>
/// <param name="Top">Whether it is refused.</param>
/// <param name="Seats">Whether each seat is needed, where it is not refused. A seat that is not here is never needed.</param>
internal sealed record SymbolicNeed(Term Top, ImmutableSortedDictionary<Seat, Term> Seats)
{
    /// <summary>The need of some clauses together.</summary>
    /// <param name="terms">The factory.</param>
    /// <param name="clauses">The clauses, as they are on one request.</param>
    /// <param name="permitAll">Whether everything counts as permitted: red lines by themselves only forbid.</param>
    public static SymbolicNeed Of(TermFactory terms, IEnumerable<ClauseFacts> clauses, bool permitAll = false)
    {
        List<Term> permits = [], refusals = [];
        var seats = new SortedDictionary<Seat, List<Term>>();
        foreach (var (analysed, symbolic) in clauses.SelectMany(c => c.Policies))
        {
            if (analysed.IsPermit)
            {
                permits.Add(symbolic.Matches);
                continue;
            }

            refusals.Add(symbolic.Errs);
            if (analysed.Hold is null)
            {
                refusals.Add(symbolic.Matches);
            }

            foreach (var seat in analysed.Hold ?? Agreements.Seats.None)
            {
                if (!seats.TryGetValue(seat, out var holds))
                {
                    seats.Add(seat, holds = []);
                }

                holds.Add(symbolic.Matches);
            }
        }

        var isPermitted = permitAll ? terms.True : terms.Or(permits);
        return new(terms.Or([terms.Not(isPermitted), .. refusals]), seats.ToImmutableSortedDictionary(s => s.Key, s => terms.Or(s.Value)));
    }

    /// <summary>Whether this is at least as much as another: no looser.</summary>
    public Term Covers(TermFactory terms, SymbolicNeed other) => terms.Or(
        Top,
        terms.And([terms.Not(other.Top), .. other.Seats.Select(s => terms.Implies(s.Value, Seats.GetValueOrDefault(s.Key, terms.False)))]));

    /// <summary>Whether seats suffice, of which <paramref name="isFilled"/> says whether they are filled.</summary>
    public Term IsWithin(TermFactory terms, Func<Seat, Term> isFilled) =>
        terms.And([terms.Not(Top), .. Seats.Select(s => terms.Implies(s.Value, isFilled(s.Key)))]);

    /// <summary>Whether nothing is needed.</summary>
    public Term IsNothing(TermFactory terms) => terms.And([terms.Not(Top), .. Seats.Values.Select(terms.Not)]);

    /// <summary>Whether seats are needed, and suffice.</summary>
    public Term IsHold(TermFactory terms) => terms.And(terms.Not(Top), terms.Or(Seats.Values));
}
