using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Formatting;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Formatting;

public sealed partial class PolicyFormatterTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(500, 20_000));

    // Texts with comments, blank lines and odd blanks between any two tokens.
    private static readonly Gen<string> Commented =
        from policies in Policies.Generator.ListOf(3)
        from gaps in Gen
            .Elements(" ", " ", " ", " ", "\n", "\n\n\n", " // one\n", "\n  // two\n", "\n// three\n\n// four \r\n", "\t//\n", "\r\n")
            .ArrayOf(50)
        from isListed in Gen.Elements(true, false)
        select Weave(string.Join('\n', policies), gaps, isListed);

    [Fact]
    public void The_result_parses_to_the_same_policies_with_the_same_comments_and_is_its_own_result() =>
        Prop.ForAll(Gen.Zip(Commented, Gen.Choose(1, 120)).ToArbitrary(), given =>
        {
            var (text, width) = given;
            var options = new FormatOptions { LineWidth = width };
            var formatted = Format(text, options);

            Assert.Equal(PolicyParser.Parse(text).Policies, PolicyParser.Parse(formatted).Policies);
            Assert.Equal(Comments(text), Comments(formatted));
            Assert.Equal(formatted, Format(formatted, options));
        }).Check(Many);

    [Fact]
    public void Lines_have_no_blanks_at_their_ends_and_no_two_empty_ones_follow_each_other() =>
        Prop.ForAll(Commented.ToArbitrary(), text =>
        {
            // A string can hold a line break and blanks of its own.
            var lines = Format(text).Replace("\\\n", "", StringComparison.Ordinal).Split('\n');

            Assert.All(lines, line => Assert.Equal(line.TrimEnd(' '), line));
            Assert.DoesNotContain("\n\n\n", Format(text), StringComparison.Ordinal);
            Assert.True(text.Trim().Length == 0 || lines[^1].Length == 0);
        }).Check(Many);

    [Fact]
    public void Every_published_policy_stays_what_it_is()
    {
        var stride = TestScale.Of(10, 1);
        foreach (var (name, bytes) in Testing.TestData.Entries("cedar/corpus.tar.gz")
            .Where(f => f.Key.EndsWith(".cedar", StringComparison.Ordinal))
            .Where((_, i) => i % stride == 0))
        {
            var text = Encoding.UTF8.GetString(bytes);
            var formatted = Format(text);

            Assert.True(PolicyParser.Parse(text).Policies.SequenceEqual(PolicyParser.Parse(formatted).Policies), name);
            Assert.Equal(formatted, Format(formatted));
        }
    }

    [Fact]
    public void The_shipped_clauses_keep_what_they_say_and_every_comment()
    {
        var files = Directory.GetFiles(Repo.Path("agreements"), "*.cedar", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var text in files.Select(File.ReadAllText))
        {
            Assert.Equal(PolicyParser.Parse(text).Policies, PolicyParser.Parse(Format(text)).Policies);
            Assert.Equal(Comments(text), Comments(Format(text)));
        }
    }

    [Theory]
    [InlineData("permit(principal,action,resource);", "permit (principal, action, resource);\n")]
    [InlineData("permit(principal,action,resource,)when{{a:1,b:[]}.a==[1,2,].isEmpty()};",
        "permit (principal, action, resource)\nwhen { { a: 1, b: [] }.a == [1, 2].isEmpty() };\n")]
    [InlineData("@b\n@a(\"x\")permit(principal==?principal,action in[Action::\"a\"],resource is A::B in(?resource))unless{- -1==!!true};",
        "@b\n@a(\"x\")\npermit (\n  principal == ?principal,\n  action in [Action::\"a\"],\n  resource is A::B in (?resource)\n"
            + ")\nunless { --1 == !!true };\n")]
    [InlineData("", "")]
    [InlineData("// only", "// only\n")]
    [InlineData("// a\n\n// b\npermit(principal,action,resource);// c\n// d\nforbid(principal,action,resource);\n// e",
        "// a\n\n// b\npermit (principal, action, resource); // c\n\n// d\nforbid (principal, action, resource);\n// e\n")]
    public void A_text_is_laid_out(string text, string expected) => Assert.Equal(expected, Format(text));

    [Fact]
    public void What_does_not_fit_a_line_is_broken_from_outside_in()
    {
        const string Text = """
            // why
            permit(principal in Team::"research", action in [Action::"read", Action::"write", Action::"delete"], resource is Document) // who
            when { context has purpose && // said, not proved
            (context.purpose == Purpose::"x" || [Purpose::"aaaaaaaaaaaaaaaaaaaa", Purpose::"bbbbbbbbbbbbbbbbbbbbbbbb", Purpose::"cc"].contains(context.purpose))
            && context.classes.containsAny([DataClass::"geolocation", DataClass::"biometric", DataClass::"genomic"])
            && if context.n > 1 then principal.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa else principal.bbbbbbbbbbbbbbbbbbbbbbbb };
            """;
        const string Expected = """
            // why
            permit (
              principal in Team::"research",
              action in [Action::"read", Action::"write", Action::"delete"],
              resource is Document
            ) // who
            when
            {
              context has purpose && // said, not proved
              (context.purpose == Purpose::"x" ||
               [
                 Purpose::"aaaaaaaaaaaaaaaaaaaa",
                 Purpose::"bbbbbbbbbbbbbbbbbbbbbbbb",
                 Purpose::"cc"
               ].contains(context.purpose)) &&
              context.classes.containsAny([
                DataClass::"geolocation",
                DataClass::"biometric",
                DataClass::"genomic"
              ]) &&
              (if context.n > 1
               then principal.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
               else principal.bbbbbbbbbbbbbbbbbbbbbbbb)
            };

            """;

        Assert.Equal(
            Expected,
            Format(Text.Replace("if context", "(if context", StringComparison.Ordinal).Replace(" };", ") };", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_text_that_does_not_parse_is_not_laid_out()
    {
        var result = PolicyFormatter.Format("permit (principal, action, resource)");

        Assert.False(result.IsValid);
        Assert.Null(result.Text);
        Assert.Equal(SyntaxCode.UnexpectedToken, Assert.Single(result.Diagnostics).Code);
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("ip(", ")")]
    [InlineData("!(", ")")]
    public void The_deepest_text_of_the_default_limits_is_laid_out_on_a_small_stack(string open, string close)
    {
        string Nest(int n) =>
            "permit (principal, action, resource) when { "
            + $"{string.Concat(Enumerable.Repeat(open, n))}1{string.Concat(Enumerable.Repeat(close, n))} }};";
        var levels = Enumerable.Range(1, 400).Last(n => PolicyParser.Parse(Nest(n)).IsValid);
        string? formatted = null;
        var thread = new Thread(() => formatted = PolicyFormatter.Format(Nest(levels)).Text, maxStackSize: 1 << 20);
        thread.Start();
        thread.Join();

        Assert.InRange(levels, 198, 400);
        Assert.Equal(PolicyParser.Parse(Nest(levels)).Policies, PolicyParser.Parse(formatted!).Policies);
    }

    [Fact]
    public void A_width_or_an_indentation_that_makes_no_sense_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FormatOptions { LineWidth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FormatOptions { IndentWidth = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new FormatOptions { IndentWidth = 17 });
    }

    private static string Format(string text, FormatOptions? options = null)
    {
        var result = PolicyFormatter.Format(text, options);
        Assert.Empty(result.Diagnostics);
        return result.Text!;
    }

    private static string Weave(string text, string[] gaps, bool isListed)
    {
        var woven = new StringBuilder();
        string[] tokens = [.. Tokens(text)];
        for (var i = 0; i < tokens.Length; i++)
        {
            // A comma after the last of a list is fine; after an index or in an empty list it is not.
            if (isListed && tokens[i] == "]" && tokens[i - 1] is not ("[" or ",") && tokens[i - 2] != "[")
            {
                woven.Append(',').Append(gaps[(i + 1) % gaps.Length]);
            }

            woven.Append(tokens[i]).Append(gaps[i % gaps.Length]);
        }

        return woven.ToString();
    }

    private static IEnumerable<string> Comments(string text) =>
        Tokens(text).Where(t => t.StartsWith("//", StringComparison.Ordinal)).Select(t => t.Trim());

    private static IEnumerable<string> Tokens(string text) => Token().Matches(text).Select(m => m.Value);

    [GeneratedRegex(@"""(?:\\.|[^""\\])*""|\?\w+|\w+|::|==|!=|<=|>=|\|\||&&|//[^\n\r]*|\S", RegexOptions.Singleline)]
    private static partial Regex Token();
}
