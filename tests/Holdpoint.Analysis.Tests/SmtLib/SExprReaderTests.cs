using Holdpoint.Analysis.SmtLib;

namespace Holdpoint.Analysis.Tests.SmtLib;

public sealed class SExprReaderTests
{
    [Theory]
    [InlineData("sat", "sat")]
    [InlineData("((x #x00ff)\n (y (- 3)))", "((x #x00ff) (y (- 3)))")]
    [InlineData("(|a b| ; said in passing (\n \"say \"\"no\"\"\")", "(a b \"say \"no\"\")")]
    [InlineData("() (())", "() (())")]
    public void What_solvers_print_reads(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', SExprReader.ReadAll(text)));

    [Theory]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("(a))")]
    [InlineData("\"open")]
    [InlineData("|open")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => SExprReader.ReadAll(text));

    [Fact]
    public void Depth_is_bounded() => Assert.Throws<FormatException>(() => SExprReader.ReadAll(new string('(', 100_000)));
}
