using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests;

/// <summary>Text is code points: nothing is normalised, folded or cut inside of one.</summary>
public sealed class UnicodeTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(500, 50_000));

    // The edges of what UTF-8 and UTF-16 write in one more unit, what looks alike, what combines, and what orders text.
    private static readonly Gen<Rune> CodePoints = Gen.OneOf(
        Gen.Elements(
            0x0, 0x7F, 0x80, 0xE9, 0x301, 0x65, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFEFF,
            0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x1F3FD, 0x200D, 0x202E, 0x10FFFF,
            '*', '\\', '"', 'a', 'b', 0x430, 0xDF, 0x130).Select(c => new Rune(c)),
        Gen.Choose(0, 0x10FFFF).Where(Rune.IsValid).Select(c => new Rune(c)));

    private static readonly Gen<string> Texts = CodePoints.ListOf().Select(runes => string.Concat(runes.Take(8)));

    // So few that they meet: pieces of a pattern found in a text, more than once, overlapping.
    private static readonly Gen<string> FewTexts =
        Gen.Elements("a", "b", "\U0001F600", "\U0001F601").ListOf().Select(runes => string.Concat(runes.Take(8)));

    [Fact]
    public void Strings_ids_and_names_of_attributes_come_back_from_text_and_JSON_as_they_were() =>
        Prop.ForAll(Gen.Zip(Texts, Gen.Zip(Texts, Texts)).ToArbitrary(), texts =>
        {
            var (value, (id, name)) = texts;
            var policy = World.Policies("permit (principal, action, resource);")[0] with
            {
                Principal = new ScopeConstraint.Equal(new EntityReference.Known(new("User", id))),
                Conditions =
                [
                    new(ConditionKind.When, new BinaryExpr(
                        BinaryOperator.Equal, new GetAttributeExpr(new VariableExpr(Variable.Context), name),
                        new LiteralExpr(Value.Of(value)))),
                ],
            };

            Assert.Equal(policy, PolicyParser.Parse(policy.ToString()).Policies.Single());
            Assert.Equal(policy, PolicySetJson.Parse(Encoding.UTF8.GetBytes(PolicySetJson.Write(policy))).Value!.Policies.Single());
            Assert.True(EntityUid.TryParse(new EntityUid("User", id).ToString(), out var uid));
            Assert.Equal(id, uid.Id);

            var request = new Request(
                new("User", id), new("Action", "a"), new("R", "r"),
                Value.Record(KeyValuePair.Create<string, Value>(name, Value.Of(value))));
            Assert.Equal(Decision.Allow, PolicySet.Create([policy]).Compile().Authorize(request, EntityStore.Empty).Decision);
        }).Check(Many);

    [Fact]
    public void A_pattern_matches_code_points_as_one_that_goes_through_them_one_by_one() =>
        Prop.ForAll(Gen.Zip(FewTexts.NonEmptyListOf(), Gen.OneOf(FewTexts, Texts)).ToArbitrary(), given =>
        {
            var (segments, text) = given;
            var pattern = new Pattern([.. segments.Take(4).Select(s => s.Length > 4 ? "" : s)]);
            var filled = string.Join(text, pattern.Segments);

            Assert.True(pattern.Matches(filled));
            Assert.Equal(Matches(pattern.Segments.AsSpan(), [.. text.EnumerateRunes()]), pattern.Matches(text));
            Assert.Equal(
                new LikeExpr(new LiteralExpr(Value.Of(text)), pattern),
                ExpressionParser.Parse($"{CedarString(text)} like {pattern}").Expression);
        }).Check(Many);

    [Theory]
    [InlineData("\"\\u{1F600}\" like \"*\\u{1F600}\"", true)]
    [InlineData("\"😀\" like \"😀*\"", true)]
    [InlineData("\"e\\u{301}\" like \"e*\"", true)] // an accent is a code point of its own
    [InlineData("\"\\u{e9}\" like \"e*\"", false)]
    [InlineData("\"\\u{e9}\" == \"e\\u{301}\"", false)] // the same to the eye, not normalised
    [InlineData("\"ß\" == \"SS\"", false)]
    [InlineData("\"а\" == \"a\"", false)] // Cyrillic and Latin
    [InlineData("[\"\\u{feff}a\"].contains(\"a\")", false)]
    [InlineData("User::\"😀\" == User::\"\\u{1F600}\"", true)]
    [InlineData("{\"😀\": 1}[\"\\u{1f600}\"] == 1", true)]
    public void Text_is_compared_code_point_by_code_point(string condition, bool holds) =>
        Assert.Equal(holds ? "true" : "false", World.Condition(condition));

    [Fact]
    public void Half_of_a_code_point_is_refused_in_every_notation()
    {
        Assert.False(ExpressionParser.Parse("\"\ud83d\"").Diagnostics.IsEmpty);
        Assert.False(ExpressionParser.Parse("\"a\" like \"\ude00*\"").Diagnostics.IsEmpty);
        Assert.False(ExpressionParser.Parse("\"\\u{d83d}\"").Diagnostics.IsEmpty);
        Assert.False(EntityUid.TryParse("User::\"\ud83d\"", out _));
        var request = """
            {"principal": {"type": "User", "id": "\ud83d"}, "action": {"type": "Action", "id": "a"}, "resource": {"type": "R", "id": "r"}}
            """u8;
        Assert.NotNull(RequestJson.Parse(request.ToArray()).Fault);
        Assert.NotNull(EntitiesJson.Parse(new byte[] { (byte)'[', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)']' }).Fault);
    }

    private static string CedarString(string text) => new LiteralExpr(Value.Of(text)).ToString();

    private static bool Matches(ReadOnlySpan<string> segments, ReadOnlySpan<Rune> text)
    {
        Rune[] first = [.. segments[0].EnumerateRunes()];
        if (!text.StartsWith(first))
        {
            return false;
        }

        text = text[first.Length..];
        if (segments.Length == 1)
        {
            return text.IsEmpty;
        }

        for (var skipped = 0; skipped <= text.Length; skipped++)
        {
            if (Matches(segments[1..], text[skipped..]))
            {
                return true;
            }
        }

        return false;
    }
}
