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
    private const int MaxNumbers = 24;

    /// <summary>Wishes about a request.</summary>
    /// <param name="terms">The factory.</param>
    /// <param name="request">The request.</param>
    /// <param name="required">What the request must show; it has the numbers that matter.</param>
    public static ImmutableArray<ImmutableArray<Term>> For(TermFactory terms, SymbolicRequest request, IEnumerable<Term> required)
    {
        var constants = Constants(required);
        var numbers = Numbers(constants);
        var groups = ImmutableArray.CreateBuilder<ImmutableArray<Term>>();
        List<Term> values = [];
        Walk(request.Context);
        foreach (var value in values)
        {
            switch (value.Type)
            {
                case TermType.SetOf { Element: var element }:
                    groups.Add([terms.IsEmpty(value)]);
                    AddElements(value, element);
                    break;
                case var type when type == TermType.Boolean:
                    groups.Add([terms.Not(value)]);
                    break;
                case var type when type == TermType.Long:
                    groups.Add([.. numbers.Select(n => terms.Equal(value, terms.Constant(n)))]);
                    break;
                case var type when type == TermType.String:
                    groups.Add([terms.Equal(value, terms.Constant(""))]);
                    break;
            }
        }

        return groups.ToImmutable();

        // Nothing in a set but what the policies name, and of that no more than needed.
        void AddElements(Term set, TermType element)
        {
            ImmutableArray<Term> known = element.Values is { IsEmpty: false } all
                ? [.. all.Select(v => terms.Constant(v, element))]
                : [.. constants.Where(c => c.Type == element)];
            if (element.Values.IsEmpty)
            {
                groups.Add([terms.Subset(set, terms.Set(element, known))]);
            }

            // The last values of a list say the least ("unknown"), so what is left over should be one of the first.
            groups.AddRange(known.Reverse().Select(k => (ImmutableArray<Term>)[terms.Not(terms.Member(k, set))]));
        }

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

    private static List<long> Numbers(IEnumerable<Term> constants)
    {
        var numbers = new SortedSet<long> { 0 };
        foreach (var number in constants.Select(c => c.Value).OfType<LongValue>().Select(n => n.Value).Where(n => n is > 0 and < long.MaxValue))
        {
            numbers.Add(number);
            numbers.Add(number + 1);
        }

        return [.. numbers.Take(MaxNumbers)];
    }

    private static List<Term> Constants(IEnumerable<Term> required)
    {
        var seen = new HashSet<Term>();
        var rest = new Stack<Term>(required);
        while (rest.TryPop(out var term))
        {
            if (seen.Add(term))
            {
                foreach (var argument in term.Arguments)
                {
                    rest.Push(argument);
                }
            }
        }

        return [.. seen.Where(t => t.Op == TermOp.Constant).OrderBy(t => t.Id)];
    }
}
