using System.Collections.Immutable;
using Holdpoint.Signals.Normalisation;
using Holdpoint.Signals.Persons;

namespace Holdpoint.Signals;

/// <summary>
/// Screens one part of an answer while it streams: reports the number of chars that may be released, and the findings so far.
/// </summary>
/// <remarks>
/// The findings are those of the whole text, however it is cut. No char of a phrase is releasable before the phrase is reported, and none
/// of an identifier either, within the finite look-ahead of <see cref="Persons.PersonScanner.MaxHeldBytes"/>. Not thread-safe.
/// </remarks>
public sealed class StreamScreen : IDisposable
{
    /// <summary>
    /// What a screen takes in memory with its scanner, in bytes: 9 KB where the text is ASCII, 25 KB where it is not (a test measures
    /// both). Text in base64, or that nobody sees, has layers beneath: 9 to 25 KB more each, so 50 KB where it was ever seen. The persons
    /// that are found come on top.
    /// </summary>
    public const int MemoryBytes = 26 * 1024;

    private readonly string _path;
    private readonly Detectors _detectors;
    private Detectors.Scanner? _scanner;
    private Findings? _final;

    // Chars fed but not releasable yet, to turn the raw byte offset up to which text is free into a number of chars.
    private char[] _held = new char[256];
    private int _heldFrom;
    private int _heldTo;
    private int _heldByte;
    private int _fedBytes;
    private char _highSurrogate;
    private bool _plain = true;
    private bool _isOver;

    internal StreamScreen(string path, Detectors detectors, Detectors.Scanner scanner)
    {
        _path = path;
        _detectors = detectors;
        _scanner = scanner;
    }

    /// <summary>
    /// The number of chars (UTF-16 code units) fed so far that may be released: never falls, and is all of them after
    /// <see cref="Complete"/>.
    /// </summary>
    public long Releasable { get; private set; }

    /// <summary>Changes with every new finding, when a decision is due again; long.MaxValue after <see cref="Complete"/>.</summary>
    /// <exception cref="ObjectDisposedException">The screen was disposed before it was completed.</exception>
    public long Version => _final is null ? Found.Version : long.MaxValue;

    /// <summary>The counts so far, without records still open. A later row can join two persons, so a count may fall by a little.</summary>
    /// <exception cref="ObjectDisposedException">The screen was disposed before it was completed.</exception>
    public Counts Counts => _final?.Counts ?? Found.Counts;

    /// <summary>The names of the phrases found so far, sorted (ordinal).</summary>
    /// <exception cref="ObjectDisposedException">The screen was disposed before it was completed.</exception>
    public ImmutableArray<string> Phrases => _final?.Phrases ?? Live.Findings.PhraseNames();

    /// <summary>The findings so far, while the screen has its scanner.</summary>
    internal GrowingFindings Found => Live.Findings.Found;

    /// <summary>The table that is open at the end of the text, after <see cref="End"/>.</summary>
    internal OpenTable? Table => Live.Layer.Persons.OpenTable;

    /// <summary>Whether the text so far may end in the beginning of a phrase.</summary>
    internal bool IsOpen => Live.Layer.OpenFrom != Findings.NotOpen;

    /// <summary>The number of bytes fed so far.</summary>
    internal int FedBytes => _fedBytes;

    /// <summary>The text, of which nothing was fed yet, begins in that table, or in a line behind which it goes on.</summary>
    internal void Resume(OpenTable table, bool isInLine) => Live.Layer.Persons.Resume(table, isInLine);

    /// <summary>Screens the next delta, which may be cut anywhere, even inside a surrogate pair.</summary>
    /// <param name="text">The chars of the delta, possibly none. All deltas together have fewer than 2^31 bytes in UTF-8.</param>
    /// <returns><see cref="Releasable"/>.</returns>
    /// <exception cref="ObjectDisposedException">The screen was completed or disposed.</exception>
    public long Feed(ReadOnlySpan<char> text)
    {
        Keep(text);
        while (!text.IsEmpty)
        {
            var plain = _highSurrogate == 0 ? TextLayer.PlainLength(text) : 0;
            Live.Layer.PushPlain(text[..plain], _fedBytes);
            _fedBytes += plain;
            text = text[plain..];
            if (!text.IsEmpty)
            {
                _plain = false;
                text = text[PushOther(text[0])..];
            }
        }

        Live.Layer.Scan();
        Release();
        return Releasable;
    }

    /// <summary>Ends the part: screens the text that was pending and makes everything releasable.</summary>
    /// <returns>The findings of the whole part, the same on every call.</returns>
    /// <exception cref="ObjectDisposedException">The screen was disposed before it was completed.</exception>
    public Findings Complete()
    {
        if (_final is null)
        {
            End();
            _final = Live.Findings.Build(_path, _fedBytes, _plain);
            Dispose();
        }

        return _final;
    }

    /// <summary>Gives the buffers back; further calls do nothing. The findings stay readable after <see cref="Complete"/> only.</summary>
    public void Dispose()
    {
        if (_scanner is { } scanner)
        {
            _scanner = null;
            if (!_isOver)
            {
                scanner.Layer.Complete(); // an abandoned answer: bring the layers back to their start
            }

            _detectors.Return(scanner);
        }
    }

    /// <summary>Like <see cref="Complete"/>, but <see cref="Found"/> stays readable until <see cref="Dispose"/>.</summary>
    internal void End()
    {
        PushLoneSurrogate();
        Live.Layer.Complete();
        Releasable += _heldTo - _heldFrom;
        _heldFrom = _heldTo;
        _isOver = true;
    }

    /// <summary>The result of one check so far, while the screen has its scanner.</summary>
    internal CoverageEntry CoverageOf(Check check) => Live.Findings.CoverageOf(check, _path, _fedBytes, _plain);

    private Detectors.Scanner Live => _scanner ?? throw new ObjectDisposedException(nameof(StreamScreen));

    // Answers how many chars it took: none when a lone high surrogate had to be read first.
    private int PushOther(char c)
    {
        if (_highSurrogate != 0 && char.IsLowSurrogate(c))
        {
            PushScalar(char.ConvertToUtf32(_highSurrogate, c), 4);
            _highSurrogate = '\0';
            return 1;
        }

        if (_highSurrogate != 0)
        {
            PushLoneSurrogate();
            return 0;
        }

        if (char.IsHighSurrogate(c))
        {
            _highSurrogate = c;
        }
        else
        {
            PushScalar(char.IsLowSurrogate(c) || EscapeLetters.IsMark(c) ? 0xFFFD : c, Bytes(c));
        }

        return 1;
    }

    private void PushLoneSurrogate()
    {
        if (_highSurrogate != 0)
        {
            _highSurrogate = '\0';
            PushScalar(0xFFFD, 3);
        }
    }

    private void PushScalar(int codePoint, int bytes)
    {
        Live.Layer.Push(new(codePoint, _fedBytes, _fedBytes + bytes));
        _fedBytes += bytes;
    }

    private void Release()
    {
        var free = Math.Min(Live.Layer.HoldFrom, _fedBytes);
        while (_heldFrom < _heldTo)
        {
            // A pair is two chars and four bytes; a surrogate without its other half is read as U+FFFD, which has three.
            var isPair = char.IsHighSurrogate(_held[_heldFrom]) && _heldFrom + 1 < _heldTo && char.IsLowSurrogate(_held[_heldFrom + 1]);
            var bytes = isPair ? 4 : Bytes(_held[_heldFrom]);
            if (_heldByte + bytes > free)
            {
                break;
            }

            _heldByte += bytes;
            _heldFrom += isPair ? 2 : 1;
            Releasable += isPair ? 2 : 1;
        }
    }

    private void Keep(ReadOnlySpan<char> text)
    {
        if (_heldTo + text.Length > _held.Length)
        {
            // Grown while more than half is waiting, so that moving it costs no more than what was fed since.
            var waiting = _held.AsSpan(_heldFrom, _heldTo - _heldFrom);
            var needed = 2 * (waiting.Length + text.Length);
            var room = needed > _held.Length ? new char[needed] : _held;
            waiting.CopyTo(room);
            (_held, _heldFrom, _heldTo) = (room, 0, waiting.Length);
        }

        text.CopyTo(_held.AsSpan(_heldTo));
        _heldTo += text.Length;
    }

    private static int Bytes(char c) => c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
}
