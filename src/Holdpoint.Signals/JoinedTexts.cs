using System.Collections.Immutable;
using Holdpoint.Wire;

namespace Holdpoint.Signals;

/// <summary>
/// Texts joined in one way, of which only what may be a finding over a seam is read: from where the end of a text is open, into the next
/// for as long as it stays open. Not thread-safe; belongs to one thread until it is disposed.
/// </summary>
internal sealed class JoinedTexts : IDisposable
{
    /// <summary>The number of bytes read of each side: several times the longest phrase of an agreement that people write.</summary>
    private const int Reach = 1024;

    // Most phrases that could begin at the end of a text are none after a word of the next.
    private const int Step = 64;

    /// <summary>The number of bytes read before an identifier that may be cut, for the word that says what it is.</summary>
    private const int Context = 48;

    private readonly Detectors _detectors;
    private readonly List<Findings> _found;
    private readonly Detectors.Scanner _scanner;
    private readonly byte[] _separator;
    private readonly SeamMap? _seams;
    private bool _isOpen;
    private int _read;
    private int _knownPhrases;
    private int _knownIdentifiers;
    private Text _last;

    /// <param name="detectors">What looks at them.</param>
    /// <param name="found">Where findings are added.</param>
    /// <param name="separator">What is put between two texts.</param>
    /// <param name="seams">Where seams are noted, to look for persons as well; else null.</param>
    public JoinedTexts(Detectors detectors, List<Findings> found, byte[] separator, SeamMap? seams)
    {
        (_detectors, _found, _scanner, _separator, _seams) = (detectors, found, detectors.Rent(), separator, seams);
        if (seams is null)
        {
            _scanner.Findings.SeeOnlyPhrases();
        }
        else
        {
            _scanner.Findings.SeeOnlyOver(seams);
        }
    }

    /// <summary>Joins the next text.</summary>
    /// <param name="part">The text, which is not empty.</param>
    /// <param name="found">What was found in it by itself.</param>
    /// <param name="ranges">The stretches of it that matter for persons, where <see cref="SeamMap"/> asks for them.</param>
    public void Add(Part part, Findings found, ImmutableArray<ByteRange> ranges = default)
    {
        var text = new Text(part, found, ranges);
        if (!_isOpen)
        {
            BeginBefore(part.Bytes.Span);
        }

        if (_isOpen)
        {
            Push(_separator);
            Note(text);
            text = text with { Position = _read };
            GoOn(text);
            Collect(part);
        }

        _last = text;
    }

    public void Dispose()
    {
        // What the end alone shows: a reference without its semicolon, base64 without padding, letters that are not seen.
        _scanner.Layer.Complete();
        Collect(_last.Part);
        if (_knownIdentifiers > 0 || _scanner.Findings.Found.IsSaturated)
        {
            var persons = _scanner.Findings.Found.ToFindings([]);
            _found.Add(new([], persons.Persons, persons.Counts, persons.IsSaturated, []));
        }

        _detectors.Return(_scanner);
    }

    private void BeginBefore(ReadOnlySpan<byte> next)
    {
        if (_last.Found is not { } found)
        {
            return;
        }

        var text = _last.Part.Bytes.Span;
        var from = _detectors.HasPhrases ? found.OpenFrom : Findings.NotOpen;
        if (_seams is not null && found.PersonsFrom != Findings.NotOpen && MayBeCut(text[found.PersonsFrom..], next))
        {
            from = Math.Min(from, Math.Max(0, found.PersonsFrom - Context));
        }

        if (from == Findings.NotOpen)
        {
            return;
        }

        _seams?.ForgetBefore(_read);
        var begin = BeginningOf(text, from);
        _last = _last with { Position = _read - begin };
        _seams?.See(_last.Ranges.AsSpan(), begin, text.Length - begin, _read);
        Push(text[begin..]);
        _scanner.Layer.EndWord();
        _isOpen = true;
        Collect(_last.Part);
    }

    private void Note(Text text)
    {
        if (_seams is null)
        {
            return;
        }

        _seams.Add(
            _read,
            _last.Found.LastMention < 0 ? -1 : _last.Position + _last.Found.LastMention,
            text.Found.FirstMention == int.MaxValue ? int.MaxValue : _read + text.Found.FirstMention);
        _seams.See(text.Ranges.AsSpan(), 0, ReachOf(text.Part.Bytes.Span), _read);
    }

    // Into the next text, until nothing is open any more, or all of it was read.
    private void GoOn(in Text next)
    {
        var text = next.Part.Bytes.Span;
        var seam = _read;
        var reach = ReachOf(text);
        for (var read = 0; _isOpen && read < reach;)
        {
            var length = WholeChars(text[read..], Math.Min(Step, reach - read));
            Push(text.Slice(read, length));
            read += length;
            _scanner.Layer.Scan();
            _isOpen = _scanner.Layer.OpenFrom != Findings.NotOpen || (_seams is not null && _scanner.Layer.PersonsFrom < seam);
        }

        _scanner.Layer.EndWord();
        if (!_isOpen || reach < text.Length)
        {
            _scanner.Layer.Complete();
            _isOpen = false;
        }
        else if (_seams is not null && _scanner.Layer.PersonsFrom is var from && from >= seam)
        {
            _seams.ForgetBefore(from);
        }
    }

    private void Collect(Part part)
    {
        var phrases = _scanner.Findings.Found.Phrases;
        if (phrases.Count > _knownPhrases)
        {
            string[] names = [.. phrases.Skip(_knownPhrases)];
            Array.Sort(names, StringComparer.Ordinal);
            _found.Add(new([.. names], [], Counts.None, saturated: false, [Entry(part, Check.Phrases)]));
            _knownPhrases = phrases.Count;
        }

        if (_scanner.Findings.MentionCount > 0 && _scanner.Findings.Found.Links.Count is var identifiers && identifiers > _knownIdentifiers)
        {
            _found.Add(new([], [], Counts.None, saturated: false, [Entry(part, Check.Persons)]));
            _knownIdentifiers = identifiers;
        }
    }

    private void Push(ReadOnlySpan<byte> utf8)
    {
        _scanner.Push(utf8, _read);
        _read += utf8.Length;
    }

    private static CoverageEntry Entry(Part part, Check check) =>
        new(part.Path, check, Math.Min(part.Bytes.Length, 2 * Reach), CoverageResult.Found);

    // Most texts end in a word that an address could begin with, and most go on with another word: no identifier comes of two words.
    private static bool MayBeCut(ReadOnlySpan<byte> end, ReadOnlySpan<byte> next)
    {
        if (Shows(end[Math.Max(0, end.Length - Reach)..]))
        {
            return true;
        }

        var head = next[..Math.Min(next.Length, Step)];
        var word = head.IndexOfAny((byte)' ', (byte)'\n', (byte)'\t');
        return (word < 0 && next.Length <= Step) || Shows(word < 0 ? head : head[..word]);
    }

    // What an identifier has and a word does not: a digit, an at sign, or a disguise of them.
    private static bool Shows(ReadOnlySpan<byte> text) =>
        text.ContainsAnyInRange((byte)'0', (byte)'9') || text.ContainsAny("@&%\\"u8) || text.ContainsAnyInRange((byte)0x80, (byte)0xFF);

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

    /// <summary>A text with what is known of it, and the position in the joined text that its offset 0 has.</summary>
    private readonly record struct Text(Part Part, Findings Found, ImmutableArray<ByteRange> Ranges)
    {
        public int Position { get; init; }
    }
}
