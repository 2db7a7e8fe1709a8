using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Tests.Syntax;

public sealed class ParseLimitsTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_text_at_the_length_limit_is_read_and_one_character_more_is_not(int more, bool fits)
    {
        const string Text = "permit (principal, action, resource);";
        var parsed = PolicyParser.Parse(Text + new string(' ', more), new() { MaxLength = Text.Length });

        Assert.Equal(fits ? [] : [SyntaxCode.TextTooLong], parsed.Diagnostics.Select(d => d.Code));
        Assert.Equal(fits ? 1 : 0, parsed.Policies.Length);
    }

    [Theory]
    [InlineData(9, true)] // the expression itself is the tenth level
    [InlineData(10, false)]
    public void Brackets_at_the_depth_limit_are_read_and_one_more_is_not(int brackets, bool fits)
    {
        var text = new string('(', brackets) + "true" + new string(')', brackets);

        Assert.Equal(fits ? [] : [SyntaxCode.NestedTooDeep], Codes(text, new() { MaxDepth = 10 }));
    }

    [Theory]
    [InlineData("principal.a.a.a.a", true)]
    [InlineData("principal.a.a.a.a.a", false)]
    [InlineData("1 + 1 + 1 + 1 + 1", true)]
    [InlineData("1 + 1 + 1 + 1 + 1 + 1", false)]
    [InlineData("1 + (1 + (1 + (1 + 1)))", true)]
    [InlineData("principal has a.a.a.a.a", true)]
    [InlineData("principal has a.a.a.a.a.a", false)]
    public void A_tree_at_the_depth_limit_is_read_and_one_level_more_is_not(string text, bool fits) =>
        Assert.Equal(fits ? [] : [SyntaxCode.NestedTooDeep], Codes(text, new() { MaxDepth = 5 }));

    [Theory]
    [InlineData("[1, 2, 3, 4]", true)]
    [InlineData("[1, 2, 3, 4, 5]", false)]
    public void As_many_nodes_as_the_limit_are_read_and_one_more_is_not(string text, bool fits) =>
        Assert.Equal(fits ? [] : [SyntaxCode.TooManyNodes], Codes(text, new() { MaxNodes = 5 }));

    [Theory]
    [InlineData("(", ")", "1")]
    [InlineData("[", "]", "1")]
    [InlineData("{a: ", "}", "1")]
    [InlineData("if true then ", " else 1", "1")]
    [InlineData("ip(", ")", "1")]
    [InlineData("1 + (", ")", "1")]
    [InlineData("!(", ")", "true")]
    public void At_the_default_depth_an_expression_is_parsed_printed_and_decided_on_a_small_stack(string open, string close, string core)
    {
        var depth = ParseLimits.Default.MaxDepth;
        Exception? fault = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    var levels = Enumerable.Range(1, depth).Last(n => ExpressionParser.Parse(Nest(n)).Expression is not null);
                    var expression = ExpressionParser.Parse(Nest(levels)).Expression!;
                    var policy = World.Policies("permit (principal, action, resource);").Single()
                        .WithCondition(new(ConditionKind.When, expression));
                    PolicySet.Create([policy]).Compile().Authorize(World.Request, World.Entities);
                    Assert.Equal(expression, ExpressionParser.Parse(expression.ToString()).Expression);
                    Assert.InRange(levels, (depth / 2) - 2, depth);
                    Assert.Contains(SyntaxCode.NestedTooDeep, Codes(Nest(10_000), ParseLimits.Default));
                }
                catch (Exception e)
                {
                    fault = e;
                }
            },
            maxStackSize: 1 << 20);
        thread.Start();
        thread.Join();

        Assert.Null(fault);

        string Nest(int n) => string.Concat(Enumerable.Repeat(open, n)) + core + string.Concat(Enumerable.Repeat(close, n));
    }

    private static IEnumerable<string> Codes(string text, ParseLimits limits) =>
        ExpressionParser.Parse(text, limits).Diagnostics.Select(d => d.Code);
}
