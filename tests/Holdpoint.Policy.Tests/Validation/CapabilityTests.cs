namespace Holdpoint.Policy.Tests.Validation;

/// <summary>Where what is optional is known to be there.</summary>
public sealed class CapabilityTests
{
    [Theory]
    [InlineData("principal has nick && principal.nick == \"x\"")]
    [InlineData("principal has \"nick\" && principal[\"nick\"] == \"x\"")]
    [InlineData("if principal has nick then principal.nick == \"x\" else false")]
    [InlineData("(principal has nick && principal.age > 1) && principal.nick == \"x\"")]
    [InlineData("(principal has nick || principal has nick) && principal.nick == \"x\"")]
    [InlineData("(if principal.age > 1 then principal has nick else principal has nick) && principal.nick == \"x\"")]
    [InlineData("(false || principal has nick) && principal.nick == \"x\"")]
    [InlineData("principal has boss.nick && principal.boss.nick == \"x\"")]
    [InlineData("principal.hasTag(principal.name) && principal.getTag(principal.name) == \"x\"")]
    [InlineData("principal has home.zip && principal.home.zip > 1")]
    [InlineData("{b: 1, a: principal}.a has nick && {a: principal, b: 1}.a.nick == \"x\"")]
    [InlineData("(if 1 > principal.age then resource.owner else principal) has nick && (if !(1 <= principal.age) then "
        + "resource.owner else principal).nick == \"x\"")]
    public void A_test_before_it_makes_a_read_safe(string condition) => Assert.Equal("", Office.Errors(Office.Viewing(condition)));

    [Theory]
    [InlineData("principal.nick == \"x\" && principal has nick", "CV0204")]
    [InlineData("principal has nick || principal.nick == \"x\"", "CV0204")]
    [InlineData("!(principal has nick) && principal.nick == \"x\"", "CV0204")]
    [InlineData("if principal has nick then true else principal.nick == \"x\"", "CV0204")]
    [InlineData("(principal has nick || principal.age > 1) && principal.nick == \"x\"", "CV0204")]
    [InlineData("(if principal.age > 1 then principal has nick else principal has boss) && principal.nick == \"x\"", "CV0204")]
    [InlineData("(if principal.age > 1 then principal has boss else principal has nick) && principal.nick == \"x\"", "CV0204")]
    [InlineData("(if principal has nick then principal.age > 1 else principal.age > 2) && principal.nick == \"x\"", "CV0204")]
    [InlineData("resource.owner has nick && principal.nick == \"x\"", "CV0204")]
    [InlineData("principal has boss && principal.boss.nick == \"x\"", "CV0204")]
    [InlineData("principal.hasTag(\"a\") && principal.getTag(\"b\") == \"x\"", "CV0205")]
    [InlineData("principal.hasTag(\"nick\") && principal.nick == \"x\"", "CV0204")]
    [InlineData("(principal has nick) == true && principal.nick == \"x\"", "CV0204")]
    public void A_test_of_something_else_or_elsewhere_does_not(string condition, string code) =>
        Assert.Equal(code, Office.Errors(Office.Viewing(condition)));

    [Fact]
    public void A_when_is_known_in_the_conditions_after_it_and_an_unless_only_by_its_negation()
    {
        const string Scope = "permit (principal is User, action == Action::\"view\", resource)";

        Assert.Equal("", Office.Errors($"{Scope} when {{ principal has nick }} when {{ principal.nick == \"x\" }};"));
        Assert.Equal("", Office.Errors($"{Scope} when {{ principal has nick }} unless {{ principal.nick == \"x\" }};"));
        Assert.Equal("CV0204", Office.Errors($"{Scope} unless {{ principal has nick }} when {{ principal.nick == \"x\" }};"));
        Assert.Equal("CV0204", Office.Errors($"{Scope} when {{ principal.nick == \"x\" }} when {{ principal has nick }};"));
    }

    [Fact]
    public void Each_environment_is_checked_by_itself()
    {
        // In `view`, principals are users and bots; only a user has an age, and only a bot's nick is a number.
        Assert.Equal("CV0203", Office.Errors("permit (principal, action == Action::\"view\", resource) when { principal.age > 1 };"));
        Assert.Equal(
            "", Office.Errors("permit (principal, action == Action::\"view\", resource) when { principal is User && principal.age > 1 };"));
        Assert.Equal("CV0201", Office.Errors("permit (principal, action, resource) when { principal has nick && principal.nick > 1 };"));
        Assert.Equal("", Office.Errors("permit (principal is Bot, action, resource) when { principal has nick && principal.nick > 1 };"));
    }
}
