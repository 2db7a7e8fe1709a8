using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;
using Holdpoint.Policy.Validation.Typed;

namespace Holdpoint.Policy.Tests.Validation;

public sealed class TypedPolicyTests
{
    [Fact]
    public void A_policy_is_typed_once_for_each_kind_of_request()
    {
        var typed = Validator.Type(Parse("permit (principal, action, resource) when { principal has nick };"), Office.Schema);

        Assert.Equal(Office.Schema.Environments, typed.ByEnvironment.Select(t => t.Environment));
        Assert.All(typed.ByEnvironment, t => Assert.False(t.IsImpossible));
    }

    [Fact]
    public void What_an_environment_rules_out_is_known_by_its_type()
    {
        var typed = Validator.Type(Parse("permit (principal is Bot, action, resource);"), Office.Schema);

        Assert.Equal(
            typed.ByEnvironment.Select(t => t.Environment.PrincipalType.Name != "Bot"), typed.ByEnvironment.Select(t => t.IsImpossible));
    }

    [Fact]
    public void Every_part_has_its_type_and_its_place()
    {
        var text = Office.Viewing("resource.owner.home.city like \"a*\" && [principal.age].contains(1)");
        var typed = Validator.Type(Parse(text), Office.Schema).ByEnvironment.Single(t => !t.IsImpossible);
        var parts = typed.Condition.DescendantsAndSelf().ToLookup(p => text.Substring(p.Span.Start, p.Span.Length), p => p.Type.ToString());

        Assert.Equal(["Doc"], parts["resource"]);
        Assert.Equal(["User"], parts["resource.owner"]);
        Assert.Equal(["{city: String, zip?: Long}"], parts["resource.owner.home"]);
        Assert.Equal(["String"], parts["resource.owner.home.city"]);
        Assert.Equal(["Set<Long>"], parts["[principal.age]"]);
        Assert.Equal(["Bool"], parts["resource.owner.home.city like \"a*\""]);
    }

    [Fact]
    public void Derived_operators_are_written_with_those_of_the_core()
    {
        var typed = Condition(
            "principal.age != 1 && principal.age > 2 && principal.age >= 3 && principal has home.zip && principal is User in Team::\"a\"");
        var nodes = typed.DescendantsAndSelf().ToList();

        Assert.Equal(3, nodes.OfType<TypedExpr.Not>().Count());
        Assert.Equal([true, false], nodes.OfType<TypedExpr.Less>().Select(l => l.OrEqual));
        Assert.Equal(["home", "zip"], nodes.OfType<TypedExpr.Has>().Select(h => h.Name));
        Assert.Single(nodes.OfType<TypedExpr.In>());
    }

    [Fact]
    public void Dead_branches_are_not_in_the_tree()
    {
        Assert.DoesNotContain(
            Condition("if principal is User then principal.age > 1 else principal.nonsense").DescendantsAndSelf(),
            n => n is TypedExpr.Get { Name: "nonsense" });
        Assert.Equal(CedarType.Boolean.False, Condition("principal is Bot && principal.nonsense").Type);
    }

    [Fact]
    public void A_policy_that_is_not_strictly_valid_has_errors_and_no_types()
    {
        var typed = Validator.Type(Parse(Office.Viewing("principal.age == \"x\"")), Office.Schema);

        Assert.False(typed.IsValid);
        Assert.Empty(typed.ByEnvironment);
        Assert.Equal(ValidationCode.IncompatibleTypes, Assert.Single(typed.Errors).Code);
    }

    [Fact]
    public void No_type_of_permissive_mode_is_in_a_tree()
    {
        var conditions = new[]
        {
            "(if context has note then principal else resource.owner).age > 1", "{a: [1], b: {c: principal}}.b.c == principal",
            "(if principal.age > 1 then {a: true} else {a: false}).a",
        };

        Assert.All(
            conditions.SelectMany(c => Condition(c).DescendantsAndSelf()),
            n => Assert.True(n.Type.GetType().IsPublic || n.Type.GetType().IsNestedPublic));
    }

    private static TypedExpr Condition(string condition) =>
        Validator.Type(Parse(Office.Viewing(condition)), Office.Schema).ByEnvironment
            .Single(t => t.Environment.PrincipalType.Name == "User" && t.Environment.Action.Uid.Id == "view").Condition;

    private static Policy Parse(string text) => Assert.Single(PolicyParser.Parse(text).Policies);
}
