using System.Collections.Immutable;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Counterexamples;

/// <summary>
/// What makes a witness easy to read: nothing that need not be there, numbers as small as they can be, sets and texts empty. Each group
/// lists alternatives, the dearest first.
/// </summary>
internal static class Wishes
{
    // The least number that will do is nearly always 0, or a number of the policy, or the one after it. More would only cost time.
    private const int MaxNumbers = 12;

    /// <summary>Wishes about a request.</summary>
    /// <param name="terms">The factory.</param>
    /// <param name="request">The request.</param>
    /// <param name="required">What the request must show; it has the numbers that matter.</param>
    public static ImmutableArray<ImmutableArray<Term>> For(TermFactory terms, SymbolicRequest request, IEnumerable<Term> required)
    {
        var numbers = Numbers(required);
        var groups = ImmutableArray.CreateBuilder<ImmutableArray<Term>>();
        List<Term> values = [];
        Walk(request.Context);
        foreach (var value in values)
        {
            groups.Add(value.Type switch
            {
                TermType.SetOf => [terms.IsEmpty(value)],
                _ when value.Type == TermType.Boolean => [terms.Not(value)],
                _ when value.Type == TermType.Long => [.. numbers.Select(n => terms.Equal(value, terms.Constant(n)))],
                _ when value.Type == TermType.String => [terms.Equal(value, terms.Constant(""))],
                _ => [],
            });
        }

        return groups.ToImmutable();

        // What is optional comes first, the outermost before what is in it: the rest may then mean nothing any more.
        void Walk(Term term)
        {
            switch (term.Op)
            {
                case TermOp.Record:
                    foreach (var field in term.Arguments)
                    {
                        Walk(field);
                    }

                    break;
                case TermOp.Option:
                    groups.Add([terms.Not(term.Arguments[0])]);
                    Walk(term.Arguments[1]);
                    break;
                case TermOp.Variable:
                    values.Add(term);
                    break;
            }
        }
    }

    private static List<long> Numbers(IEnumerable<Term> required)
    {
        var seen = new HashSet<Term>();
        var numbers = new SortedSet<long> { 0 };
        var rest = new Stack<Term>(required);
        while (rest.TryPop(out var term))
        {
            if (seen.Add(term))
            {
                if (term.Value is LongValue { Value: > 0 and < long.MaxValue and var number })
                {
                    numbers.Add(number);
                    numbers.Add(number + 1);
                }

                foreach (var argument in term.Arguments)
                {
                    rest.Push(argument);
                }
            }
        }

        return [.. numbers.Take(MaxNumbers)];
    }
}
