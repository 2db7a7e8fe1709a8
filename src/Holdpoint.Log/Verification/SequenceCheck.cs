using System.Collections.Immutable;
using Holdpoint.Log.Records;

namespace Holdpoint.Log.Verification;

/// <summary>
/// Follows each gateway through the log: its records are numbered 0, 1, 2, … and each names the one before, so a record that was left out,
/// put elsewhere or replaced shows even where the tree was built anew over the result.
/// </summary>
internal sealed class SequenceCheck(FaultList faults)
{
    /// <summary>How many gateways a log may have. Each takes memory here, and a name costs its inventor only one record.</summary>
    public const int MaxGateways = 100_000;

    private readonly Dictionary<string, Last> _gateways = new(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, long> Counts =>
        _gateways.ToImmutableSortedDictionary(g => g.Key, g => g.Value.Count, StringComparer.Ordinal);

    /// <summary>Takes the entry at a leaf index.</summary>
    public void Next(long index, Hash leaf, ReadOnlySpan<byte> entry)
    {
        if (!RecordLink.TryRead(entry, out var link, out var fault))
        {
            faults.Add("record_malformed", $"leaf {index}", fault);
            return;
        }

        var known = _gateways.TryGetValue(link.Gateway, out var last);
        if (!known && _gateways.Count == MaxGateways)
        {
            faults.Add("sequence_gateways", Place(index, link), $"the log has more than {MaxGateways} gateways");
            return;
        }

        var expected = known ? last.Seq + 1 : 0;
        if (link.Seq > expected)
        {
            var missing = link.Seq - 1 == expected ? $"record {expected} is" : $"records {expected} to {link.Seq - 1} are";
            faults.Add("sequence_gap", Place(index, link), $"{missing} missing before it");
        }
        else if (link.Seq < expected)
        {
            faults.Add("sequence_order", Place(index, link), $"record {last.Seq}, at leaf {last.Index}, comes before it");
        }
        else if (link.Prev != (known ? last.Leaf : Hash.Zero))
        {
            faults.Add("sequence_link", Place(index, link), known
                ? $"it follows a record with leaf hash {link.Prev}, but record {last.Seq}, at leaf {last.Index}, "
                    + $"has {last.Leaf}: one of the two was replaced"
                : $"it is the first, but names a record before it with leaf hash {link.Prev}");
        }

        // Go on from what stands here: one fault is told once, not again for every record after it.
        _gateways[link.Gateway] = new(link.Seq, index, leaf, last.Count + 1);
    }

    private static string Place(long index, RecordLink link) => $"gateway {link.Gateway} seq {link.Seq} (leaf {index})";

    private readonly record struct Last(long Seq, long Index, Hash Leaf, long Count);
}
