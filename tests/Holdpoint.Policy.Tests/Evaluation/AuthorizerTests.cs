using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Evaluation;

public sealed class AuthorizerTests
{
    private const string Permit = "permit (principal, action, resource);";
    private const string Forbid = "forbid (principal, action, resource);";
    private const string Errs = "(principal, action, resource) when { principal.nothing };";

    [Fact]
    public void Nothing_that_applies_is_a_denial_without_reasons()
    {
        var response = World.Authorize("permit (principal, action, resource) when { false };");

        Assert.Equal(Decision.Deny, response.Decision);
        Assert.Empty(response.Reasons);
        Assert.Empty(response.Errors);
    }

    [Fact]
    public void One_forbid_beats_any_number_of_permits()
    {
        var response = World.Authorize(Permit + Forbid + Permit);

        Assert.Equal(Decision.Deny, response.Decision);
        Assert.Equal(["policy1"], response.Reasons);
    }

    [Fact]
    public void Every_permit_that_applies_is_a_reason_in_the_order_of_the_set()
    {
        var response = World.Authorize(
            "permit (principal == User::\"alice\", action, resource);" + "permit (principal == User::\"bob\", action, resource);"
            + Permit + "permit (principal, action in Action::\"read\", resource is Photo);");

        Assert.Equal(Decision.Allow, response.Decision);
        Assert.Equal(["policy0", "policy2", "policy3"], response.Reasons);
    }

    [Fact]
    public void Plain_Cedar_leaves_a_policy_that_errs_out_of_the_decision()
    {
        var response = World.Authorize(Permit + "forbid " + Errs + "permit " + Errs);

        Assert.Equal(Decision.Allow, response.Decision);
        Assert.Equal(["policy0"], response.Reasons);
        Assert.Equal(["policy1", "policy2"], response.Errors.Select(e => e.PolicyId));
    }

    [Fact]
    public void The_outcomes_show_every_policy_that_applies_or_errs_also_beside_a_forbid()
    {
        var outcomes = PolicySet.Create(
            World.Policies(Permit + "forbid " + Errs + Forbid + "permit (principal is Team, action, resource);"))
            .Compile().Evaluate(World.Request, World.Entities);

        Assert.Equal(["policy0", "policy1", "policy2"], outcomes.All.ToArray().Select(o => o.Policy.Id));
        Assert.Equal([true, false, true], outcomes.All.ToArray().Select(o => o.IsSatisfied));
    }

    [Fact]
    public void Conditions_are_asked_in_their_order_until_one_does_not_hold()
    {
        Assert.Empty(World.Authorize("permit (principal, action, resource) when { false } when { 1 };").Errors);
        Assert.Empty(World.Authorize("permit (principal, action, resource) unless { true } unless { 1 };").Errors);
        Assert.Single(World.Authorize("permit (principal, action, resource) when { 1 } when { false };").Errors);
    }

    [Theory]
    [InlineData("principal == User::\"alice\", action, resource", true)]
    [InlineData("principal == User::\"bob\", action, resource", false)]
    [InlineData("principal in Team::\"all\", action, resource", true)]
    [InlineData("principal in User::\"alice\", action, resource", true)]
    [InlineData("principal == Team::\"all\", action, resource", false)]
    [InlineData("principal is User, action, resource", true)]
    [InlineData("principal is Team, action, resource", false)]
    [InlineData("principal is User in Team::\"red\", action, resource", true)]
    [InlineData("principal is Team in Team::\"red\", action, resource", false)]
    [InlineData("principal, action == Action::\"view\", resource", true)]
    [InlineData("principal, action == Action::\"read\", resource", false)]
    [InlineData("principal, action in Action::\"read\", resource", true)]
    [InlineData("principal, action in [Action::\"edit\", Action::\"view\"], resource", true)]
    [InlineData("principal, action in [], resource", false)]
    [InlineData("principal, action, resource == Photo::\"p1\"", true)]
    [InlineData("principal, action, resource in Photo::\"p1\"", true)]
    [InlineData("principal, action, resource is Photo", true)]
    [InlineData("principal, action, resource is Photo in Photo::\"p2\"", false)]
    [InlineData("principal in Team::\"all\", action == Action::\"view\", resource is Video", false)]
    public void A_scope_is_what_it_says(string scope, bool applies) =>
        Assert.Equal(applies, World.Authorize($"permit ({scope});").Decision == Decision.Allow);

    [Fact]
    public void The_index_of_scopes_never_hides_a_policy_that_applies() =>
        // A scope's meaning as a condition is not indexed, so it tells what the index should have found.
        Prop.ForAll(Gen.Elements(Scopes).ArrayOf().ToArbitrary(), scopes =>
        {
            var indexed = World.Authorize(string.Concat(scopes.Select(s => $"permit ({s.Principal}, {s.Action}, {s.Resource});")));
            var spelt = World.Authorize(string.Concat(scopes.Select(s =>
                $"permit (principal, action, resource) when {{ ({AsCondition(s.Principal)}) && ({AsCondition(s.Action)}) && "
                + $"({AsCondition(s.Resource)}) }};")));
            return indexed.Reasons.SequenceEqual(spelt.Reasons) && indexed.Decision == spelt.Decision;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sets_larger_than_the_scratch_memory_on_the_stack_decide_the_same()
    {
        var many = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"permit (principal == User::\"u{i}\", action, resource);"));

        Assert.Equal(["policy5000"], World.Authorize(many + "permit (principal == User::\"alice\", action, resource);").Reasons);
    }

    [Fact]
    public void Adding_a_forbid_never_turns_a_denial_into_an_allowance() =>
        Prop.ForAll(Policies.Generator.ArrayOf().ToArbitrary(), Policies.Generator.ToArbitrary(), (before, added) =>
        {
            var set = before.Select((p, i) => p with { Id = $"policy{i}" }).ToList();
            var forbid = added with { Id = "added", Effect = Effect.Forbid };

            var without = PolicySet.Create(set).Compile().Authorize(World.Request, World.Entities).Decision;
            var with = PolicySet.Create([.. set, forbid]).Compile().Authorize(World.Request, World.Entities).Decision;
            return with == Decision.Deny || without == Decision.Allow;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_decision_into_kept_outcomes_allocates_nothing()
    {
        var authorizer = PolicySet.Create(World.Policies("""
            permit (principal, action == Action::"view", resource is Photo)
            when { principal.age + context.n * 2 > 18 && principal.home.city.zip == 1 && principal.name like "A*e" };
            forbid (principal in Team::"all", action, resource)
            when { [1, 2, 3].contains(context.n) || !(principal.langs.containsAny(["fr", 4])) && principal.since > datetime("2025-01-01") };
            permit (principal, action, resource) unless { context has nothing || principal.hasTag("nothing") || -context.n == 7 };
            """)).Compile();
        var outcomes = new PolicyOutcomes();
        authorizer.Evaluate(World.Request, World.Entities, outcomes);
        Assert.Equal(2, outcomes.All.Length);

        Assert.Equal(0, Allocations.Of(() => authorizer.Evaluate(World.Request, World.Entities, outcomes), times: 1_000));
    }

    private static readonly (string Principal, string Action, string Resource)[] Scopes =
    [
        .. from principal in (string[])["principal", "principal == User::\"alice\"", "principal in Team::\"all\"", "principal is User",
                                         "principal == Team::\"all\"", "principal is User in Team::\"red\"", "principal is Team"]
           from action in (string[])["action", "action == Action::\"view\"", "action in [Action::\"read\", Action::\"view\"]",
                                      "action == Action::\"read\"", "action in [Action::\"edit\"]"]
           from resource in (string[])["resource", "resource == Photo::\"p1\"", "resource in Photo::\"p1\"",
                                       "resource is Photo", "resource is Video"]
           select (principal, action, resource),
    ];

    private static string AsCondition(string scope) => scope.Contains(' ', StringComparison.Ordinal) ? scope : "true";
}
