using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Syntax;

public sealed class MutationTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(500, 100_000));

    private static readonly Gen<string> Insertions = Gen.Elements(
        "\"", "\\", "(", ")", "[", "]", "{", "}", ";", "::", ".", ",", "@",
        "?principal", "!", "-", "if ", " has ", " is ", " in ", "//", "\n",
        "\r", "\0", "\ud800", "\udc00", "9223372036854775808", "\\u{", "=", "&", "😀", " like ", "ip(", "principal");

    [Fact]
    public void No_change_to_a_policy_makes_the_parser_throw_or_lose_a_fault() =>
        Prop.ForAll(Mutations().ToArbitrary(), text =>
        {
            var parsed = PolicyParser.Parse(text);

            Assert.All(parsed.Diagnostics, d => Assert.InRange(d.Span.Start, 0, text.Length));
            Assert.All(parsed.Diagnostics, d => Assert.InRange(d.Span.End, d.Span.Start, text.Length));
            Assert.True(parsed.IsValid || (parsed.Policies.IsEmpty && parsed.Templates.IsEmpty));
            Assert.All(parsed.Policies, p => Assert.Equal(p, PolicyParser.Parse(p.ToString()).Policies.Single() with { Id = p.Id }));
        }).Check(Many);

    [Fact]
    public void No_text_at_all_makes_the_parser_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
        {
            PolicyParser.Parse(text ?? "");
            ExpressionParser.Parse(text ?? "");
            _ = EntityUid.TryParse(text, out _);
        }).Check(Many);

    private static Gen<string> Mutations() =>
        from policies in Policies.Generator.ListOf(2)
        from cuts in Gen.Zip(Gen.Choose(0, 10_000), Gen.Zip(Gen.Choose(0, 3), Insertions)).ListOf(3)
        select cuts.Aggregate(
            string.Join('\n', policies),
            (text, cut) =>
            {
                var at = cut.Item1 % (text.Length + 1);
                var removed = Math.Min(cut.Item2.Item1, text.Length - at);
                return text.Remove(at, removed).Insert(at, cut.Item2.Item2);
            });
}
