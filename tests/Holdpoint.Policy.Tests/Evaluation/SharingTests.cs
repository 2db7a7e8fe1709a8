using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Bench;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Evaluation;

public sealed class SharingTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 20_000));

    // Few different pieces, so that the policies of a set have much in common: what they begin with, errors,
    // values that are no truth values.
    private static readonly Gen<string> Conditions =
        from pieces in Gen.Elements(
            "context has n", "context.n > 5", "context.n > 7", "context.s like \"te*\"",
            "principal.nothing == 1", "principal.age", "context.n",
            "principal.home.city.zip == 1", "resource in [Photo::\"p1\"]", "[1, 7].contains(context.n)", "!(context.n == 7)",
            "principal.home == {\"city\": {\"zip\": context.n - 6}}", "context has n && context.n > 5", "principal.ghost.name == \"x\"",
            "if context.n > 5 then principal.age > 3 else false", "datetime(context.s) < principal.since").NonEmptyListOf()
        from op in Gen.Elements(" && ", " || ")
        select string.Join(op, pieces.Take(4).Select(p => $"({p})"));

    private static readonly Gen<string> PolicyTexts =
        from effect in Gen.Elements("permit", "forbid")
        from scope in Gen.Elements(
            "principal, action, resource", "principal is User, action, resource", "principal is Team, action, resource")
        from conditions in Gen.Zip(Gen.Elements("when", "unless"), Conditions).ListOf(2)
        select $"{effect} ({scope}){string.Concat(conditions.Select(c => $" {c.Item1} {{ {c.Item2} }}"))};";

    [Fact]
    public void A_policy_comes_to_the_same_among_others_as_alone() =>
        Prop.ForAll(PolicyTexts.ListOf().ToArbitrary(), texts =>
        {
            var policies = World.Policies(string.Concat(texts));
            var together = PolicySet.Create(policies).Compile().Evaluate(World.Request, World.Entities);
            var alone = policies.SelectMany(p => PolicySet.Create([p]).Compile().Evaluate(World.Request, World.Entities).All.ToArray());

            Assert.Equal(alone, together.All.ToArray());
        }).Check(Many);

    [Fact]
    public void Any_policies_come_to_the_same_among_others_as_alone() =>
        Prop.ForAll(Policies.Generator.ListOf().ToArbitrary(), generated =>
        {
            var policies = generated.Concat(generated).Select((p, i) => p with { Id = $"policy{i}" }).ToList();
            var together = PolicySet.Create(policies).Compile().Evaluate(World.Request, World.Entities);
            var alone = policies.SelectMany(p => PolicySet.Create([p]).Compile().Evaluate(World.Request, World.Entities).All.ToArray());

            Assert.Equal(alone, together.All.ToArray());
        }).Check(Many);

    [Fact]
    public void Kept_outcomes_tell_nothing_of_one_request_to_the_next()
    {
        var authorizer = PolicySet.Create(World.Policies("""
            permit (principal, action, resource) when { context.n > 5 && context.s == "text" };
            permit (principal, action, resource) when { context.n > 5 && context.s != "text" };
            """)).Compile();
        var outcomes = new PolicyOutcomes();
        authorizer.Evaluate(World.Request, World.Entities, outcomes);
        Assert.Equal(1, outcomes.All.Length);

        authorizer.Evaluate(
            World.Request with { Context = Value.Record(KeyValuePair.Create<string, Value>("n", Value.Of(1))) }, World.Entities, outcomes);
        Assert.Equal(0, outcomes.All.Length);

        PolicySet.Create(World.Policies("permit (principal, action, resource);")).Compile().Evaluate(
            World.Request, World.Entities, outcomes);
        Assert.Equal(1, outcomes.All.Length);
    }

    [Fact]
    public void An_error_in_what_policies_share_is_told_at_the_place_of_each()
    {
        const string Text = "permit (principal, action, resource) when { principal.nothing };\n"
            + "forbid (principal, action, resource) when { principal.nothing };";
        var outcomes = PolicySet.Create(World.Policies(Text)).Compile().Evaluate(World.Request, World.Entities);

        Assert.Equal([1, 2], outcomes.All.ToArray().Select(o => o.Error!.Span.PlaceIn(Text).Line));
    }

    [Fact]
    public void What_does_not_compare_is_asked_once_however_deep_it_stands()
    {
        // An evaluator that asks twice to find the words of an error would take 2^100 steps here.
        var nested = "context.s";
        for (var i = 0; i < 100; i++)
        {
            nested = $"({nested} > {i})";
        }

        Assert.Single(World.Authorize($"permit (principal, action, resource) when {{ {nested} }};").Errors);
    }

    [Fact]
    public void Clauses_of_the_red_lines_kind_are_decided_without_allocating()
    {
        var (request, entities, outcomes) = (RedLineRequest.Read(), RedLineRequest.ReadEntities(), new PolicyOutcomes());
        foreach (var clauses in (string[])[RedLineClauses.Fitting(10), RedLineClauses.Fitting(100), RedLineClauses.TenFitting(1_000)])
        {
            var authorizer = PolicySet.Create(PolicyParser.Parse(clauses).Policies).Compile();

            Assert.Equal(0, Allocations.Of(() => authorizer.Evaluate(request, entities, outcomes), times: 100));
            Assert.Equal(Decision.Allow, outcomes.Decision);
        }
    }

    [Fact]
    public void Ten_thousand_policies_for_one_group_are_indexed_by_what_tells_them_apart()
    {
        var policies = string.Concat(Enumerable.Range(0, 10_000).Select(i =>
            $"permit (principal in Team::\"all\", action == Action::\"view\", resource == Photo::\"p{i}\");"));

        Assert.Equal(["policy1"], World.Authorize(policies).Reasons);
    }
}
