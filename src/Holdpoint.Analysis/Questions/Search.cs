using System.Collections.Immutable;
using Holdpoint.Analysis.Grounding;
using Holdpoint.Analysis.SmtLib;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Questions;

/// <summary>Searches all requests and stores for one that makes terms true.</summary>
internal static class Search
{
    /// <summary>One that makes all of <paramref name="required"/> true, as near to the wishes as can be had quickly.</summary>
    /// <exception cref="SolverException">
    /// The solvers contradict each other, or what one of them found is no answer to the question.
    /// </exception>
    public static async Task<Finding> ForAsync(
        SolverPool solvers,
        SymbolicStore store,
        ImmutableArray<Term> required,
        ImmutableArray<Wish<Term>> wishes,
        CancellationToken cancellation)
    {
        Term all;
        GroundQuery? ground;
        SmtProblem? problem;

        // Terms belong to one thread at a time; while a solver works, others may use them.
        lock (store.Terms)
        {
            all = store.Terms.And(required);
            if (all.IsFalse)
            {
                return new Finding.None();
            }

            ground = Grounder.Ground(store.Terms, store.Ancestry, [all, .. wishes.SelectMany(w => w.Alternatives)]);
            if (ground is null)
            {
                return new Finding.Unknown($"it needs more than {Grounder.MaxAxioms} assumptions about sets and hierarchies");
            }

            problem = SmtWriter.Write(ground, required: 1, wishes);
            if (problem is null)
            {
                return new Finding.Unknown("a text has characters that solvers do not know");
            }
        }

        switch (await solvers.SolveAsync(problem, cancellation))
        {
            case SolverAnswer.Unsatisfiable:
                return new Finding.None();
            case SolverAnswer.Satisfiable(var values):
                var model = ModelReader.Read(problem, values, ground.Facts);
                return new TermEvaluator(model).IsTrue(all)
                    ? new Finding.One(model)
                    : throw new SolverException(
                        "A solver's model does not satisfy the query. This is a fault of the analysis; please report it.");
            case SolverAnswer.Unknown(var why):
                return new Finding.Unknown(why);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }
}
