using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Policy.Tests.Validation;

/// <summary>Names that the schema does not have, scopes that nothing fits, and what findings say.</summary>
public sealed class ScopeTests
{
    [Theory]
    [InlineData("permit (principal == Usr::\"a\", action, resource);", "CV0101 CV0104", "principal == Usr::\"a\"", "did you mean `User`?")]
    [InlineData("permit (principal, action, resource is Dok);", "CV0101 CV0104", "resource is Dok", "did you mean `Doc`?")]
    [InlineData(
        "permit (principal in Ally::\"a\", action, resource);", "CV0101 CV0104", "principal in Ally::\"a\"", "did you mean `Deep::Ally`?")]
    [InlineData(
        "permit (principal, action == Action::\"vieww\", resource);", "CV0102 CV0104",
        "action == Action::\"vieww\"", "did you mean `Action::\"view\"`?")]
    [InlineData(
        "permit (principal, action in [Action::\"read\", Action::\"wrte\"], resource);",
        "CV0102 CV0104", "action in [Action::\"read\", Action::\"wrte\"]", null)]
    [InlineData(
        "permit (principal, action, resource) when { resource is Foldr };", "CV0101", "resource is Foldr", "did you mean `Folder`?")]
    [InlineData(
        "permit (principal is User, action == Action::\"view\", resource) when { resource.color == Color::\"gren\" };",
        "CV0103", "Color::\"gren\"", "did you mean `green`?")]
    [InlineData(
        "permit (principal is User, action == Action::\"view\", resource) when { resource.color == Color::\"cyan\" };",
        "CV0103", "Color::\"cyan\"", "it has \"red\", \"green\"")]
    [InlineData(
        "permit (principal is User, action == Action::\"view\", resource) when { principal.agee > 1 };",
        "CV0203", "principal.agee", "did you mean `age`?")]
    [InlineData(
        "permit (principal is User, action == Action::\"view\", resource) when { principal.nick == \"x\" };",
        "CV0204", "principal.nick", "test for it first: `principal has nick && …`")]
    [InlineData(
        "permit (principal is User, action == Action::\"view\", resource) when { principal.getTag(\"a\") == \"x\" };",
        "CV0205", "principal.getTag(\"a\")", "test for it first: `principal.hasTag(\"a\") && …`")]
    [InlineData(
        "permit (principal is User, action == Action::\"view\", resource) when { principal.floor == \"x\" };",
        "CV0203", "principal.floor", "for a tag, write `principal.getTag(\"floor\")`")]
    [InlineData("permit (principal == Team::\"a\", action, resource);", "CV0104", null, "write `in` instead of `==` for the principal")]
    [InlineData(
        "permit (principal == Team::\"a\", action == Action::\"view\", resource == Folder::\"f\");",
        "CV0104", null, "write `in` instead of `==` for the principal and the resource")]
    [InlineData("permit (principal is Team, action, resource);", "CV0104", null, null)]
    [InlineData("permit (principal is Bot, action == Action::\"edit\", resource);", "CV0104", null, null)]
    [InlineData("permit (principal is Bot in Team::\"a\", action, resource);", "CV0104", null, null)]
    [InlineData("permit (principal, action == Action::\"read\", resource);", "CV0104", null, null)]
    public void Findings_say_what_where_and_what_instead(string policy, string codes, string? place, string? suggestion)
    {
        var result = Office.Validate(policy);
        var first = result.Errors.OrderBy(f => f.Code, StringComparer.Ordinal).First();

        Assert.Equal(codes, Office.Codes(result.Errors));
        Assert.Equal(place ?? policy, policy.Substring(first.Span.Start, first.Span.Length));
        Assert.Equal(suggestion, first.Suggestion);
        Assert.Equal("policy0", first.PolicyId);
        Assert.StartsWith($"{first.Code} policy0 at 1:", first.Describe(policy), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("permit (principal in Team::\"a\", action in Action::\"all\", resource in Folder::\"f\");")]
    [InlineData("permit (principal is User in Team::\"a\", action in [Action::\"read\", Action::\"edit\"], resource);")]
    [InlineData("permit (principal == User::\"a\", action == Action::\"edit\", resource is Folder);")]
    [InlineData("permit (principal, action in Action::\"read\", resource);")]
    public void A_scope_that_some_request_fits_is_valid(string policy)
    {
        var result = Office.Validate(policy);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Every_policy_with_a_fault_is_named_and_the_others_are_not()
    {
        var result = Office.Validate("""
            permit (principal, action, resource) when { 1 };
            permit (principal, action, resource);
            forbid (principal, action, resource) when { [] == [1] && 2 };
            """);

        Assert.False(result.IsValid);
        Assert.Equal(["policy0 CV0201", "policy2 CV0207", "policy2 CV0201"], result.Errors.Select(e => $"{e.PolicyId} {e.Code}"));
    }

    [Fact]
    public void One_fault_is_told_once_however_many_environments_show_it()
    {
        var error = Assert.Single(Office.Validate("permit (principal, action, resource) when { 1 + \"a\" == 2 };").Errors);

        Assert.Equal(ValidationCode.UnexpectedType, error.Code);
    }

    [Fact]
    public void Of_one_policy_a_hundred_findings_are_told_and_it_stays_invalid()
    {
        var faults = string.Join(" || ", Enumerable.Range(0, 150).Select(i => $"principal.x{i}"));

        Assert.Equal(100, Office.Validate(Office.Viewing(faults)).Errors.Length);
    }

    [Fact]
    public void A_path_or_a_tree_deeper_than_the_validator_goes_is_an_error()
    {
        // One condition counts one; so a tree of 999 is at the limit.
        var within = Negated(998);
        Assert.Empty(Validator.Validate(PolicySet.Create([within]), Office.Schema).Errors);
        Assert.True(Validator.Type(within, Office.Schema).IsValid);

        var path = new HasExpr(new VariableExpr(Variable.Context), [.. Enumerable.Repeat("a", 100_000)]);
        foreach (var policy in (Policy[])[Negated(999), within with { Conditions = [new(ConditionKind.When, path)] }])
        {
            Assert.Equal("CV0901", Office.Codes(Validator.Validate(PolicySet.Create([policy]), Office.Schema).Errors));
            Assert.Equal("CV0901", Office.Codes(Validator.Type(policy, Office.Schema).Errors));
        }

        static Policy Negated(int times)
        {
            Expr body = new LiteralExpr(Value.Of(true));
            for (var i = 0; i < times; i++)
            {
                body = new UnaryExpr(UnaryOperator.Not, body);
            }

            return new() { Id = "p", Effect = Effect.Permit, Conditions = [new(ConditionKind.When, body)] };
        }
    }

    [Fact]
    public void A_schema_without_actions_makes_every_policy_impossible_and_inapplicable()
    {
        var parsed = PolicyParser.Parse("permit (principal, action, resource);");
        var result = Validator.Validate(PolicySet.Create(parsed.Policies), Office.Read("entity A;"));

        Assert.Equal(("CV0104", "CV0501"), (Office.Codes(result.Errors), Office.Codes(result.Warnings)));
    }
}
