using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Syntax;

public sealed class PrinterTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(500, 20_000));

    [Fact]
    public void Printing_then_parsing_gives_the_same_policy() =>
        Prop.ForAll(Policies.Generator.ToArbitrary(), policy =>
        {
            var text = policy.ToString();
            var parsed = PolicyParser.Parse(text);

            Assert.True(parsed.IsValid, text + "\n" + string.Join('\n', parsed.Diagnostics.Select(d => d.Describe(text))));
            Assert.Equal(policy, parsed.Policies[0]);
        }).Check(Many);

    [Fact]
    public void Printing_then_parsing_gives_the_same_expression() =>
        Prop.ForAll(Policies.Expressions.ToArbitrary(), expression =>
        {
            var parsed = ExpressionParser.Parse(expression.ToString());

            Assert.Equal(expression, parsed.Expression);
        }).Check(Many);

    [Theory]
    [InlineData("(1 + 2) * 3 - (4 - 5)")]
    [InlineData("!(!(principal == action))")]
    [InlineData("-(5) + -5 + (-5).a")]
    [InlineData("(if a::\"x\" in b::\"y\" then 1 else 2) == 1 || (true || false) && true")]
    [InlineData("(principal has a).b && (1 < 2) == (3 > 4)")]
    [InlineData("principal[\"two words\"][\"if\"].ok like \"a\\*b*\\\"\"")]
    [InlineData("(resource is A::B in [c::\"d\"]) == {\"in\": 1, ok: 2}.ok.isEmpty()")]
    public void Only_the_brackets_that_matter_are_printed(string text)
    {
        var printed = ExpressionParser.Parse(text).Expression!.ToString();

        Assert.Equal(text, printed);
    }

    [Fact]
    public void A_template_prints_its_slots()
    {
        const string Text = "permit (principal is User in ?principal, action, resource == ?resource);";

        Assert.Equal(Text, PolicyPrinter.Print(PolicyParser.Parse(Text).Templates.Single()));
    }
}
