using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;
using Holdpoint.Policy.Validation.Levels;

namespace Holdpoint.Policy.Tests.Validation;

/// <summary>RFC 76: how many steps from entity to entity a policy takes.</summary>
public sealed class LevelTests
{
    [Theory]
    [InlineData(0, "context.at == datetime(\"2024-01-01\")")]
    [InlineData(0, "principal == User::\"a\" && context has via")]
    [InlineData(0, "{a: 1}.a == 1")]
    [InlineData(1, "principal.age > 1")]
    [InlineData(1, "principal has nick")]
    [InlineData(1, "principal in Team::\"a\"")]
    [InlineData(1, "principal.home.city == \"x\"")]
    [InlineData(1, "principal.hasTag(\"a\") && principal.getTag(\"a\") == \"x\"")]
    [InlineData(1, "context has via && context.via.age > 1")]
    [InlineData(1, "action in Action::\"all\"")]
    [InlineData(1, "{a: principal, b: resource}.a.age > 1")]
    [InlineData(2, "resource.owner.age > 1")]
    [InlineData(2, "resource in Folder::\"f\" && resource.owner in Team::\"a\"")]
    [InlineData(2, "resource.owner has nick")]
    [InlineData(2, "principal.hasTag(resource.owner.name)")]
    [InlineData(2, "(if principal.age > 1 then principal else resource.owner).age > 1")]
    [InlineData(2, "{a: principal, b: resource.owner.age}.a.age > 1")]
    [InlineData(3, "resource.owner has boss && resource.owner.boss.age > 1")]
    [InlineData(4, "resource.owner has boss.boss.nick")]
    public void A_policy_has_the_level_of_its_longest_way(int level, string condition)
    {
        // The scope of this policy is of level 0.
        var policy = $"permit (principal == User::\"a\", action == Action::\"view\", resource == Doc::\"d\") when {{ {condition} }};";

        Assert.Equal("", Office.Errors(policy, level: level));
        Assert.Equal(level, LevelValidator.LevelOf(PolicySet.Create(PolicyParser.Parse(policy).Policies), Office.Schema));
        if (level > 0)
        {
            Assert.Equal(ValidationCode.LevelExceeded, Office.Errors(policy, level: level - 1));
        }
    }

    [Theory]
    [InlineData("User::\"a\".age > 1")]
    [InlineData("User::\"a\" in principal.team")]
    [InlineData("(if principal.age > 1 then User::\"a\" else principal).age > 1")]
    public void Data_of_an_entity_that_the_policy_names_is_of_no_level(string condition)
    {
        Assert.Equal(ValidationCode.LiteralDereference, Office.Errors(Office.Viewing(condition), level: 9));
        Assert.Null(LevelValidator.LevelOf(PolicySet.Create(PolicyParser.Parse(Office.Viewing(condition)).Policies), Office.Schema));
        Assert.Equal("", Office.Errors(Office.Viewing(condition)));
    }

    [Fact]
    public void What_is_never_evaluated_has_no_level() =>
        Assert.Equal("", Office.Errors(
            "permit (principal == User::\"a\", action == Action::\"view\", resource) when { principal is Bot && resource.owner.age > 1 };",
            level: 0));

    [Fact]
    public void A_policy_that_is_not_strictly_valid_has_no_level() =>
        Assert.Null(LevelValidator.LevelOf(
            PolicySet.Create(PolicyParser.Parse(Office.Viewing("principal.nick == \"x\"")).Policies), Office.Schema));
}
