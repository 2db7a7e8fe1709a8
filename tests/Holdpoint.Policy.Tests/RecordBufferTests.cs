using FsCheck;
using FsCheck.Fluent;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests;

/// <summary>A context that is written anew for each decision.</summary>
public sealed class RecordBufferTests
{
    private static readonly Request Request = new(new("User", "a"), new("Action", "view"), new("Photo", "p"), RecordValue.Empty);

    [Fact]
    public void It_holds_what_the_record_of_the_same_fields_holds_whatever_was_in_it_before()
    {
        var (outer, inner) = (new RecordBuffer(), new RecordBuffer());
        var names = Gen.Choose(0, 20).ArrayOf().Select(numbers => numbers.Distinct().ToArray());
        Prop.ForAll(names.Two().ToArbitrary(), both =>
        {
            outer.Clear();
            inner.Clear();
            foreach (var number in both.Item1)
            {
                outer.Add($"n{number}", number * 100);
            }

            foreach (var number in both.Item2)
            {
                inner.Add($"t{number}", Value.Of($"{number}"));
            }

            outer.Add("nested", inner);
            return outer.ToRecord().Equals(Value.Record(
            [
                .. both.Item1.Select(number => KeyValuePair.Create($"n{number}", (Value)Value.Of(number * 100))),
                new("nested", Value.Record(both.Item2.Select(number => KeyValuePair.Create($"t{number}", (Value)Value.Of($"{number}"))))),
            ]));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void What_was_taken_out_of_it_does_not_change()
    {
        var (buffer, nested) = (new RecordBuffer(), new RecordBuffer());
        buffer.Add("n", 5);
        nested.Add("m", 6);
        buffer.Add("r", nested);
        var before = buffer.ToRecord();

        buffer.Clear();
        nested.Clear();
        buffer.Add("n", 7);
        nested.Add("m", 8);

        Assert.Equal("{\"n\": 5, \"r\": {\"m\": 6}}", before.ToString());
        Assert.Equal("{\"n\": 7}", buffer.ToRecord().ToString());
        Assert.Equal(["5", "6", "7", "8"], ((long[])[5, 6, 7, 8]).Select(n => Value.Of(n).ToString()));
    }

    [Fact]
    public void A_name_is_given_once()
    {
        var buffer = new RecordBuffer();
        buffer.Add("b", 1);
        buffer.Add("a", 1);
        buffer.Add("c", 1);

        Assert.All((string[])["a", "b", "c"], name => Assert.Throws<ArgumentException>(() => buffer.Add(name, 2)));
        Assert.Equal("{\"a\": 1, \"b\": 1, \"c\": 1}", buffer.ToRecord().ToString());
    }

    [Fact]
    public void A_decision_on_it_is_that_on_its_record_and_allocates_nothing()
    {
        var authorizer = PolicySet.Create(PolicyParser.Parse(
            """
            permit (principal, action, resource) when { context.n > 300 && context.r.m != context.n };
            forbid (principal, action, resource) when { context has t && [1, 400, 500].contains(context.n) };
            """).Policies).Compile();
        var (buffer, nested, outcomes) = (new RecordBuffer(), new RecordBuffer(), new PolicyOutcomes());
        for (var n = 200; n <= 600; n += 50)
        {
            Write(n);
            authorizer.Evaluate(Request, buffer, EntityStore.Empty, outcomes);
            Assert.Equal(
                authorizer.Evaluate(Request with { Context = buffer.ToRecord() }, EntityStore.Empty).All.ToArray(), outcomes.All.ToArray());
        }

        var next = 0;
        Assert.Equal(0, Allocations.Of(
            () =>
            {
                Write(next++);
                authorizer.Evaluate(Request, buffer, EntityStore.Empty, outcomes);
            },
            times: 1_000));

        void Write(long n)
        {
            buffer.Clear();
            nested.Clear();
            buffer.Add("n", n);
            nested.Add("m", n % 3 == 0 ? n : 1_000);
            buffer.Add("r", nested);
            if (n % 4 == 0)
            {
                buffer.Add("t", Value.Of(true));
            }
        }
    }
}
