using System.Text;
using Holdpoint.Policy.Json;

namespace Holdpoint.Policy.Tests.Json;

public sealed class EntitiesJsonTests
{
    [Fact]
    public void Values_are_read_as_they_stand_and_escapes_as_what_they_mean()
    {
        var store = World.ReadEntities("""
            [{"uid": {"__entity": {"type": "Ns::User", "id": "a\u0000b"}}, "parents": [], "more": 1,
              "attrs": {"b": true, "n": -9223372036854775808, "m": 9007199254740993, "s": "\u0000😀", "set": [1, 1, "a", []], "r": {"x": {}},
                        "e": {"__entity": {"type": "T", "id": ""}}, "ip": {"__extn": {"fn": "ip", "arg": "::1"}},
                        "t": {"__extn": {"fn": "offset", "args": [{"__extn": {"fn": "datetime", "arg": "1970-01-02"}},
                                                                  {"__extn": {"fn": "duration", "arg": "-1d"}}]}},
                        "plain": {"__entity": "no escape: it does not have the form"}},
              "tags": {"x": 1}}]
            """);

        Assert.True(store.TryGet(new("Ns::User", "a\0b"), out var entity));
        Assert.Equal(
            Value.Record(
                F("b", Value.Of(true)), F("n", Value.Of(long.MinValue)), F("m", Value.Of(9_007_199_254_740_993)), F("s", Value.Of("\0😀")),
                F("set", Value.Set(Value.Of(1), Value.Of("a"), Value.Set())), F("r", Value.Record(F("x", Value.Record()))),
                F("e", Value.Of(new EntityUid("T", ""))), F("ip", IpAddressValue.TryParse("::1", out var ip) ? ip : Value.Of(false)),
                F("t", new DateTimeValue(0)), F("plain", Value.Record(F("__entity", Value.Of("no escape: it does not have the form"))))),
            entity.Attributes);
        Assert.Equal(Value.Record(F("x", Value.Of(1))), entity.Tags);

        static KeyValuePair<string, Value> F(string name, Value value) => KeyValuePair.Create(name, value);
    }

    [Theory]
    [InlineData("1.0", "integer")]
    [InlineData("1e3", "integer")]
    [InlineData("-0", "integer")]
    [InlineData("9223372036854775808", "integer")]
    [InlineData("null", "null")]
    [InlineData("{\"a\": 1, \"a\": 2}", "a")]
    [InlineData("{\"a\": 1, \"\\u0061\": 2}", "a")]
    [InlineData("{\"__expr\": \"User::\\\"a\\\"\"}", "__expr")]
    [InlineData("[{\"x\": {\"__expr\": \"1\"}}]", "[0].x")]
    [InlineData("{\"__entity\": {\"type\": \"not a type\", \"id\": \"\"}}", "entity type")]
    [InlineData("{\"__entity\": {\"type\": \"if\", \"id\": \"\"}}", "entity type")]
    [InlineData("{\"__extn\": {\"fn\": \"nope\", \"arg\": \"\"}}", "nope")]
    [InlineData("{\"__extn\": {\"fn\": \"contains\", \"args\": [[1], 1]}}", "contains")]
    [InlineData("{\"__extn\": {\"fn\": \"ip\", \"arg\": \"x\"}}", "ip")]
    [InlineData("{\"__extn\": {\"fn\": \"ip\", \"args\": []}}", "ip")]
    [InlineData("\"\\ud800\"", "surrogate")]
    public void A_value_that_Cedar_does_not_have_is_refused_with_its_place(string value, string part)
    {
        var read = Parse($$$"""[{"uid": {"type": "U", "id": ""}, "attrs": {"v": {{{value}}}}, "parents": []}]""");

        Assert.False(read.IsValid);
        Assert.Contains(part, read.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "array of entities")]
    [InlineData("[1]", "[0]")]
    [InlineData("[{\"attrs\": {}, \"parents\": []}]", "`uid` is missing")]
    [InlineData("[{\"uid\": {\"type\": \"U\", \"id\": \"\"}, \"parents\": []}]", "`attrs` is missing")]
    [InlineData("[{\"uid\": {\"type\": \"U\", \"id\": \"\"}, \"attrs\": {}}]", "`parents` is missing")]
    [InlineData("[{\"uid\": \"U::\\\"\\\"\", \"attrs\": {}, \"parents\": []}]", "[0].uid")]
    [InlineData("[{\"uid\": {\"type\": \"U\", \"id\": \"\"}, \"attrs\": {}, \"parents\": [{}]}]", "[0].parents[0]")]
    [InlineData("[{\"uid\": {\"type\": \"U\", \"id\": \"\"}, \"attrs\": {}, \"parents\": [], \"tags\": null}]", "[0].tags")]
    [InlineData("[", "")]
    [InlineData("[] []", "")]
    [InlineData("[],", "")]
    [InlineData("[] // comment", "")]
    public void What_is_no_list_of_entities_is_refused(string json, string part)
    {
        var read = Parse(json);

        Assert.False(read.IsValid);
        Assert.Contains(part, read.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_duplicates_are_one_entity_and_different_ones_are_refused()
    {
        const string A = """{"uid": {"type": "U", "id": "a"}, "attrs": {"x": 1}, "parents": [{"type": "U", "id": "b"}]}""";

        Assert.Equal(1, Parse($"[{A},{A}]").Value?.Count);
        Assert.Contains("twice", Parse($"[{A},{A.Replace("1", "2", StringComparison.Ordinal)}]").Fault, StringComparison.Ordinal);
        Assert.Contains("twice", Parse($"[{A},{A.Replace("\"b\"", "\"c\"", StringComparison.Ordinal)}]").Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a>a")]
    [InlineData("a>b b>a")]
    [InlineData("a>b b>c c>d d>b")]
    [InlineData("a>b a>c b>d c>d d>a")]
    public void An_entity_that_is_its_own_ancestor_is_refused(string edges)
    {
        var read = Parse(Graph(edges));

        Assert.Contains("own ancestor", read.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Ancestors_are_those_of_every_way_up()
    {
        var store = Parse(Graph("a>b a>c b>d c>d d>e e>missing")).Value!;

        foreach (var ancestor in "bcde".Select(c => c.ToString()).Append("missing"))
        {
            Assert.True(store.IsIn(new("U", "a"), new("U", ancestor)));
        }

        Assert.False(store.IsIn(new("U", "b"), new("U", "c")));
        Assert.False(store.IsIn(new("U", "missing"), new("U", "e")));
    }

    [Theory]
    [InlineData(1_447, true)] // 1447 · 1448 / 2 ancestors in all
    [InlineData(1_448, false)]
    public void As_many_ancestors_as_the_limit_are_taken_and_more_are_not(int length, bool fits)
    {
        Assert.Equal(fits, (long)length * (length + 1) / 2 <= EntityStore.MaxAncestors);
        var chain = Enumerable.Range(0, length).Select(i => new Entity(new("U", $"{i}"), parents: [new EntityUid("U", $"{i + 1}")]));

        Assert.Equal(fits, EntityStore.TryCreate(chain, out var store, out _));
        Assert.Equal(fits, store?.IsIn(new("U", "0"), new("U", $"{length}")) ?? false);
    }

    [Fact]
    public void An_action_can_only_be_in_actions()
    {
        var read = Parse("""[{"uid": {"type": "Action", "id": "a"}, "attrs": {}, "parents": [{"type": "User", "id": "b"}]}]""");

        Assert.Contains("not an action", read.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Nesting_at_the_limit_is_read_and_one_level_more_is_not(int more, bool fits)
    {
        // Three levels are the array, the entity and its attributes.
        var nested = new string('[', 5 + more) + new string(']', 5 + more);
        var json = $$$"""[{"uid": {"type": "U", "id": ""}, "attrs": {"v": {{{nested}}}}, "parents": []}]""";

        Assert.Equal(fits, EntitiesJson.Parse(Encoding.UTF8.GetBytes(json), new() { MaxDepth = 8 }).IsValid);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void As_many_entities_as_the_limit_are_read_and_one_more_is_not(int limit, bool fits)
    {
        var entities = string.Join(
            ", ", Enumerable.Range(0, 3).Select(i => $$"""{"uid": {"type": "A", "id": "{{i}}"}, "attrs": {}, "parents": []}"""));

        Assert.Equal(fits, EntitiesJson.Parse(Encoding.UTF8.GetBytes($"[{entities}]"), new JsonLimits { MaxEntities = limit }).IsValid);
    }

    [Fact]
    public void A_document_at_the_size_limit_is_read_and_one_byte_more_is_not()
    {
        Assert.True(EntitiesJson.Parse("[ ]"u8.ToArray(), new() { MaxBytes = 3 }).IsValid);
        Assert.False(EntitiesJson.Parse("[  ]"u8.ToArray(), new() { MaxBytes = 3 }).IsValid);
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_refused() =>
        Assert.Contains("UTF-8", EntitiesJson.Parse((byte[])[.. "[\""u8, 0xC3, .. "\"]"u8]).Fault, StringComparison.Ordinal);

    private static JsonOutcome<EntityStore> Parse(string json) => EntitiesJson.Parse(Encoding.UTF8.GetBytes(json));

    private static string Graph(string edges)
    {
        var nodes = edges.Split(' ').Select(e => e.Split('>')).GroupBy(e => e[0], e => e[1]);
        var entities = nodes.Select(n =>
            $$"""{"uid": {{Uid(n.Key)}}, "attrs": {}, "parents": [{{string.Join(',', n.Select(Uid))}}]}""");
        return $"[{string.Join(',', entities)}]";

        static string Uid(string id) => $$"""{"type": "U", "id": "{{id}}"}""";
    }
}
