using System.Collections.Immutable;
using System.Diagnostics;
using Holdpoint.Analysis.Counterexamples;
using Holdpoint.Analysis.SmtLib;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.Questions;

/// <summary>Asks questions, and holds every witness against the evaluator before it is believed.</summary>
internal static class Inquiry
{
    /// <exception cref="SolverException">The solvers contradict each other, or one broke.</exception>
    public static async Task<Answer> AskAsync(SolverPool solvers, Question question, CancellationToken cancellation)
    {
        ImmutableArray<Wish<Term>> wishes;
        lock (question.Store.Terms)
        {
            wishes = question.IsBare
                ? []
                : question.Wishes.AddRange(question.Requests
                    .SelectMany(r => Wishes.For(question.Store, r.Request, question.Required)));
        }

        switch (await Search.ForAsync(solvers, question.Store, question.Required, wishes, cancellation))
        {
            case Finding.None:
                return new Answer.No();
            case Finding.Unknown(var why):
                return new Answer.Unknown(why);
            case Finding.One(var model):
                lock (question.Store.Terms)
                {
                    return Confirm(question, model);
                }

            default:
                throw new UnreachableException();
        }
    }

    private static Answer Confirm(Question question, Interpretation model)
    {
        var named = PolicyEntities.Of(question.Requests.SelectMany(r => r.Policies).Select(p => p.Policy));
        var witnesses = Concretizer.Concretize(question.Store, model, question.Requests.Select(r => r.Request), named);
        ImmutableArray<string> disagreements =
            [.. question.Requests.Zip(witnesses, (r, w) => Replay.Disagreements(w, r.Policies, model)).SelectMany(ids => ids).Distinct()];
        return disagreements.IsEmpty ? new Answer.Yes(witnesses) : new Answer.Fault(witnesses, disagreements);
    }
}
