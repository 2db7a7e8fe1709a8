using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Tests;

public sealed class PolicySetTests
{
    private static readonly Template Shared = PolicyParser.Parse(
        "permit (principal in ?principal, action, resource == ?resource) unless { principal.age < 18 };").Templates[0];

    [Fact]
    public void A_link_decides_like_the_policy_that_it_spells()
    {
        var set = PolicySet.Create(
            [], [Shared], [
                new("policy0", "for-red", new("Team", "red"), new("Photo", "p1")),
                new("policy0", "for-blue", new("Team", "blue"), new("Photo", "p1"))]);

        Assert.Equal(["for-red"], set.Compile().Authorize(World.Request, World.Entities).Reasons);
        Assert.Equal(
            World.Policies("permit (principal in Team::\"red\", action, resource == Photo::\"p1\") unless { principal.age < 18 };")[0],
            set.Policies[0] with { Id = "policy0" });
    }

    [Fact]
    public void A_template_alone_decides_nothing() =>
        Assert.Equal(Decision.Deny, PolicySet.Create([], [Shared]).Compile().Authorize(World.Request, World.Entities).Decision);

    [Fact]
    public void What_does_not_fit_together_is_refused()
    {
        var policy = World.Policies("permit (principal, action, resource);")[0];
        var (red, photo) = (new EntityUid("Team", "red"), new EntityUid("Photo", "p1"));

        Assert.Throws<ArgumentException>(() => PolicySet.Create([policy, policy]));
        Assert.Throws<ArgumentException>(() => PolicySet.Create([policy], [Shared]));
        Assert.Throws<ArgumentException>(() => PolicySet.Create([Shared.Body]));
        Assert.Throws<ArgumentException>(() => PolicySet.Create([], [Shared], [new("policy0", "policy0", red, photo)]));
        Assert.Throws<ArgumentException>(() => PolicySet.Create([], [Shared], [new("other", "link", red, photo)]));
        Assert.Throws<ArgumentException>(() => PolicySet.Create([], [Shared], [new("policy0", "link", red)]));
        Assert.Throws<ArgumentException>(() => PolicySet.Create([], [Shared], [new("policy0", "link", null, photo)]));
    }

    [Fact]
    public void An_added_condition_is_asked_after_the_others()
    {
        var condition = new Condition(ConditionKind.Unless, ExpressionParser.Parse("context.n == 7").Expression!);
        var policy = World.Policies("permit (principal, action, resource) when { true };")[0].WithCondition(condition);

        Assert.Equal("permit (principal, action, resource)\nwhen { true }\nunless { context.n == 7 };", policy.ToString());
        Assert.Equal(Decision.Deny, PolicySet.Create([policy]).Compile().Authorize(World.Request, World.Entities).Decision);
    }

    [Fact]
    public void Descendants_are_every_expression_outer_before_inner_and_left_before_right()
    {
        var expression = ExpressionParser.Parse("if context.a then [1] else {x: f::\"g\"}").Expression!;

        Assert.Equal(
            ["if context.a then [1] else {x: f::\"g\"}", "context.a", "context", "[1]", "1", "{x: f::\"g\"}", "f::\"g\""],
            expression.DescendantsAndSelf().Select(e => e.ToString()));
    }

    [Fact]
    public void A_changed_request_answers_for_the_change()
    {
        var authorizer = PolicySet.Create(
            World.Policies("permit (principal == User::\"alice\", action, resource) when { principal.age == 41 };")).Compile();

        Assert.Equal(Decision.Allow, authorizer.Authorize(World.Request, World.Entities).Decision);
        Assert.Equal(Decision.Deny, authorizer.Authorize(World.Request with { Principal = new("User", "bob") }, World.Entities).Decision);
    }
}
