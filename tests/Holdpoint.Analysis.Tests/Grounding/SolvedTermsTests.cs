using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Symbolic;
using Holdpoint.Analysis.Terms;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Tests.Terms;
using Holdpoint.Policy.Schema;
using Holdpoint.Testing;

namespace Holdpoint.Analysis.Tests.Grounding;

public sealed class SolvedTermsTests
{
    // Products of unknowns can keep a solver busy for ever; what is asked here is whether answers are right, not whether they come.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(SolverKind.Z3)]
    [InlineData(SolverKind.Cvc5)]
    public async Task What_a_solver_finds_satisfies_the_terms_and_what_it_rules_out_nobody_finds(SolverKind kind)
    {
        using var pool = new SolverPool([InstalledSolvers.Of(kind)], Limit);
        var (found, none, unknown) = (0, 0, 0);
        for (var seed = 0; seed < TestScale.Of(50, 5_000); seed++)
        {
            var random = new Random(seed);
            var terms = new TermFactory();
            var store = new SymbolicStore(terms, CedarSchema.Empty);
            var made =
                Enumerable.Range(0, random.Next(1, 4)).Select(_ => new RandomTerms(terms, random).Truth(random.Next(1, 4))).ToArray();

            var finding = await Search.ForAsync(pool, store, [.. made.Select(m => m.Term)], [], TestContext.Current.CancellationToken);

            switch (finding)
            {
                case Finding.One(var model):
                    found++;
                    Assert.All(made, m => Assert.True(RandomTerms.IsTrue(m, model), $"seed {seed}"));
                    break;
                case Finding.None:
                    none++;
                    Assert.DoesNotContain(
                        Enumerable.Range(0, 200).Select(_ => RandomTerms.Model(random)),
                        model => made.All(m => RandomTerms.IsTrue(m, model)));
                    break;
                default:
                    unknown++;
                    break;
            }
        }

        Assert.True(found > TestScale.Of(10, 20) && none > TestScale.Of(2, 5), $"{found} found, {none} ruled out, {unknown} unknown");
    }
}
