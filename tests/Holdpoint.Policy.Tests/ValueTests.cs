namespace Holdpoint.Policy.Tests;

public sealed class ValueTests
{
    [Fact]
    public void Equal_values_have_equal_hashes_whatever_their_order()
    {
        var numbers = Enumerable.Range(0, 20).Select(i => Value.Of(i)).ToArray();
        (Value A, Value B)[] pairs =
        [
            (Value.Set(numbers), Value.Set(numbers.Reverse().Concat(numbers))),
            (Value.Set(Value.Of("b"), Value.Of("a")), Value.Set(Value.Of("a"), Value.Of("b"))),
            (Value.Record(new("a", Value.Of(1)), new("b", Value.Of(true))), Value.Record(new("b", Value.Of(true)), new("a", Value.Of(1)))),
            (Value.Of(new EntityUid("T", "a")), Value.Of(new EntityUid("T", "a"))),
            (Value.Of(long.MaxValue), Value.Of(long.MaxValue)),
            (new DateTimeValue(5), new DateTimeValue(5)),
        ];

        Assert.All(pairs, p => Assert.Equal(p.A, p.B));
        Assert.All(pairs, p => Assert.Equal(p.A.GetHashCode(), p.B.GetHashCode()));
    }

    [Fact]
    public void Values_of_different_types_are_never_equal()
    {
        Value[] values =
        [
            Value.Of(false), Value.Of(0), Value.Of(""), Value.Of("0"), Value.Of(new EntityUid("T", "")), Value.Set(), Value.Record(),
            new DecimalValue(0), new DateTimeValue(0), new DurationValue(0),
        ];

        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.Equal(values.Length, Value.Set(values).Elements.Length);
    }

    [Fact]
    public void A_record_with_many_fields_finds_each_and_no_other()
    {
        var record = Value.Record(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create<string, Value>($"f{i}", Value.Of(i))));

        Assert.All(Enumerable.Range(0, 50), i => Assert.True(record.TryGetValue($"f{i}", out var v) && v.Equals(Value.Of(i))));
        Assert.False(record.Has("f"));
        Assert.Throws<ArgumentException>(() => Value.Record(new("a", Value.Of(1)), new("a", Value.Of(1))));
    }
}
