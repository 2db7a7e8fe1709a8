using System.Collections.Immutable;
using Holdpoint.Wire;

namespace Holdpoint.Signals;

/// <summary>
/// Looks for phrases over the seams of neighbouring texts, because a model reads a caller's content parts, messages or prompts as one text.
/// Texts are joined as they are and with a space between. Only where the end of a text may be the beginning of a phrase is anything read,
/// from there into the next text for as long as the phrase may go on. Linear in the texts, however short they are.
/// </summary>
internal static class Seams
{
    /// <summary>The number of bytes read of each side: several times the longest phrase of an agreement that people write.</summary>
    private const int Reach = 1024;

    // Most phrases that could begin at the end of a text are none after a word of the next.
    private const int Step = 64;

    private static readonly ImmutableArray<byte[]> Separators = [[], [.. " "u8]];

    /// <summary>The phrases over seams, and also some within a text; with the path of the text in which each ends.</summary>
    /// <param name="detectors">The detectors that have scanned the parts.</param>
    /// <param name="parts">The parts, in their order.</param>
    /// <param name="byPart">What was found in each.</param>
    public static Findings Scan(Detectors detectors, ImmutableArray<Part> parts, ReadOnlySpan<Findings> byPart)
    {
        if (!detectors.HasPhrases || !IsAnyOpen(byPart[..Math.Max(0, parts.Length - 1)]))
        {
            return Findings.None;
        }

        List<Findings> found = [];
        foreach (var separator in Separators)
        {
            using var joined = new JoinedTexts(detectors, found);
            for (var i = 0; i < parts.Length; i++)
            {
                if (parts[i].Kind == PartKind.Text && !parts[i].Bytes.IsEmpty)
                {
                    joined.Add(parts[i], byPart[i].OpenFrom, separator);
                }
            }
        }

        return found.Count == 0 ? Findings.None : Findings.Merge([.. found]);
    }

    private static bool IsAnyOpen(ReadOnlySpan<Findings> byPart)
    {
        foreach (var found in byPart)
        {
            if (found.OpenFrom != Findings.NotOpen)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Texts joined in one way, of which only what may be a phrase over a seam is read.</summary>
    private sealed class JoinedTexts : IDisposable
    {
        private readonly Detectors _detectors;
        private readonly List<Findings> _found;
        private readonly Detectors.Scanner _scanner;
        private bool _isOpen;
        private int _read;
        private int _known;
        private Part _last;

        public JoinedTexts(Detectors detectors, List<Findings> found)
        {
            (_detectors, _found, _scanner) = (detectors, found, detectors.Rent());
            _scanner.Findings.SeeOnlyPhrases();
        }

        public void Add(Part part, int openFrom, ReadOnlySpan<byte> separator)
        {
            var text = part.Bytes.Span;
            if (_isOpen)
            {
                Push(separator);
                GoOn(text);
                _last = part;
                Collect();
            }

            if (!_isOpen && openFrom != Findings.NotOpen)
            {
                Push(text[BeginningOf(text, openFrom)..]);
                _scanner.Layer.EndWord();
                (_isOpen, _last) = (true, part);
                Collect();
            }
        }

        public void Dispose()
        {
            // What the end alone shows: a reference without its semicolon, base64 without padding, letters that are not seen.
            _scanner.Layer.Complete();
            Collect();
            _detectors.Return(_scanner);
        }

        // Into the next text, until nothing is open any more, or all of it was read.
        private void GoOn(ReadOnlySpan<byte> text)
        {
            var reach = ReachOf(text);
            for (var read = 0; _isOpen && read < reach;)
            {
                var next = WholeChars(text[read..], Math.Min(Step, reach - read));
                Push(text.Slice(read, next));
                read += next;
                _scanner.Layer.Scan();
                _isOpen = _scanner.Layer.OpenFrom != Findings.NotOpen;
            }

            _scanner.Layer.EndWord();
            if (!_isOpen || reach < text.Length)
            {
                _scanner.Layer.Complete();
                _isOpen = false;
            }
        }

        private void Collect()
        {
            var phrases = _scanner.Findings.Found.Phrases;
            if (phrases.Count == _known)
            {
                return;
            }

            CoverageEntry coverage = new(_last.Path, Check.Phrases, Math.Min(_last.Bytes.Length, 2 * Reach), CoverageResult.Found);
            string[] names = [.. phrases.Skip(_known)];
            Array.Sort(names, StringComparer.Ordinal);
            _found.Add(new([.. names], [], Counts.None, saturated: false, [coverage]));
            _known = phrases.Count;
        }

        private void Push(ReadOnlySpan<byte> utf8)
        {
            _scanner.Push(utf8, _read);
            _read += utf8.Length;
        }

        // The word in which the open end begins, so that what is inside a word is not taken for its beginning.
        private static int BeginningOf(ReadOnlySpan<byte> text, int openFrom)
        {
            var from = ReachOf(text) < text.Length ? text.Length - Reach : 0;
            openFrom = Math.Max(from, openFrom);
            return from + text[from..openFrom].LastIndexOfAny((byte)' ', (byte)'\n') + 1;
        }

        // As many bytes, or less by the beginning of a char that they would cut.
        private static int WholeChars(ReadOnlySpan<byte> text, int bytes)
        {
            var whole = bytes;
            while (whole > bytes - 4 && whole > 0 && whole < text.Length && (text[whole] & 0xC0) == 0x80)
            {
                whole--;
            }

            return whole > 0 ? whole : bytes;
        }

        private static int ReachOf(ReadOnlySpan<byte> text) => text.Length > 2 * Reach ? Reach : text.Length;
    }
}
