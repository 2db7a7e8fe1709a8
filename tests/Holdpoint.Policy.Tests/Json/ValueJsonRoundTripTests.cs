using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Json;

namespace Holdpoint.Policy.Tests.Json;

/// <summary>What is written of requests and entities is read back as it was, whatever values are in them.</summary>
public sealed class ValueJsonRoundTripTests
{
    private static readonly Gen<string> Texts = Gen.Elements(
        "", "a", "two words", "\"", "\\", "*", "\0\x1f\u007f", "\r\n\t", "ü", "e\u0301", "😀",
        "\u2028", "//", "__entity", "__extn", "type", "id", "1970-01-01", "ip(\"::1\")");

    private static readonly Gen<long> Longs = Gen.OneOf(
        Gen.Elements(
            0, 1, -1, long.MinValue, long.MinValue + 1, long.MaxValue, int.MinValue, int.MaxValue, -86_400_000, 253_402_300_800_000),
        from high in Gen.Choose(int.MinValue, int.MaxValue)
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        select ((long)high << 32) ^ (uint)low);

    private static readonly Gen<EntityUid> Uids =
        from type in Gen.Elements("User", "A::B::C", "in_")
        from id in Texts
        select new EntityUid(type, id);

    private static readonly Gen<Value> Leaves = Gen.OneOf(
        Gen.Elements(true, false).Select(Value (b) => Value.Of(b)),
        Longs.Select(Value (n) => Value.Of(n)),
        Texts.Select(Value (t) => Value.Of(t)),
        Uids.Select(Value (u) => Value.Of(u)),
        Longs.Select(Value (n) => new DateTimeValue(n)),
        Longs.Select(Value (n) => new DurationValue(n)),
        Longs.Select(Value (n) => new DecimalValue(n)),
        from address in Longs from prefix in Gen.Choose(0, 32) select (Value)IpAddressValue.Of(false, (uint)address, prefix),
        from high in Longs from low in Longs from prefix in Gen.Choose(0, 128)
        select (Value)IpAddressValue.Of(true, new UInt128((ulong)high, (ulong)low), prefix));

    [Fact]
    public void A_request_is_read_back_as_it_was() =>
        Prop.ForAll(Requests.ToArbitrary(), request =>
        {
            var read = RequestJson.Parse(Written(json => RequestJson.Write(json, request)));

            Assert.True(read.IsValid, read.Fault);
            Assert.Equal(
                (request.Principal, request.Action, request.Resource), (read.Value!.Principal, read.Value.Action, read.Value.Resource));
            Assert.Equal(request.Context, read.Value.Context);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Entities_are_read_back_as_they_were() =>
        Prop.ForAll(Entities.ToArbitrary(), entity =>
        {
            // A parent that has no entry of its own is an entity of which nothing more is known, as in Cedar.
            Entity[] entities = [entity, new(new("Other", "\u2028"), RecordValue.Empty, [])];

            var read = EntitiesJson.Parse(Written(json => EntitiesJson.Write(json, entities)));

            Assert.True(read.IsValid, read.Fault);
            Assert.Equal(2, read.Value!.Entities.Count());
            var back = read.Value.Entities.Single(e => e.Uid == entity.Uid);
            Assert.Equal(entity.Attributes, back.Attributes);
            Assert.Equal(entity.Tags, back.Tags);
            Assert.Equal([.. entity.Parents], back.Parents.ToHashSet());
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Every_extension_value_at_its_extremes_is_read_back(long number)
    {
        Value[] values = [new DateTimeValue(number), new DurationValue(number), new DecimalValue(number), Value.Of(number)];
        var context = Value.Record(values.Select((value, i) => KeyValuePair.Create($"v{i}", value)));
        var request = new Request(new("A", ""), new("Action", ""), new("A", ""), context);

        var read = RequestJson.Parse(Written(json => RequestJson.Write(json, request)));

        Assert.Equal(context, read.Value?.Context);
    }

    [Fact]
    public void A_record_that_looks_like_an_escape_is_the_one_thing_that_the_notation_cannot_say()
    {
        var escape = Value.Record([new("__entity", Value.Record([new("type", Value.Of("User")), new("id", Value.Of("a"))]))]);
        var request = new Request(new("A", ""), new("Action", ""), new("A", ""), Value.Record([new("x", escape)]));

        var read = RequestJson.Parse(Written(json => RequestJson.Write(json, request)));

        Assert.Equal(Value.Record([new("x", Value.Of(new EntityUid("User", "a")))]), read.Value?.Context);
    }

    private static Gen<Request> Requests =>
        from principal in Uids
        from action in Uids
        from resource in Uids
        from context in Records(3)
        select new Request(principal, action, resource, context);

    private static Gen<Entity> Entities =>
        from id in Texts
        from attributes in Records(2)
        from tags in Records(2)
        from parents in Gen.SubListOf(new EntityUid("Other", "\u2028"), new EntityUid("Gone", "x"))
        select new Entity(new("User", id), attributes, parents, tags);

    private static Gen<Value> Values(int depth) => depth == 0 ? Leaves : Gen.Frequency(
        (4, Leaves),
        (1, Values(depth - 1).ListOf().Select(Value (elements) => Value.Set(elements.Take(4)))),
        (1, Records(depth - 1).Select(Value (record) => record)));

    // A field of any name, beside one more that keeps the record from looking like an escape.
    private static Gen<RecordValue> Records(int depth) =>
        from names in Gen.SubListOf("", "a", "two words", "__entity", "__extn", "__expr", "type", "id", "😀", "\"")
        from value in Values(depth).ListOf()
        select Value.Record(
            [
                .. names.Zip(value, KeyValuePair.Create),
                .. names.Zip(value).Any()
                    ? [KeyValuePair.Create("beside", Value.Of(1L) as Value)]
                    : Array.Empty<KeyValuePair<string, Value>>()]);

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            write(json);
        }

        return bytes.ToArray();
    }
}
