using System.Collections.Immutable;
using System.Text;
using Holdpoint.Wire;

namespace Holdpoint.Signals;

/// <summary>
/// Looks for phrases over the seams of neighbouring texts: what a caller cuts into content parts, messages or prompts the model reads as
/// one. Texts are joined as they are and with a space between. Linear in the texts: of each, at most its two ends are read again.
/// </summary>
internal static class Seams
{
    /// <summary>How much of each side is looked at, in bytes: several times the longest phrase of an agreement people write.</summary>
    private const int Reach = 1024;

    /// <summary>The phrases that stand in no text alone; with the path of the text in which each ends.</summary>
    public static Findings Scan(Detectors detectors, ImmutableArray<Part> parts)
    {
        if (parts.Length < 2)
        {
            return Findings.None;
        }

        List<Findings> found = [];
        foreach (var separator in (string[])["", " "])
        {
            Scan(detectors, parts, Encoding.ASCII.GetBytes(separator), found);
        }

        return found.Count == 0 ? Findings.None : Findings.Merge([.. found]);
    }

    private static void Scan(Detectors detectors, ImmutableArray<Part> parts, byte[] separator, List<Findings> found)
    {
        var window = new byte[(2 * Reach) + separator.Length];
        var length = 0;
        foreach (var part in parts)
        {
            if (part.Kind != PartKind.Text || part.Bytes.IsEmpty)
            {
                continue;
            }

            if (length > 0)
            {
                separator.CopyTo(window.AsSpan(length));
                length += separator.Length;
                var head = part.Bytes.Span[..Math.Min(Reach, part.Bytes.Length)];
                head.CopyTo(window.AsSpan(length));
                if (detectors.Scan(part with { Bytes = window.AsMemory(0, length + head.Length) }).OnlyPhrases() is { Phrases.IsEmpty: false } phrases)
                {
                    found.Add(phrases);
                }
            }

            // What the next one is joined to: the end of all so far, for a phrase can be cut more than once.
            if (part.Bytes.Length >= Reach)
            {
                part.Bytes.Span[^Reach..].CopyTo(window);
                length = Reach;
                continue;
            }

            part.Bytes.Span.CopyTo(window.AsSpan(length));
            length += part.Bytes.Length;
            var excess = Math.Max(0, length - Reach);
            window.AsSpan(excess, length - excess).CopyTo(window);
            length -= excess;
        }
    }
}
