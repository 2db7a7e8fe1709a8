using Holdpoint.Policy.Syntax;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Policy.Tests.Validation;

/// <summary>What each operator takes, in a condition on a user who views a document.</summary>
public sealed class TypingTests
{
    [Theory]
    [InlineData("principal.age > 3 && principal.name like \"a*\" && principal.langs.contains(\"en\")")]
    [InlineData("principal.age + 1 - 2 * 3 < -principal.age || principal.age <= 4")]
    [InlineData("principal.langs.containsAll([\"a\", \"b\"]) && principal.langs.containsAny([\"c\"]) && !principal.langs.isEmpty()")]
    [InlineData("{a: 1, b: principal}.b.age == 1")]
    [InlineData("(if principal.age > 1 then principal.home.city else principal.name) == \"x\"")]
    [InlineData("principal == resource.owner && principal in principal.team && principal in [Team::\"a\", Team::\"b\"]")]
    [InlineData("principal.since < datetime(\"2024-01-01\") && context.at.offset(duration(\"1d\")).toTime() > duration(\"2h\")")]
    [InlineData("principal.since.durationSince(context.at).toDays() > 1 && principal.score.lessThan(decimal(\"1.5\"))")]
    [InlineData("resource has address && resource.address.isInRange(ip(\"10.0.0.0/8\")) && resource.address.isIpv4()")]
    [InlineData("resource.color == Color::\"red\"")]
    [InlineData("action in Action::\"all\" && action == Action::\"view\" && principal is User && principal is User in Team::\"a\"")]
    [InlineData("principal has boss.boss.age && principal.boss.boss.age > 1")]
    [InlineData("context.at.toDate() == context.at")]
    public void What_the_types_allow_is_valid_in_both_modes(string condition)
    {
        Assert.Empty(Office.Validate(Office.Viewing(condition)).Errors);
        Assert.Empty(Office.Validate(Office.Viewing(condition), ValidationMode.Permissive).Errors);
    }

    [Theory]
    [InlineData("principal.age", "CV0201")]
    [InlineData("principal.age && true", "CV0201")]
    [InlineData("principal.name + \"x\" == 1", "CV0201")]
    [InlineData("-principal.name == 1", "CV0201")]
    [InlineData("principal.name < \"x\"", "CV0201")]
    [InlineData("principal.age < context.at", "CV0201")]
    [InlineData("principal.since < duration(\"1h\")", "CV0201")]
    [InlineData("principal.score < decimal(\"1.0\")", "CV0201")]
    [InlineData("principal.age like \"a\"", "CV0201")]
    [InlineData("principal.age is User", "CV0201")]
    [InlineData("principal in principal.name", "CV0201")]
    [InlineData("principal.name in principal", "CV0201")]
    [InlineData("principal.name.contains(\"a\")", "CV0201")]
    [InlineData("principal.langs.containsAll(\"a\")", "CV0201")]
    [InlineData("principal.name.isEmpty()", "CV0201")]
    [InlineData("principal.age has x", "CV0201")]
    [InlineData("principal.age.x == 1", "CV0201")]
    [InlineData("principal.home.hasTag(\"a\")", "CV0201")]
    [InlineData("principal.hasTag(1)", "CV0201")]
    [InlineData("principal.since.lessThan(principal.since)", "CV0201")]
    [InlineData("if principal.age then true else false", "CV0201")]
    [InlineData("!principal.age", "CV0201")]
    [InlineData("[1, \"a\"].contains(principal.age)", "CV0202")]
    [InlineData("principal.surname == \"x\"", "CV0203")]
    [InlineData("principal.home.street == \"x\"", "CV0203")]
    [InlineData("context.nothing == 1", "CV0203")]
    [InlineData("action.name == \"x\"", "CV0203")]
    [InlineData("principal.nick == \"x\"", "CV0204")]
    [InlineData("principal.getTag(\"a\") == \"x\"", "CV0205")]
    [InlineData("resource.hasTag(\"a\") && resource.getTag(\"a\") == 1", "")]
    [InlineData("resource.hasTag(\"a\") || resource.getTag(\"a\") == 1", "CV0206")]
    [InlineData("ip(\"10.0.0.999\").isIpv4()", "CV0209")]
    [InlineData("decimal(\"1\") == principal.score", "CV0209")]
    [InlineData("datetime(\"2024-13-01\") < context.at", "CV0209")]
    [InlineData("duration(\"1h1d\") > duration(\"1h\")", "CV0209")]
    [InlineData("principal.since.toDate(1) == principal.since", "CV0208")]
    [InlineData("ip(\"1.2.3.4\", \"1.2.3.4\").isIpv4()", "CV0208")]
    public void What_the_types_do_not_allow_is_an_error_in_both_modes(string condition, string codes)
    {
        Assert.Equal(codes, Office.Errors(Office.Viewing(condition)));
        Assert.Equal(codes, Office.Errors(Office.Viewing(condition), ValidationMode.Permissive));
    }

    [Theory]
    [InlineData("principal.age == principal.name", "CV0202")]
    [InlineData("principal.age != principal.name", "CV0202")]
    [InlineData("principal.langs.contains(1)", "CV0202")]
    [InlineData("principal.langs.containsAny([1])", "CV0202")]
    [InlineData("principal.langs == [1]", "CV0202")]
    [InlineData("(if principal.age > 1 then principal else resource) == resource", "CV0202")]
    [InlineData("(if principal.age > 1 then {a: 1} else {a: 1, b: 2}).a == 1", "CV0202")]
    [InlineData("(if principal.age > 1 then principal.home else {city: \"x\", zip: 1}).city == \"x\"", "CV0202")]
    [InlineData("principal.langs == []", "CV0207")]
    [InlineData("[].contains(1)", "CV0207")]
    [InlineData("ip(principal.name).isIpv4()", "CV0210")]
    [InlineData("datetime(principal.name) < context.at", "CV0210")]
    public void What_only_strict_mode_refuses(string condition, string codes)
    {
        Assert.Equal(codes, Office.Errors(Office.Viewing(condition)));
        Assert.Equal("", Office.Errors(Office.Viewing(condition), ValidationMode.Permissive));
    }

    [Theory]
    [InlineData("principal == resource")]
    [InlineData("1 == \"a\"")]
    [InlineData("action == Action::\"edit\"")]
    [InlineData("principal is Bot")]
    [InlineData("principal in Folder::\"f\"")]
    [InlineData("principal has surname")]
    [InlineData("resource.hasTag(\"x\")")]
    [InlineData("action in [Action::\"edit\", Action::\"unused\"]")]
    [InlineData("action in Team::\"a\"")]
    [InlineData("!(action in Action::\"all\")")]
    [InlineData("!(Action::\"view\" in [Action::\"edit\", Action::\"read\"])")]
    [InlineData("action in principal.team")]
    [InlineData("!(context has at)")]
    [InlineData("principal.age > 1 && false")]
    [InlineData("if principal is Bot then true else false")]
    public void What_can_never_be_true_is_a_warning_and_no_error(string condition)
    {
        var result = Office.Validate(Office.Viewing(condition));

        Assert.Empty(result.Errors);
        Assert.Equal("CV0501", Office.Codes(result.Warnings));
    }

    [Theory]
    [InlineData("!(principal has age)", "")]
    [InlineData("!(principal has home)", "")]
    [InlineData("!(context has at)", "CV0501")]
    [InlineData("!(principal.home has city)", "CV0501")]
    [InlineData("principal has age && !(principal has age)", "CV0501")]
    [InlineData("principal has nick && !(principal has nick)", "CV0501")]
    [InlineData("principal.hasTag(\"a\") && !principal.hasTag(\"a\")", "CV0501")]
    public void An_entity_may_not_exist_and_then_has_nothing_but_a_record_has_what_it_must(string condition, string warnings) =>
        Assert.Equal(warnings, Office.Codes(Office.Validate(Office.Viewing(condition)).Warnings));

    [Theory]
    [InlineData("false && principal.nonsense")]
    [InlineData("true || principal.nonsense")]
    [InlineData("if true then true else principal.nonsense")]
    [InlineData("if false then principal.nonsense else true")]
    [InlineData("principal is Bot && principal.nonsense")]
    [InlineData("principal is User || principal.nonsense")]
    [InlineData("action == Action::\"edit\" && context.nonsense")]
    [InlineData("principal has nonsense && principal.nonsense")]
    public void What_is_never_evaluated_is_not_checked(string condition) => Assert.Equal("", Office.Errors(Office.Viewing(condition)));

    [Fact]
    public void Permissive_mode_reads_what_both_branches_have()
    {
        const string Either = "(if principal.age > 1 then principal else resource)";

        Assert.Equal("", Office.Errors(Office.Viewing($"{Either} has owner && {Either} is User"), ValidationMode.Permissive));
        Assert.Equal("CV0203", Office.Errors(Office.Viewing($"{Either}.owner == principal"), ValidationMode.Permissive));
        Assert.Equal("", Office.Errors(
            Office.Viewing("(if principal.age > 1 then {a: 1, b: 2} else {a: 3}).a == 1"), ValidationMode.Permissive));
        Assert.Equal("CV0203", Office.Errors(
            Office.Viewing("(if principal.age > 1 then {a: 1, b: 2} else {a: 3}).b == 1"), ValidationMode.Permissive));
        Assert.Equal("CV0203", Office.Errors(
            Office.Viewing("(if principal.age > 1 then {a: 1} else {a: \"x\"}).a == 1"), ValidationMode.Permissive));
    }

    [Fact]
    public void What_one_branch_may_lack_is_optional_and_what_only_one_has_may_be_there()
    {
        const string Home = "(if principal.age > 1 then principal.home else {city: \"x\", zip: 1})";
        const string Open = "(if principal.age > 1 then (if principal.age > 2 then {a: 1, b: 2} else {a: 3}) else {a: 4})";

        Assert.Equal("CV0204", Office.Errors(Office.Viewing($"{Home}.zip == 1"), ValidationMode.Permissive));
        Assert.Equal("", Office.Errors(Office.Viewing($"{Home} has zip && {Home}.zip == 1"), ValidationMode.Permissive));
        Assert.Empty(Office.Validate(Office.Viewing($"{Open} has b"), ValidationMode.Permissive).Warnings);
        Assert.Equal("CV0501", Office.Codes(Office.Validate(
            Office.Viewing("(if principal.age > 1 then {a: 1} else {a: 2}) has b"), ValidationMode.Permissive).Warnings));
    }

    [Fact]
    public void An_action_can_be_in_a_group_of_another_namespace()
    {
        var schema = Office.Read("namespace A { action all, other; } namespace B { entity U; action go in [A::Action::\"all\"] appliesTo "
            + "{principal: U, resource: U}; }");

        Assert.Empty(Warnings("B::Action::\"go\" in (if principal == resource then A::Action::\"all\" else A::Action::\"other\")"));
        Assert.Equal("CV0501", Warnings("A::Action::\"all\" in (if principal == resource then B::Action::\"go\" else B::Action::\"go\")"));
        Assert.Equal("CV0501", Warnings("action in A::Action::\"other\""));

        string Warnings(string condition) => Office.Codes(Validator.Validate(
            PolicySet.Create(PolicyParser.Parse($"permit (principal, action, resource) when {{ {condition} }};").Policies),
            schema).Warnings);
    }

    [Fact]
    public void Attributes_and_tags_of_several_types_have_what_is_common()
    {
        const string Either = "(if context has note then User::\"a\" else Bot::\"b\")";

        Assert.Equal("", Office.Errors(Office.Viewing($"{Either}.name == \"x\""), ValidationMode.Permissive));
        Assert.Equal("CV0203", Office.Errors(Office.Viewing($"{Either}.nick == \"x\""), ValidationMode.Permissive));
        Assert.Equal(
            "CV0202", Office.Errors(Office.Viewing($"{Either}.hasTag(\"t\") && {Either}.getTag(\"t\") == 1"), ValidationMode.Permissive));
    }
}
