using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Tests.Symbolic;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Tests.Questions;

/// <summary>Questions that no solver answers soon. What matters is that they end, and that the end is not "proved".</summary>
public sealed class HardCaseTests
{
    private static readonly CedarSchema Schema = SampleSchema.Resolve("""
        entity User;
        entity Doc;
        action view appliesTo { principal: User, resource: Doc, context: { a: Long, b: Long, c: Long, at: datetime, since: datetime, s: String, t: String } };
        """);

    // Each has a solution, which is hard to find: to say that there is none would be wrong.
    [Theory]
    [InlineData("context.a > 1 && context.b > 1 && context.a * context.b == 4611686014132420609")]
    [InlineData("context.a > 1 && context.b > context.a && context.c > context.b && context.a * context.b * context.c "
        + "== 1000000016000000063 && context.c < 2000000000")]
    [InlineData("context.at > context.since && context.a > 1 && context.at.toDate().durationSince(context.since.toDate()).toDays() * "
        + "context.a == 10403 && context.a < 10403 && context.at.toTime() < context.since.toTime()")]
    [InlineData("context.s like \"*ab*ba*aab*bba*\" && context.t like \"*ba*ab*bba*aab*\" && context.s == context.t && "
        + "!(context.s like \"*aba*\") && !(context.s like \"*bab*\")")]
    public async Task A_question_that_takes_too_long_ends_and_proves_nothing(string condition)
    {
        using var pool = InstalledSolvers.Pool(TimeSpan.FromMilliseconds(100), Patience.All);
        var policy = SampleSchema.Policies($"permit (principal, action, resource) when {{ {condition} }};")[0];

        var conclusion = await new PolicyAnalysis(Schema, pool).NeverMatchesAsync(policy, TestContext.Current.CancellationToken);

        Assert.NotEqual(ProofResult.Proved, conclusion.Result);
        Assert.Equal(conclusion.Result == ProofResult.Unknown, conclusion.Why is not null);
    }
}
