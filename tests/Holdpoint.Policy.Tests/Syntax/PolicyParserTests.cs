using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Tests.Syntax;

public sealed class PolicyParserTests
{
    [Fact]
    public void Policies_and_templates_are_numbered_together_by_their_place()
    {
        var parsed = PolicyParser.Parse("""
            permit (principal, action, resource); // one
            permit (principal == ?principal, action, resource in ?resource);
            forbid (principal, action, resource,);
            """);

        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(["policy0", "policy2"], parsed.Policies.Select(p => p.Id));
        Assert.Equal("policy1", Assert.Single(parsed.Templates).Id);
    }

    [Fact]
    public void Annotations_have_a_text_or_none_and_may_be_named_like_reserved_words()
    {
        var policy = World.Policies("""@title("A \u{1F600}") @if @in("") permit (principal, action, resource);""").Single();

        Assert.Equal(
            [KeyValuePair.Create("if", ""), KeyValuePair.Create("in", ""), KeyValuePair.Create("title", "A 😀")], policy.Annotations);
    }

    [Fact]
    public void A_policy_knows_its_place_in_the_text()
    {
        const string Text = "// first\n@id(\"a\")\nforbid (principal, action, resource) when { 1 + 2 == 3 };\n";
        var policy = World.Policies(Text).Single();

        Assert.Equal((2, 1), policy.Span.PlaceIn(Text));
        Assert.Equal(Text.TrimEnd()[9..], Text.Substring(policy.Span.Start, policy.Span.Length));
        Assert.Equal("1 + 2 == 3", Text.Substring(policy.Conditions[0].Body.Span.Start, policy.Conditions[0].Body.Span.Length));
    }

    [Fact]
    public void One_fault_leaves_no_policy_at_all_and_each_policy_shows_its_own()
    {
        var parsed = PolicyParser.Parse("""
            permit (principal, action, resource);
            forbid (principal, action, resource) when { principle };
            permit (principal, action, resource) when { context.a = 1 };
            """);

        Assert.Empty(parsed.Policies);
        Assert.Equal([SyntaxCode.UnknownName, SyntaxCode.UnsupportedOperator], parsed.Diagnostics.Select(d => d.Code));
        Assert.Equal("did you mean `principal`?", parsed.Diagnostics[0].Suggestion);
        Assert.Equal("write `==`", parsed.Diagnostics[1].Suggestion);
    }

    [Theory]
    [InlineData("permit (principal, action, resource)", SyntaxCode.UnexpectedToken)]
    [InlineData("allow (principal, action, resource);", SyntaxCode.UnexpectedToken)]
    [InlineData("Permit (principal, action, resource);", SyntaxCode.UnexpectedToken)]
    [InlineData(";", SyntaxCode.UnexpectedToken)]
    [InlineData("permit (principal, action);", SyntaxCode.BadScope)]
    [InlineData("permit (action, principal, resource);", SyntaxCode.BadScope)]
    [InlineData("permit (principal, action, resource, context);", SyntaxCode.BadScope)]
    [InlineData("permit (principal: User, action, resource);", SyntaxCode.BadScope)]
    [InlineData("permit (principal != User::\"a\", action, resource);", SyntaxCode.BadScope)]
    [InlineData("permit (principal is User == User::\"a\", action, resource);", SyntaxCode.BadScope)]
    [InlineData("permit (principal in Team::\"a\" is User, action, resource);", SyntaxCode.BadScope)]
    [InlineData("permit (principal == User::\"a\" && true, action, resource);", SyntaxCode.BadScope)]
    [InlineData("permit (principal, action is Action, resource);", SyntaxCode.BadScope)]
    [InlineData("permit (principal, action == User::\"a\", resource);", SyntaxCode.BadScope)]
    [InlineData("permit (principal = User::\"a\", action, resource);", SyntaxCode.UnsupportedOperator)]
    [InlineData("permit (principal == User, action, resource);", SyntaxCode.UnexpectedToken)]
    [InlineData("permit (principal == [User::\"a\"], action, resource);", SyntaxCode.UnexpectedToken)]
    [InlineData("permit (principal, action in [[Action::\"a\"]], resource);", SyntaxCode.UnexpectedToken)]
    [InlineData("permit (principal == ?resource, action, resource);", SyntaxCode.BadSlot)]
    [InlineData("permit (principal == ?other, action, resource);", SyntaxCode.BadSlot)]
    [InlineData("permit (principal, action == ?action, resource);", SyntaxCode.BadSlot)]
    [InlineData("permit (principal, action, resource) when { ?principal == principal };", SyntaxCode.BadSlot)]
    [InlineData("permit (principal, action, resource) when {};", SyntaxCode.EmptyCondition)]
    [InlineData("permit (principal, action, resource) where { true };", SyntaxCode.UnexpectedToken)]
    [InlineData("@a @a permit (principal, action, resource);", SyntaxCode.Duplicate)]
    [InlineData("@a(b) permit (principal, action, resource);", SyntaxCode.UnexpectedToken)]
    [InlineData("@a(\"\\q\") permit (principal, action, resource);", SyntaxCode.BadEscape)]
    [InlineData("\ufeffpermit (principal, action, resource);", SyntaxCode.UnknownCharacter)]
    public void A_text_that_is_no_policy_is_refused_with_its_code(string text, string code)
    {
        var parsed = PolicyParser.Parse(text);

        Assert.Equal(code, parsed.Diagnostics[0].Code);
        Assert.Empty(parsed.Policies);
        Assert.Empty(parsed.Templates);
    }

    [Theory]
    [InlineData("1 == 1 == true", SyntaxCode.AmbiguousOperators)]
    [InlineData("principal has a == true", SyntaxCode.AmbiguousOperators)]
    [InlineData("!!!!!true", SyntaxCode.AmbiguousOperators)]
    [InlineData("!-1", SyntaxCode.UnexpectedToken)]
    [InlineData("1 / 2", SyntaxCode.UnsupportedOperator)]
    [InlineData("1 % 2", SyntaxCode.UnsupportedOperator)]
    [InlineData("1 = 2", SyntaxCode.UnsupportedOperator)]
    [InlineData("true & true", SyntaxCode.UnknownCharacter)]
    [InlineData("'a'", SyntaxCode.UnknownCharacter)]
    [InlineData("\"a", SyntaxCode.UnterminatedString)]
    [InlineData("\"a\\", SyntaxCode.UnterminatedString)]
    [InlineData("\"a\\\nb\"", SyntaxCode.BadEscape)]
    [InlineData("\"a\rb\"", SyntaxCode.BadEscape)]
    [InlineData("\"\\*\"", SyntaxCode.BadEscape)]
    [InlineData("\"\\x80\"", SyntaxCode.BadEscape)]
    [InlineData("\"\\u{d800}\"", SyntaxCode.BadEscape)]
    [InlineData("\"\\u{1234567}\"", SyntaxCode.BadEscape)]
    [InlineData("\"\\u{_1}\"", SyntaxCode.BadEscape)]
    [InlineData("9223372036854775808", SyntaxCode.IntegerTooLarge)]
    [InlineData("-9223372036854775809", SyntaxCode.IntegerTooLarge)]
    [InlineData("-9223372036854775808.a", SyntaxCode.IntegerTooLarge)]
    [InlineData("principal.if", SyntaxCode.ReservedName)]
    [InlineData("principal.__cedar", SyntaxCode.ReservedName)]
    [InlineData("principal has a.in", SyntaxCode.ReservedName)]
    [InlineData("{then: 1}", SyntaxCode.ReservedName)]
    [InlineData("A::if::\"x\"", SyntaxCode.ReservedName)]
    [InlineData("{a: 1, \"a\": 2}", SyntaxCode.Duplicate)]
    [InlineData("{1: 2}", SyntaxCode.UnexpectedToken)]
    [InlineData("[1,,2]", SyntaxCode.UnexpectedToken)]
    [InlineData("[,]", SyntaxCode.UnexpectedToken)]
    [InlineData("principal[\"a\" + \"b\"]", SyntaxCode.UnexpectedToken)]
    [InlineData("principal[a]", SyntaxCode.UnexpectedToken)]
    [InlineData("\"a\" like principal.b", SyntaxCode.UnexpectedToken)]
    [InlineData("principal is \"User\"", SyntaxCode.UnexpectedToken)]
    [InlineData("principal is User::\"a\"", SyntaxCode.UnexpectedToken)]
    [InlineData("1 + if true then 1 else 2", SyntaxCode.ReservedName)]
    [InlineData("foo", SyntaxCode.UnknownName)]
    [InlineData("Foo::bar", SyntaxCode.UnknownName)]
    [InlineData("contain([1], 1)", SyntaxCode.UnknownFunction)]
    [InlineData("[1].contain(1)", SyntaxCode.UnknownFunction)]
    [InlineData("contains([1], 1)", SyntaxCode.UnknownFunction)]
    [InlineData("\"::1\".ip()", SyntaxCode.UnknownFunction)]
    [InlineData("principal()", SyntaxCode.UnknownFunction)]
    [InlineData("[1].contains()", SyntaxCode.WrongArity)]
    [InlineData("[1].isEmpty(1)", SyntaxCode.WrongArity)]
    [InlineData("true true", SyntaxCode.UnexpectedToken)]
    [InlineData("", SyntaxCode.UnexpectedToken)]
    public void A_text_that_is_no_expression_is_refused_with_its_code(string text, string code)
    {
        var parsed = ExpressionParser.Parse(text);

        Assert.Null(parsed.Expression);
        Assert.Equal(code, parsed.Diagnostics[0].Code);
    }

    [Theory]
    [InlineData("[1].contain(1)", "did you mean `contains`?")]
    [InlineData("dezimal(\"1.0\")", "did you mean `decimal`?")]
    [InlineData("contains([1], 1)", "write `value.contains(…)`")]
    [InlineData("\"::1\".ip()", "write `ip(…)`")]
    [InlineData("reource.a", "did you mean `resource`?")]
    [InlineData("'a'", "strings stand in double quotes")]
    public void A_likely_mistake_comes_with_its_cure(string text, string suggestion) =>
        Assert.Equal(suggestion, ExpressionParser.Parse(text).Diagnostics[0].Suggestion);

    [Theory]
    [InlineData("User::\"a\\\"b\"", "User", "a\"b")]
    [InlineData(" A :: B::\"\" // same", "A::B", "")]
    public void An_entity_is_read_from_its_text(string text, string type, string id)
    {
        Assert.True(EntityUid.TryParse(text, out var uid));
        Assert.Equal(new EntityUid(type, id), uid);
    }

    [Theory]
    [InlineData("")]
    [InlineData("User")]
    [InlineData("User::alice")]
    [InlineData("\"alice\"")]
    [InlineData("if::\"a\"")]
    [InlineData("User::\"a\" extra")]
    [InlineData("User::\"\\q\"")]
    public void What_is_no_entity_is_refused(string text) => Assert.False(EntityUid.TryParse(text, out _));
}
