using System.Collections.Immutable;
using Holdpoint.Wire;

namespace Holdpoint.Signals;

/// <summary>
/// Looks for phrases over the seams of neighbouring texts, because a model reads a caller's content parts, messages or prompts as one text.
/// Texts are joined as they are and with a space between. Linear in the texts, however short they are: each byte is read at most once in
/// each way of joining, and of a long text only its two ends.
/// </summary>
internal static class Seams
{
    /// <summary>The number of bytes read of each side: several times the longest phrase of an agreement that people write.</summary>
    private const int Reach = 1024;

    private static readonly ImmutableArray<byte[]> Separators = [[], [.. " "u8]];

    /// <summary>The phrases over seams, and also some within a text; with the path of the text in which each ends.</summary>
    public static Findings Scan(Detectors detectors, ImmutableArray<Part> parts)
    {
        if (parts.Length < 2 || !detectors.HasPhrases)
        {
            return Findings.None;
        }

        List<Findings> found = [];
        foreach (var separator in Separators)
        {
            Scan(detectors, parts, separator, found);
        }

        return found.Count == 0 ? Findings.None : Findings.Merge([.. found]);
    }

    private static void Scan(Detectors detectors, ImmutableArray<Part> parts, ReadOnlySpan<byte> separator, List<Findings> found)
    {
        var scanner = detectors.Rent();
        scanner.Findings.SeeOnlyPhrases();
        var (read, known) = (0, 0);
        Part last = default;
        foreach (var part in parts)
        {
            if (part.Kind != PartKind.Text || part.Bytes.IsEmpty)
            {
                continue;
            }

            if (read > 0)
            {
                Push(separator);
            }

            var text = part.Bytes.Span;
            var isLong = text.Length > 2 * Reach;
            Push(isLong ? text[..Reach] : text);
            scanner.Layer.EndWord();
            if (isLong)
            {
                scanner.Layer.Complete();
            }

            last = part;
            Collect();
            if (isLong)
            {
                Push(text[^Reach..]);
            }
        }

        // What the end alone shows: a reference without its semicolon, base64 without padding, letters that are not seen.
        scanner.Layer.Complete();
        Collect();
        detectors.Return(scanner);

        void Collect()
        {
            var phrases = scanner.Findings.Found.Phrases;
            if (phrases.Count == known)
            {
                return;
            }

            CoverageEntry coverage = new(last.Path, Check.Phrases, Math.Min(last.Bytes.Length, 2 * Reach), CoverageResult.Found);
            string[] names = [.. phrases.Skip(known)];
            Array.Sort(names, StringComparer.Ordinal);
            found.Add(new([.. names], [], Counts.None, saturated: false, [coverage]));
            known = phrases.Count;
        }

        void Push(ReadOnlySpan<byte> utf8)
        {
            scanner.Push(utf8, read);
            read += utf8.Length;
        }
    }
}
