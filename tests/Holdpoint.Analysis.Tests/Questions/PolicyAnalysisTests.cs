using Holdpoint.Analysis.Questions;
using Holdpoint.Analysis.Solvers;
using Holdpoint.Analysis.Tests.Solvers;
using Holdpoint.Analysis.Tests.Symbolic;
using Holdpoint.Analysis.Theorems;
using Holdpoint.Policy;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Tests.Questions;

public sealed class PolicyAnalysisTests : IDisposable
{
    private const string Schema = """
        entity Group;
        entity User in [Group] { age: Long, nick?: String };
        entity Doc { owner: User, public: Bool };
        action view appliesTo { principal: User, resource: Doc, context: { n: Long } };
        """;

    private readonly CedarSchema _schema = SampleSchema.Resolve(Schema);
    private readonly SolverPool _pool = InstalledSolvers.Pool();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PolicyAnalysis Analysis => new(_schema, _pool);

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData("principal.age > 3", ProofResult.Proved)]
    [InlineData("principal.age + 1 > 3", ProofResult.Refuted)]
    [InlineData("principal.age < 10 && principal.age + 1 > 3", ProofResult.Proved)]
    [InlineData("context.n * 2 == 4", ProofResult.Refuted)]
    [InlineData("principal has nick && principal.nick == \"x\"", ProofResult.Proved)]
    public async Task A_policy_never_errs_or_a_request_shows_that_it_does(string condition, ProofResult expected) =>
        Assert.Equal(expected, (await Analysis.NeverErrsAsync(When(condition), Cancellation)).Result);

    [Theory]
    [InlineData("principal.age > 3 || principal.age <= 3", ProofResult.Proved)]
    [InlineData("principal.age > 3", ProofResult.Refuted)]
    [InlineData("principal == principal", ProofResult.Proved)]
    [InlineData("principal in principal", ProofResult.Proved)]
    [InlineData("context.n + 0 == context.n", ProofResult.Proved)]
    [InlineData("context.n - context.n == 0", ProofResult.Proved)]
    [InlineData("context.n * 3 - context.n - context.n == context.n", ProofResult.Refuted)]
    public async Task A_policy_always_matches_or_a_request_shows_that_it_does_not(string condition, ProofResult expected) =>
        Assert.Equal(expected, (await Analysis.AlwaysMatchesAsync(When(condition), Cancellation)).Result);

    [Theory]
    [InlineData("principal.age > 3 && principal.age < 4", ProofResult.Proved)]
    [InlineData("principal.age > 3 && principal.age < 5", ProofResult.Refuted)]
    [InlineData("User::\"a\" == User::\"b\"", ProofResult.Proved)]
    [InlineData("principal in Group::\"a\" && !(principal in Group::\"b\")", ProofResult.Refuted)]
    [InlineData("principal == User::\"a\" && User::\"a\" in Group::\"g\" && !(principal in Group::\"g\")", ProofResult.Proved)]
    [InlineData("principal has nick && principal.nick like \"a*\" && principal.nick like \"b*\"", ProofResult.Proved)]
    [InlineData("principal has nick && principal.nick like \"a*b\" && principal.nick == \"acb\"", ProofResult.Refuted)]
    public async Task A_policy_never_matches_or_a_request_shows_that_it_does(string condition, ProofResult expected) =>
        Assert.Equal(expected, (await Analysis.NeverMatchesAsync(When(condition), Cancellation)).Result);

    [Theory]
    [InlineData("principal in Team::\"a\" && Team::\"a\" in Org::\"o\" && !(principal in Org::\"o\")", ProofResult.Proved)]
    [InlineData("Team::\"a\" in Team::\"b\" && Team::\"b\" in Team::\"a\"", ProofResult.Proved)]
    [InlineData("Team::\"a\" in Team::\"b\" && Team::\"b\" in Team::\"c\" && Team::\"c\" in Team::\"a\"", ProofResult.Proved)]
    [InlineData(
        "principal in resource.owner.teams && resource.owner.teams == [Team::\"a\"] && !(principal in Team::\"a\")", ProofResult.Proved)]
    [InlineData("principal in resource.owner.teams && resource.owner.teams.isEmpty()", ProofResult.Proved)]
    [InlineData("principal in resource.owner.teams && !(principal in Team::\"a\")", ProofResult.Refuted)]
    [InlineData("principal in Org::\"o\" && !(principal in Team::\"a\")", ProofResult.Refuted)]
    [InlineData("principal in Org::\"o\" && !(principal in Org::\"p\") && Team::\"a\" in Org::\"p\"", ProofResult.Refuted)]
    public async Task A_hierarchy_has_no_cycles_and_no_gaps_and_a_witness_conforms(string condition, ProofResult expected)
    {
        var schema = SampleSchema.Schema;

        var conclusion = await new PolicyAnalysis(schema, _pool).NeverMatchesAsync(When(condition), Cancellation);

        Assert.Equal(expected, conclusion.Result);
        if (conclusion.Witness is { } witness)
        {
            Assert.Null(new RequestValidator(schema).Validate(witness.Request));
            Assert.Empty(new EntityValidator(schema).Validate(witness.Store));
            Assert.Empty(new EntityValidator(schema).FindDangling(witness.Store, witness.Request));
        }
    }

    [Fact]
    public async Task Policies_are_compared_by_the_requests_to_which_they_apply()
    {
        var (young, younger, old) = (When("principal.age < 10"), When("principal.age < 5", "b"), When("principal.age >= 10", "c"));

        Assert.True((await Analysis.MatchImpliesAsync(younger, young, Cancellation)).IsProved);
        Assert.False((await Analysis.MatchImpliesAsync(young, younger, Cancellation)).IsProved);
        Assert.True((await Analysis.MatchDisjointlyAsync(young, old, Cancellation)).IsProved);
        Assert.False((await Analysis.MatchEquallyAsync(young, younger, Cancellation)).IsProved);
        Assert.True((await Analysis.MatchEquallyAsync(young, When("!(10 <= principal.age)", "d"), Cancellation)).IsProved);
    }

    [Fact]
    public async Task Sets_are_compared_by_what_they_allow()
    {
        var before = Set("permit (principal, action, resource) when { resource.public };");
        var after = Set("permit (principal, action, resource) when { resource.public || resource.owner == principal };");
        var same = Set("permit (principal, action, resource); forbid (principal, action, resource) unless { resource.public };");

        Assert.True((await Analysis.AreEquivalentAsync(before, same, Cancellation)).IsProved);
        Assert.True((await Analysis.ImpliesAsync(before, after, Cancellation)).IsProved);
        Assert.True((await Analysis.AreDisjointAsync(
            before, Set("permit (principal, action, resource) unless { resource.public };"), Cancellation)).IsProved);

        var loosened = await Analysis.ImpliesAsync(after, before, Cancellation);

        Assert.Equal(Decision.Allow, after.Compile().Authorize(loosened.Witness!.Request, loosened.Witness.Store).Decision);
        Assert.Equal(Decision.Deny, before.Compile().Authorize(loosened.Witness.Request, loosened.Witness.Store).Decision);
    }

    [Fact]
    public async Task Attributes_whose_names_look_like_parts_of_others_are_kept_apart()
    {
        var schema = SampleSchema.Resolve("""
            entity User { a?: Bool, "a?": Long, b: { c: Bool }, "b.c": Long };
            action view appliesTo { principal: User, resource: User, context: { blanks: Set<{}> } };
            """);
        var policy = When(
            "principal has a && principal[\"a?\"] == 7 && principal.b.c && principal[\"b.c\"] == 8 && context.blanks.contains({})");

        var conclusion = await new PolicyAnalysis(schema, _pool).NeverMatchesAsync(policy, Cancellation);

        Assert.Equal(ProofResult.Refuted, conclusion.Result);
    }

    [Fact]
    public async Task An_id_that_a_list_names_twice_is_one_value()
    {
        var schema = SampleSchema.Resolve("""
            entity Kind enum ["a", "a"];
            action view appliesTo { principal: Kind, resource: Kind };
            """);

        var conclusion = await new PolicyAnalysis(schema, _pool).AlwaysMatchesAsync(When("principal == Kind::\"a\""), Cancellation);

        Assert.Equal(ProofResult.Proved, conclusion.Result);
    }

    [Fact]
    public async Task Of_a_policy_that_is_not_strictly_valid_nothing_is_known()
    {
        var conclusion = await Analysis.NeverErrsAsync(When("principal.nick == \"x\""), Cancellation);

        Assert.Equal(ProofResult.Unknown, conclusion.Result);
        Assert.Contains("policy0", conclusion.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_solvers_cannot_hold_is_not_proved()
    {
        var conclusion = await Analysis.NeverMatchesAsync(When("principal has nick && principal.nick like \"*\U0003FFFF*\""), Cancellation);

        Assert.Equal(ProofResult.Unknown, conclusion.Result);
    }

    [Fact]
    public async Task A_witness_has_nothing_that_need_not_be_there()
    {
        var witness = (await Analysis.NeverMatchesAsync(When("context.n > 1000 && principal.age == 0"), Cancellation)).Witness!;

        Assert.Equal("{\"n\": 1001}", witness.Request.Context.ToString());
    }

    private static Policy.Policy When(string condition, string id = "policy0") =>
        SampleSchema.Policies($"permit (principal, action, resource) when {{ {condition} }};")[0] with { Id = id };

    private static PolicySet Set(string text) => PolicySet.Create(SampleSchema.Policies(text));
}
