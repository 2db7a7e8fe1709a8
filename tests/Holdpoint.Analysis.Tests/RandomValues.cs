using System.Diagnostics;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy;

namespace Holdpoint.Analysis.Tests;

/// <summary>Values of term types at random, from a domain small enough that equal ones meet.</summary>
internal static class RandomValues
{
    private static readonly string[] Texts = ["", "a", "ab", "b*", "abab", "ü\\u{41}"];
    private static readonly string[] Addresses = ["1.2.3.4", "1.2.0.0/16", "127.0.0.1", "::1", "ff00::/8", "10.0.0.0/8"];
    private static readonly long[] Numbers = [0, 1, -1, 2, 5, long.MaxValue, long.MinValue, 86_400_000, 3];

    public static IEnumerable<string> AllTexts => Texts;

    public static IEnumerable<long> AllNumbers => Numbers;

    /// <returns>Null for none.</returns>
    public static Value? Of(TermType type, Random random) => type switch
    {
        _ when type == TermType.Boolean => Value.Of(random.Next(2) == 0),
        _ when type == TermType.Long => Value.Of(Numbers[random.Next(Numbers.Length)]),
        _ when type == TermType.String => Value.Of(Texts[random.Next(Texts.Length)]),
        _ when type == TermType.Address => Address(Addresses[random.Next(Addresses.Length)]),
        TermType.Entity entity => Value.Of(new EntityUid(entity.Name, $"e{random.Next(3)}")),
        TermType.Enum list => list.Values[random.Next(list.Ids.Length)],
        TermType.SetOf set => Value.Set(Enumerable.Range(0, random.Next(4)).Select(_ => Of(set.Element, random)!)),
        TermType.OptionOf option => random.Next(2) == 0 ? null : Of(option.Inner, random),
        TermType.Record record => Value.Record(
            from field in record.Fields
            let value = Of(field.Type, random)
            where value is not null
            select KeyValuePair.Create(field.Name, value)),
        _ => throw new UnreachableException(),
    };

    public static IpAddressValue Address(string text) =>
        IpAddressValue.TryParse(text, out var value) ? value : throw new UnreachableException();
}
