using System.Collections.Immutable;
using Holdpoint.Wire;

namespace Holdpoint.Signals;

/// <summary>
/// Looks for phrases and persons over the seams of neighbouring texts, because a model reads a caller's content parts, messages or prompts
/// as one text. Texts are joined as they are and, for phrases, with a space between; in the order of the body and in those in which a model
/// is likely to read them (<see cref="TextOrder"/>). Only where the end of a text may be the beginning of a finding is anything read, from
/// there into the next text for as long as it may go on. Linear in the texts, however short they are.
/// </summary>
internal static class Seams
{
    private static readonly byte[] Space = [(byte)' '];

    /// <summary>
    /// The phrases over seams, and also some within a text, with the path of the text in which each ends; and the persons of whom an
    /// identifier was cut and is none on either side.
    /// </summary>
    /// <param name="detectors">The detectors that have scanned the parts.</param>
    /// <param name="parts">The parts, in their order.</param>
    /// <param name="byPart">What was found in each.</param>
    public static Findings Scan(Detectors detectors, ImmutableArray<Part> parts, ReadOnlySpan<Findings> byPart)
    {
        var (phrases, persons) = WhatIsOpen(detectors, byPart[..Math.Max(0, parts.Length - 1)]);
        if (!phrases && !persons)
        {
            return Findings.None;
        }

        List<Findings> found = [];
        var hasModelOrder = TextOrders.IsOfItsOwn(TextOrder.Model, parts);
        for (var order = TextOrder.Body; order <= TextOrder.Spoken; order++)
        {
            if (order != TextOrder.Body && !(order == TextOrder.Model ? hasModelOrder : TextOrders.IsOfItsOwn(order, parts)))
            {
                continue;
            }

            var seesPersons = persons && order == (hasModelOrder ? TextOrder.Model : TextOrder.Body);
            if (phrases || seesPersons)
            {
                Join(new(detectors, found, [], seesPersons ? new(onlyWithin: false) : null), order, parts, byPart, []);
            }

            if (phrases)
            {
                Join(new(detectors, found, Space, seams: null), order, parts, byPart, []);
            }
        }

        return found.Count == 0 ? Findings.None : Findings.Merge([.. found]);
    }

    /// <summary>The persons of whom an identifier was cut, and a byte of it is in one of the ranges.</summary>
    /// <param name="detectors">The detectors that have scanned the parts.</param>
    /// <param name="parts">The parts, in their order.</param>
    /// <param name="byPart">What was found in each.</param>
    /// <param name="ranges">The ranges of each part: sorted, not overlapping.</param>
    public static Findings PersonsWithin(
        Detectors detectors, ImmutableArray<Part> parts, ReadOnlySpan<Findings> byPart, ReadOnlySpan<ImmutableArray<ByteRange>> ranges)
    {
        List<Findings> found = [];
        var order = TextOrders.IsOfItsOwn(TextOrder.Model, parts) ? TextOrder.Model : TextOrder.Body;
        Join(new(detectors, found, [], new(onlyWithin: true)), order, parts, byPart, ranges);
        return found.Count == 0 ? Findings.None : Findings.Merge([.. found]);
    }

    private static void Join(
        JoinedTexts joined,
        TextOrder order,
        ImmutableArray<Part> parts,
        ReadOnlySpan<Findings> byPart,
        ReadOnlySpan<ImmutableArray<ByteRange>> ranges)
    {
        using (joined)
        {
            for (var rank = 0; rank < TextOrders.Ranks(order); rank++)
            {
                for (var i = 0; i < parts.Length; i++)
                {
                    if (parts[i].Kind == PartKind.Text && !parts[i].Bytes.IsEmpty && TextOrders.Has(order, parts[i].Path, rank))
                    {
                        joined.Add(parts[i], byPart[i], ranges.IsEmpty ? [] : ranges[i]);
                    }
                }
            }
        }
    }

    private static (bool Phrases, bool Persons) WhatIsOpen(Detectors detectors, ReadOnlySpan<Findings> byPart)
    {
        var (phrases, persons) = (false, false);
        foreach (var found in byPart)
        {
            phrases |= detectors.HasPhrases && found.OpenFrom != Findings.NotOpen;
            persons |= found.PersonsFrom != Findings.NotOpen;
        }

        return (phrases, persons);
    }
}
