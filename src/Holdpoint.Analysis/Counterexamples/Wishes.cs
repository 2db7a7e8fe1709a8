using System.Collections.Immutable;
using Holdpoint.Analysis.SmtLib;
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
    // The least number that will do is nearly always 0 or 1, or a number of the policy, or the one after it. More would only cost time.
    private const int MaxNumbers = 24;

    /// <summary>Wishes about a request, and about what its principal and resource are like.</summary>
    /// <param name="store">The store.</param>
    /// <param name="request">The request.</param>
    /// <param name="required">What the request must show; it has the numbers and texts that matter.</param>
    public static ImmutableArray<Wish<Term>> For(SymbolicStore store, SymbolicRequest request, IEnumerable<Term> required)
    {
        var constants = Constants(required);
        var wishes = new WishList(store.Terms, constants, Numbers(constants));
        return
        [
            .. wishes.About(request.Context),
            .. wishes.About(store.AttributesOf(request.Resource)),
            .. wishes.About(store.AttributesOf(request.Principal)),
        ];
    }

    private static List<long> Numbers(IEnumerable<Term> constants)
    {
        var numbers = new SortedSet<long> { 0, 1 };
        foreach (var number in constants.Select(c => c.Value)
            .OfType<LongValue>()
            .Select(n => n.Value)
            .Where(n => n is > 0 and < long.MaxValue))
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

    /// <summary>The wishes about unknown values, part by part.</summary>
    private sealed class WishList(TermFactory terms, List<Term> constants, List<long> numbers)
    {
        public IEnumerable<Wish<Term>> About(Term part)
        {
            switch (part.Op)
            {
                case TermOp.Record:
                    // What is optional first: every part that can be left out makes the rest smaller. Then numbers, before values are
                    // picked for sets and lists: 101 persons of a class that somebody meant say more than 100,001 of the first class.
                    return part.Arguments.OrderBy(a => a.Op == TermOp.Option ? 0 : a.Type == TermType.Long ? 1 : 2).SelectMany(About);
                case TermOp.Option:
                    ImmutableArray<Wish<Term>> inner = [.. About(part.Arguments[1])];
                    return [new([terms.Not(part.Arguments[0])], inner.Length), .. inner];
                default:
                    return AboutValue(part);
            }
        }

        private IEnumerable<Wish<Term>> AboutValue(Term value) => value.Type switch
        {
            TermType.SetOf set => AboutSet(value, set.Element),
            TermType.Enum list => [new([.. list.Values.Select(v => terms.Equal(value, terms.Constant(v, list)))])],
            _ when value.Type == TermType.Boolean => [new([terms.Not(value)])],
            _ when value.Type == TermType.Long => [new([.. numbers.Select(n => terms.Equal(value, terms.Constant(n)))])],
            _ when value.Type == TermType.String => [new([terms.Equal(value, terms.Constant(""))])],
            _ => [],
        };

        /// <summary>Nothing in a set but what the policies name, and of that no more than needed.</summary>
        private IEnumerable<Wish<Term>> AboutSet(Term set, TermType element)
        {
            var values = element.Values;
            ImmutableArray<Term> known = values.IsEmpty
                ? [.. constants.Where(c => c.Type == element)]
                : [.. values.Select(v => terms.Constant(v, element))];
            ImmutableArray<Wish<Term>> inner =
            [
                .. values.IsEmpty ? [new Wish<Term>([terms.Subset(set, terms.Set(element, known))])] : Array.Empty<Wish<Term>>(),

                // The last values of a list say the least ("unknown"), so what is left over should be one of the first.
                .. known.Reverse().Select(k => new Wish<Term>([terms.Not(terms.Member(k, set))])),
            ];
            return [new([terms.IsEmpty(set)], inner.Length), .. inner];
        }
    }
}
