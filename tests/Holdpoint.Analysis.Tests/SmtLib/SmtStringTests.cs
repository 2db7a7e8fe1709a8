using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Analysis.SmtLib;

namespace Holdpoint.Analysis.Tests.SmtLib;

public sealed class SmtStringTests
{
    private static readonly Gen<string> Texts =
        Gen.Elements("a", "\"", "\\", "\\u{41}", "\\u0041", "ü", "\0", "\n", "😀", "{", "}", "u").ListOf().Select(string.Concat);

    [Fact]
    public void Reading_what_was_written_gives_the_text_back() =>
        Prop.ForAll(Texts.ToArbitrary(), text => ((SExpr.Literal)SExprReader.ReadAll(SmtString.Write(text)).Single()) is var literal
            && SmtString.Read(literal.Text) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void Only_printable_ASCII_is_written() =>
        Prop.ForAll(Texts.ToArbitrary(), text => SmtString.Write(text).All(c => c is >= ' ' and <= '~')).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a\U0002FFFF", true)]
    [InlineData("a\U00030000", false)]
    public void Characters_that_SMT_LIB_does_not_have_cannot_be_written(string text, bool can) =>
        Assert.Equal(can, SmtString.CanWrite(text));
}
