using System.Collections.Immutable;

namespace Holdpoint.Signals;

/// <summary>One mention of an identifier.</summary>
internal readonly record struct Mention(int Node, ByteRange Range);

/// <summary>Turns links and mentions into persons, in an order that depends on the text alone.</summary>
internal static class PersonGroups
{
    public static ImmutableArray<PersonFinding> Of(PersonLinks links, IReadOnlyList<Mention> mentions)
    {
        if (links.Count == 0)
        {
            return [];
        }

        var identifiers = new List<Identifier>?[links.Count];
        var ranges = new List<ByteRange>?[links.Count];
        for (var node = 0; node < links.Count; node++)
        {
            (identifiers[links.PersonOf(node)] ??= []).Add(links[node]);
        }

        foreach (var mention in mentions)
        {
            (ranges[links.PersonOf(mention.Node)] ??= []).Add(mention.Range);
        }

        var persons = new List<PersonFinding>(links.Persons);
        for (var node = 0; node < links.Count; node++)
        {
            if (identifiers[node] is { } held)
            {
                held.Sort(static (a, b) => a.Kind.CompareTo(b.Kind));
                persons.Add(new([.. held], Sorted(ranges[node])));
            }
        }

        persons.Sort(static (a, b) => Compare(a, b));
        return [.. persons];
    }

    private static ImmutableArray<ByteRange> Sorted(List<ByteRange>? ranges)
    {
        if (ranges is null)
        {
            return [];
        }

        ranges.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.End.CompareTo(b.End));
        return [.. ranges.Distinct()];
    }

    private static int Compare(PersonFinding a, PersonFinding b)
    {
        var order = (a.Ranges.IsEmpty ? 0 : a.Ranges[0].Start).CompareTo(b.Ranges.IsEmpty ? 0 : b.Ranges[0].Start);
        if (order == 0)
        {
            order = a.Identifiers[0].Kind.CompareTo(b.Identifiers[0].Kind);
        }

        return order != 0 ? order : a.Identifiers[0].Key.CompareTo(b.Identifiers[0].Key);
    }
}
