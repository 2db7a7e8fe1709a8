namespace Holdpoint.Policy.Tests.Evaluation;

public sealed class OperatorTests
{
    [Theory]
    [InlineData("true || 1")] // the right side is not looked at
    [InlineData("!false && !!true")]
    [InlineData("if false then 1 else true")]
    [InlineData("if principal has nothing then principal.nothing else true")]
    [InlineData("1 + 2 * 3 - 4 == 3")]
    [InlineData("1 - 2 - 3 == -4")]
    [InlineData("-9223372036854775808 + 1 == -9223372036854775807")]
    [InlineData("-(9223372036854775807) == -9223372036854775807")]
    [InlineData("1 < 2 && 2 <= 2 && 3 > 2 && 3 >= 3")]
    [InlineData("1 != \"1\" && true != 1 && [] != {}")]
    [InlineData("[1, 2, 2, 1] == [2, 1] && [[1], []] == [[], [1]]")]
    [InlineData("{a: 1, \"b c\": [2]} == {\"b c\": [2], a: 1}")]
    [InlineData("{if_: {then_: 1}}.if_[\"then_\"] == 1")]
    [InlineData("[1, \"a\", true].contains(\"a\") && ![1].contains(true)")]
    [InlineData("[1, 2, 3].containsAll([3, 1]) && ![1].containsAll([1, 2]) && [].containsAll([])")]
    [InlineData("[1, 2].containsAny([5, 2]) && ![].containsAny([]) && ![1].containsAny([2])")]
    [InlineData("[1,2,3,4,5,6,7,8,9,10].contains(10) && [1,2,3,4,5,6,7,8,9,10].containsAll([10,9])")]
    [InlineData("[].isEmpty() && ![[]].isEmpty()")]
    public void Values_are_compared_and_combined_as_Cedar_does(string expression) =>
        Assert.Equal("true", World.Condition(expression));

    [Theory]
    [InlineData("principal.age == 41 && principal[\"name\"] == \"Alice\"")]
    [InlineData("principal.friend.age == 12")]
    [InlineData("principal has home.city.zip && !(principal has home.city.street)")]
    [InlineData("principal has \"home\" && !(principal has friend.friend.friend)")]
    [InlineData("!(principal.ghost has age)")] // an entity that is not there has nothing
    [InlineData("!(resource has owner)")]
    [InlineData("context.n == 7 && context has s && !(context has t)")]
    [InlineData("principal.getTag(\"floor\") == 3 && principal.hasTag(\"badge\") && !principal.hasTag(\"age\")")]
    [InlineData("!resource.hasTag(\"floor\")")]
    [InlineData("principal in Team::\"red\" && principal in Team::\"all\" && principal in principal")]
    [InlineData("principal in [Team::\"blue\", Team::\"all\"] && !(principal in []) && !(Team::\"all\" in principal)")]
    [InlineData("User::\"nobody\" in User::\"nobody\" && !(User::\"nobody\" in Team::\"all\")")]
    [InlineData("action in Action::\"read\"")]
    [InlineData("principal is User && !(principal is Team) && principal is User in Team::\"all\"")]
    [InlineData("!(principal is Team in 1)")] // the ancestor is looked at only when the type fits
    public void Entities_are_read_from_the_store(string expression) => Assert.Equal("true", World.Condition(expression));

    [Theory]
    [InlineData("\"\" like \"*\" && \"\" like \"\" && !(\"a\" like \"\")")]
    [InlineData("\"aXbXc\" like \"*X*X*\" && \"aXbXc\" like \"a*c\" && !(\"aXbXc\" like \"a*b\")")]
    [InlineData("\"abab\" like \"ab*ab\" && !(\"aba\" like \"ab*ba\")")]
    [InlineData("\"a*c\" like \"a\\*c\" && !(\"abc\" like \"a\\*c\")")]
    [InlineData("\"abc\" like \"a\\u{2a}\"")] // an escaped code for the star is a wildcard, as in Cedar
    [InlineData("\"\\u{1F600}!\" like \"\\u{1F600}*\" && \"\\u{1F600}\" like \"*\"")]
    [InlineData("!(\"É\" like \"é\") && !(\"e\\u{301}\" like \"é\")")]
    public void Like_compares_code_points_without_culture(string expression) => Assert.Equal("true", World.Condition(expression));

    [Theory]
    [InlineData("1", EvaluationFault.Type)]
    [InlineData("1 && true", EvaluationFault.Type)]
    [InlineData("true && 1", EvaluationFault.Type)]
    [InlineData("false || \"a\"", EvaluationFault.Type)]
    [InlineData("!1", EvaluationFault.Type)]
    [InlineData("if 1 then true else true", EvaluationFault.Type)]
    [InlineData("-true == 1", EvaluationFault.Type)]
    [InlineData("1 + \"1\" == 2", EvaluationFault.Type)]
    [InlineData("\"a\" < \"b\"", EvaluationFault.Type)]
    [InlineData("1 < datetime(\"2024-01-01\")", EvaluationFault.Type)]
    [InlineData("decimal(\"1.0\") < decimal(\"2.0\")", EvaluationFault.Type)]
    [InlineData("1 in Team::\"red\"", EvaluationFault.Type)]
    [InlineData("principal in 1", EvaluationFault.Type)]
    [InlineData("principal in [principal, 1]", EvaluationFault.Type)] // also when an earlier element fits
    [InlineData("\"a\" is User", EvaluationFault.Type)]
    [InlineData("1 like \"a\"", EvaluationFault.Type)]
    [InlineData("1 has a", EvaluationFault.Type)]
    [InlineData("principal has age.unit", EvaluationFault.Type)]
    [InlineData("\"a\".b == 1", EvaluationFault.Type)]
    [InlineData("\"a\".contains(1)", EvaluationFault.Type)]
    [InlineData("[1].containsAll(1)", EvaluationFault.Type)]
    [InlineData("principal.getTag(1) == 1", EvaluationFault.Type)]
    [InlineData("principal.nothing == 1", EvaluationFault.MissingAttribute)]
    [InlineData("context.nothing == 1", EvaluationFault.MissingAttribute)]
    [InlineData("principal.getTag(\"nothing\") == 1", EvaluationFault.MissingTag)]
    [InlineData("principal.ghost.age == 1", EvaluationFault.MissingEntity)]
    [InlineData("resource.getTag(\"floor\") == 1", EvaluationFault.MissingEntity)]
    [InlineData("9223372036854775807 + 1 > 0", EvaluationFault.Overflow)]
    [InlineData("-9223372036854775808 - 1 < 0", EvaluationFault.Overflow)]
    [InlineData("4611686018427387904 * 2 > 0", EvaluationFault.Overflow)]
    [InlineData("-(-9223372036854775808) > 0", EvaluationFault.Overflow)]
    [InlineData("[9223372036854775807 + 1].isEmpty()", EvaluationFault.Overflow)]
    [InlineData("{a: principal.nothing, b: 1}.b == 1", EvaluationFault.MissingAttribute)]
    [InlineData("ip() == 1", EvaluationFault.Arity)]
    [InlineData("ip(\"::1\").isInRange()", EvaluationFault.Arity)]
    [InlineData("ip(1).isIpv4()", EvaluationFault.Type)]
    [InlineData("\"::1\".isIpv6()", EvaluationFault.Type)]
    [InlineData("ip(context.s).isIpv4()", EvaluationFault.BadExtensionText)]
    [InlineData("decimal(\"1\") == decimal(\"1.0\")", EvaluationFault.BadExtensionText)]
    public void A_fault_is_an_error_of_its_kind(string expression, EvaluationFault fault) =>
        Assert.Equal(fault.ToString(), World.Condition(expression));

    [Fact]
    public void An_error_names_its_place_and_no_value()
    {
        const string Text = "permit (principal, action, resource) when { context.s + 1 == 2 };";
        var outcomes = PolicySet.Create(World.Policies(Text)).Compile().Evaluate(World.Request, World.Entities);

        var error = Assert.IsType<EvaluationError>(outcomes.All[0].Error);
        Assert.Equal("context.s", Text.Substring(error.Span.Start, error.Span.Length));
        Assert.Equal("expected a Long, found a String", error.Message);
    }
}
