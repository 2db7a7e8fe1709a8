using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Analysis.Terms;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Terms;

public sealed class TermFactoryTests
{
    private readonly TermFactory _terms = new();

    [Fact]
    public void A_simplified_term_means_what_was_asked_for() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            var random = new Random(seed);
            var made = new RandomTerms(new TermFactory(), random).Truth(random.Next(1, 5));
            return Enumerable.Range(0, 10).Select(_ => RandomTerms.Model(random))
                .All(model => new TermEvaluator(model).IsTrue(made.Term) == RandomTerms.IsTrue(made, model));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(2_000, 50_000)));

    [Fact]
    public void A_term_is_made_once()
    {
        var (x, y) = (_terms.Variable("x", TermType.Long), _terms.Variable("y", TermType.Long));

        Assert.Same(_terms.Less(x, y), _terms.Less(x, y));
        Assert.Same(_terms.And(_terms.Less(x, y), _terms.Less(y, x)), _terms.And(_terms.Less(y, x), _terms.Less(x, y)));
        Assert.NotSame(_terms.Variable("x", TermType.Boolean), _terms.Variable("x", TermType.String));
    }

    [Fact]
    public void What_is_known_is_computed()
    {
        var x = _terms.Variable("x", TermType.Boolean);

        Assert.Same(_terms.False, _terms.And(x, _terms.Not(x)));
        Assert.Same(_terms.True, _terms.Or(x, _terms.Not(x), _terms.Variable("y", TermType.Boolean)));
        Assert.Same(_terms.True, _terms.Less(_terms.Constant(1), _terms.Constant(2)));
        Assert.Same(_terms.True, _terms.AddOverflows(_terms.Constant(long.MaxValue), _terms.Constant(1)));
        Assert.Same(_terms.True, _terms.Subset(_terms.Set(TermType.Long, []), _terms.Variable("s", new TermType.SetOf(TermType.Long))));
    }

    [Fact]
    public void Records_and_options_leave_nothing_behind()
    {
        var type = RandomTerms.Pair;
        Term Pair(string name) => _terms.Record(
            type,
            [
                _terms.Variable(name, TermType.Long),
                _terms.Option(_terms.Variable(name + "?", TermType.Boolean), _terms.Variable(name + "b", TermType.Boolean)),
            ]);

        var chosen = _terms.Equal(_terms.If(_terms.Variable("c", TermType.Boolean), Pair("x"), Pair("y")), Pair("z"));

        var rest = new Stack<Term>([chosen]);
        while (rest.TryPop(out var term))
        {
            Assert.True(term.Type.IsScalar);
            foreach (var argument in term.Arguments)
            {
                rest.Push(argument);
            }
        }
    }
}
