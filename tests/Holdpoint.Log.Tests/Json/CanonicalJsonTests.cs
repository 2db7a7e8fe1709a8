using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Log.Json;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Json;

public sealed class CanonicalJsonTests
{
    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData(" { } ", "{}")]
    [InlineData("[ ]", "[]")]
    [InlineData("[true , false,null]", "[true,false,null]")]
    [InlineData("""{"b":{"d":1,"c":[{"y":0,"x":1}]},"a":2}""", """{"a":2,"b":{"c":[{"x":1,"y":0}],"d":1}}""")]
    [InlineData("""{"aa":1,"a":2,"":3}""", """{"":3,"a":2,"aa":1}""")]
    [InlineData(""" "\u0041\/\b\f\n\r\t\u000f\"\\\u20ac" """, """ "A/\b\f\n\r\t\u000f\"\\€" """)]
    [InlineData("""{"\u0062":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("[-0,-0.0,1.0,1e2,100000000000000000000,1E400e]", null)]
    [InlineData("[-0,-0.0,1.0,1e2,123456789012345678]", "[0,0,1,100,123456789012345680]")]
    [InlineData("[0.000001,0.0000001,1e21,123e18,-5e-324]", "[0.000001,1e-7,1e+21,123000000000000000000,-5e-324]")]
    public void A_value_has_one_form(string json, string? expected)
    {
        if (expected is null)
        {
            Assert.Throws<FormatException>(() => Canonical(json));
            return;
        }

        Assert.Equal(expected.Trim(), Canonical(json));
        Assert.Equal(expected.Trim(), Canonical(expected));
    }

    [Fact]
    public void Names_are_ordered_by_UTF_16_units_not_by_code_points() =>
        // U+1F600 is D83D DE00 in UTF-16, before U+FB33 and U+E000, though its code point is larger; U+D7FF stays before it.
        Assert.Equal(
            "{\"a\":0,\"\uD7FF\":1,\"\uD83D\uDE00\":2,\"\uE000\":3,\"\uFB33\":4}",
            Canonical("{\"\uFB33\":4,\"\uE000\":3,\"\uD83D\uDE00\":2,\"\uD7FF\":1,\"a\":0}"));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("[1,]")]
    [InlineData("// c\n1")]
    [InlineData("[01]")]
    [InlineData("NaN")]
    [InlineData("1e400")]
    [InlineData("\"a\nb\"")]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"b":1,"a":1,"b":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("\uFEFF1")]
    public void What_has_no_form_is_refused_without_quoting_it(string json)
    {
        Assert.False(CanonicalJson.TryCanonicalize(Encoding.UTF8.GetBytes(json), out var canonical, out var fault));
        Assert.Null(canonical);
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Invalid_UTF_8_is_refused() => Assert.False(CanonicalJson.TryCanonicalize([(byte)'"', 0xc3, 0x28, (byte)'"'], out _, out _));

    [Theory]
    [InlineData(CanonicalJson.MaxDepth, true)]
    [InlineData(CanonicalJson.MaxDepth + 1, false)]
    public void Nesting_ends_at_the_limit(int depth, bool accepted) =>
        Assert.Equal(
            accepted, CanonicalJson.TryCanonicalize(Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth)), out _, out _));

    [Fact]
    public void The_order_in_which_members_come_does_not_matter() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).Two().ToArbitrary(), seeds =>
        {
            var made = new JsonMaker(new Random(seeds.Item1)).Value(depth: 4);
            var once = Canonical(made.Print(new Random(seeds.Item2)));
            return once == Canonical(made.Print(new Random(seeds.Item2 + 1))) && once == Canonical(once);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(TestScale.Of(300, 10_000)));

    /// <summary>Random JSON that can be printed with its members in any order.</summary>
    private sealed class JsonMaker(Random random)
    {
        private const string Letters = "ab\u0001\n\"\\/é€\uE000\uFB33";

        public Node Value(int depth) => random.Next(depth > 0 ? 5 : 3) switch
        {
            0 => new Node.Leaf((random.NextDouble() * Math.Pow(10, random.Next(-30, 30)))
                .ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
            1 => new Node.Leaf("\"" + System.Text.Json.JsonEncodedText.Encode(Text()) + "\""),
            2 => new Node.Leaf("null"),
            3 => new Node.List([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(depth - 1))]),
            _ => new Node.Members(
                Enumerable.Range(0, random.Next(5)).Select(_ => Text()).Distinct().ToDictionary(n => n, _ => Value(depth - 1))),
        };

        private string Text() => string.Concat(
            Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(8) == 0 ? "😀" : Letters[random.Next(Letters.Length)].ToString()));
    }

    private abstract record Node
    {
        public abstract string Print(Random order);

        public sealed record Leaf(string Text) : Node
        {
            public override string Print(Random order) => Text;
        }

        public sealed record List(Node[] Items) : Node
        {
            public override string Print(Random order) => "[" + string.Join(" , ", Items.Select(i => i.Print(order))) + "]";
        }

        public sealed record Members(Dictionary<string, Node> Named) : Node
        {
            public override string Print(Random order) =>
                "{" + string.Join(
                    ",", Named.OrderBy(_ => order.Next())
                        .Select(m => $"\"{System.Text.Json.JsonEncodedText.Encode(m.Key)}\" : {m.Value.Print(order)}")) + "}";
        }
    }
}
