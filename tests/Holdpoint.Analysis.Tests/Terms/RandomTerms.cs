using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Analysis.Tests.Terms;

/// <summary>
/// Terms at random, each beside what it means: computed on values directly, as the operation was asked for and not as the factory made it.
/// </summary>
internal sealed class RandomTerms(TermFactory terms, Random random)
{
    public static readonly TermType.Enum Color = new("Color", ["red", "green", "blue"]);
    public static readonly TermType.Entity User = new("User");
    public static readonly TermType.Record Pair = new([("a", TermType.Long), ("b", new TermType.OptionOf(TermType.Boolean))]);

    public static readonly TermType[] Scalars = [TermType.Boolean, TermType.Long, TermType.String, TermType.Address, Color, User];
    private static readonly TermType[] Elements = [.. Scalars, Pair, new TermType.SetOf(TermType.Long)];

    public record struct Meant(Term Term, Func<Interpretation, Value?> Meaning);

    public Meant Truth(int depth)
    {
        if (depth == 0)
        {
            return Leaf(TermType.Boolean);
        }

        switch (random.Next(14))
        {
            case 0:
                var n = Truth(depth - 1);
                return new(terms.Not(n.Term), m => Value.Of(!IsTrue(n, m)));
            case 1:
                var (a, b, c) = (Truth(depth - 1), Truth(depth - 1), Truth(depth - 1));
                return new(terms.And(a.Term, b.Term, c.Term), m => Value.Of(IsTrue(a, m) && IsTrue(b, m) && IsTrue(c, m)));
            case 2:
                var (d, e) = (Truth(depth - 1), Truth(depth - 1));
                return new(terms.Or(d.Term, e.Term), m => Value.Of(IsTrue(d, m) || IsTrue(e, m)));
            case 3:
                return Choice(TermType.Boolean, depth);
            case 4 or 5:
                var type = Elements[random.Next(Elements.Length)];
                var (x, y) = (Any(type, depth - 1), Any(type, depth - 1));
                return new(terms.Equal(x.Term, y.Term), m => Value.Of(Equals(x.Meaning(m), y.Meaning(m))));
            case 6:
                var (p, q) = (Any(TermType.Long, depth - 1), Any(TermType.Long, depth - 1));
                return random.Next(2) == 0
                    ? new(terms.Less(p.Term, q.Term), m => Value.Of(Number(p, m) < Number(q, m)))
                    : new(terms.LessOrEqual(p.Term, q.Term), m => Value.Of(Number(p, m) <= Number(q, m)));
            case 7:
                return Overflow(depth);
            case 8:
                var text = Any(TermType.String, depth - 1);
                var pattern = new Pattern(
                    [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => RandomValues.AllTexts.ElementAt(random.Next(3)))]);
                return new(terms.Like(text.Term, pattern), m => Value.Of(pattern.Matches(((StringValue)text.Meaning(m)!).Value)));
            case 9:
                var (r, s) = (Any(TermType.Address, depth - 1), Any(TermType.Address, depth - 1));
                return random.Next(2) == 0
                    ? new(terms.IsIpv6(r.Term), m => Value.Of(((IpAddressValue)r.Meaning(m)!).IsIpv6))
                    : new(
                        terms.IsInRange(r.Term, s.Term),
                        m => Value.Of(((IpAddressValue)r.Meaning(m)!).IsInRange((IpAddressValue)s.Meaning(m)!)));
            default:
                return Sets(depth);
        }
    }

    public Meant Any(TermType type, int depth)
    {
        switch (type)
        {
            case TermType.Record record:
                var fields = record.Fields.Select(f => Any(f.Type, depth)).ToArray();
                return new(terms.Record(record, [.. fields.Select(f => f.Term)]), m => Value.Record(
                    from pair in record.Fields.Zip(fields)
                    let value = pair.Second.Meaning(m)
                    where value is not null
                    select KeyValuePair.Create(pair.First.Name, value)));
            case TermType.OptionOf option:
                var (isThere, inner) = (Truth(Math.Min(depth, 1)), Any(option.Inner, depth));
                return new(terms.Option(isThere.Term, inner.Term), m => IsTrue(isThere, m) ? inner.Meaning(m) : null);
        }

        if (depth == 0)
        {
            return Leaf(type);
        }

        if (random.Next(3) == 0)
        {
            return Choice(type, depth);
        }

        if (type == TermType.Boolean)
        {
            return Truth(depth);
        }

        if (type == TermType.Long)
        {
            var (a, b, divisor) = (Any(type, depth - 1), Any(type, depth - 1), (long)random.Next(1, 1000));
            return random.Next(5) switch
            {
                0 => new(terms.Add(a.Term, b.Term), m => Value.Of(unchecked(Number(a, m) + Number(b, m)))),
                1 => new(terms.Subtract(a.Term, b.Term), m => Value.Of(unchecked(Number(a, m) - Number(b, m)))),
                2 => new(terms.Multiply(a.Term, b.Term), m => Value.Of(unchecked(Number(a, m) * Number(b, m)))),
                3 => new(terms.Divide(a.Term, divisor), m => Value.Of(Number(a, m) / divisor)),
                _ => new(terms.Remainder(a.Term, divisor), m => Value.Of(Number(a, m) % divisor)),
            };
        }

        if (type is TermType.SetOf set && random.Next(2) == 0)
        {
            var elements = Enumerable.Range(0, random.Next(4)).Select(_ => Any(set.Element, depth - 1)).ToArray();
            return new(terms.Set(set.Element, [.. elements.Select(e => e.Term)]), m => Value.Set(elements.Select(e => e.Meaning(m)!)));
        }

        return Leaf(type);
    }

    private Meant Leaf(TermType type)
    {
        if (random.Next(2) == 0)
        {
            var value = RandomValues.Of(type, random)!;
            return type is TermType.SetOf { Element: not ({ IsScalar: true } or TermType.SetOf) }
                ? Leaf(type)
                : new(terms.Constant(value, type), _ => value);
        }

        if (random.Next(3) == 0)
        {
            var function = new FunctionSymbol($"of user {type}", [User], type);
            var user = Leaf(User);
            return new(terms.Apply(function, user.Term), m => m[function, user.Meaning(m)!] ?? DefaultValue.Of(type));
        }

        var name = $"{type} {random.Next(2)}";
        return new(terms.Variable(name, type), m => m[name] ?? DefaultValue.Of(type));
    }

    private Meant Choice(TermType type, int depth)
    {
        var (c, x, y) = (Truth(depth - 1), Any(type, depth - 1), Any(type, depth - 1));
        return new(terms.If(c.Term, x.Term, y.Term), m => IsTrue(c, m) ? x.Meaning(m) : y.Meaning(m));
    }

    private Meant Overflow(int depth)
    {
        var (a, b) = (Any(TermType.Long, depth - 1), Any(TermType.Long, depth - 1));
        return random.Next(3) switch
        {
            0 => new(terms.AddOverflows(a.Term, b.Term), m => Value.Of(IsOutside((Int128)Number(a, m) + Number(b, m)))),
            1 => new(terms.SubtractOverflows(a.Term, b.Term), m => Value.Of(IsOutside((Int128)Number(a, m) - Number(b, m)))),
            _ => new(terms.MultiplyOverflows(a.Term, b.Term), m => Value.Of(IsOutside((Int128)Number(a, m) * Number(b, m)))),
        };
    }

    private Meant Sets(int depth)
    {
        var element = Elements[random.Next(Elements.Length)];
        var type = new TermType.SetOf(element);
        var (a, b, x) = (Any(type, depth - 1), Any(type, depth - 1), Any(element, depth - 1));
        return random.Next(5) switch
        {
            0 => new(terms.Member(x.Term, a.Term), m => Value.Of(Set(a, m).Contains(x.Meaning(m)!))),
            1 => new(terms.Subset(a.Term, b.Term), m => Value.Of(Set(b, m).ContainsAll(Set(a, m)))),
            2 => new(terms.Intersects(a.Term, b.Term), m => Value.Of(Set(a, m).ContainsAny(Set(b, m)))),
            3 => new(terms.IsEmpty(a.Term), m => Value.Of(Set(a, m).Elements.IsEmpty)),
            _ => new(terms.Equal(a.Term, b.Term), m => Value.Of(Set(a, m).Equals(Set(b, m)))),
        };
    }

    public static bool IsTrue(Meant meant, Interpretation model) => ((BooleanValue)meant.Meaning(model)!).Value;

    private static long Number(Meant meant, Interpretation model) => ((LongValue)meant.Meaning(model)!).Value;

    private static SetValue Set(Meant meant, Interpretation model) => (SetValue)meant.Meaning(model)!;

    private static bool IsOutside(Int128 number) => number < long.MinValue || number > long.MaxValue;

    /// <summary>An interpretation of every unknown that these terms can have.</summary>
    public static Interpretation Model(Random random)
    {
        var model = new Interpretation();
        foreach (var type in Elements.Concat(Elements.Select(TermType (e) => new TermType.SetOf(e))))
        {
            if (type is TermType.Record)
            {
                continue;
            }

            for (var i = 0; i < 2; i++)
            {
                model[$"{type} {i}"] = RandomValues.Of(type, random);
            }

            for (var i = 0; i < 3; i++)
            {
                model[new FunctionSymbol($"of user {type}", [User], type), Value.Of(new EntityUid("User", $"e{i}"))] =
                    RandomValues.Of(type, random);
            }
        }

        return model;
    }
}
