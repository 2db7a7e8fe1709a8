using System.Buffers;
using System.Numerics;
using Holdpoint.Signals.Encodings;
using Holdpoint.Signals.Normalisation;
using Holdpoint.Signals.Persons;
using Holdpoint.Signals.Phrases;

namespace Holdpoint.Signals;

/// <summary>
/// One layer of text on its way through the detectors: escapes undone, folded, searched for phrases, persons and base64, whose plausible
/// text is a layer beneath. The part itself is the topmost layer.
/// </summary>
/// <remarks>
/// Every step is a state machine over scalars that looks back only, never ahead, and the findings reach the collector in an order that the
/// text alone determines. So a text cut anywhere gives the same findings as the whole. Not thread-safe; used again after
/// <see cref="Complete"/>.
/// </remarks>
internal sealed class TextLayer : ScalarSink
{
    /// <summary>
    /// The maximum number of layers of base64 (or hidden tag text) inside each other: one more than anybody nests by accident.
    /// </summary>
    public const int MaxDepth = 3;

    /// <summary>The maximum number of layers of escapes in each layer of text, such as JSON in a JSON string in a URL.</summary>
    public const int MaxEscapes = 3;

    /// <summary>
    /// The maximum number of raw bytes of invisible characters in a row, 16 KiB. No honest text has a hundredth of it; a stream would have
    /// to keep them back for the text that may follow, so beyond it the findings are the worst case.
    /// </summary>
    public const int MaxInvisibleBytes = 16 * 1024;

    /// <summary>ASCII that is text as it is: no escape begins with it, and it is not a control.</summary>
    public const string PlainAscii =
        "\t\n !\"#$'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";

    private static readonly SearchValues<char> Plain = SearchValues.Create(PlainAscii);
    private readonly FoldedText _text = new();
    private readonly Unescaper[] _unescapers = new Unescaper[MaxEscapes];
    private readonly FindingsCollector _findings;
    private readonly PhraseReadings _phrases;
    private readonly PersonScanner _persons;
    private readonly Base64Run? _base64;
    private readonly HiddenText? _hidden;
    private readonly GroupedRun? _grouped;
    private readonly bool _seesPersons;
    private bool _afterReturn;
    private int _visibleTo = -1;
    private int _scanned;

    public TextLayer(PhraseAutomaton automaton, FindingsCollector findings, int depth, bool seesPersons = true)
    {
        _seesPersons = seesPersons;
        _findings = findings;
        _phrases = new(automaton, findings);
        _persons = new(findings);
        ScalarSink sink = new FoldSink(this);
        for (var stage = MaxEscapes - 1; stage >= 0; stage--)
        {
            sink = _unescapers[stage] = new(sink);
        }

        if (depth < MaxDepth)
        {
            Func<TextLayer> createLayer = () => new(automaton, findings, depth + 1, seesPersons);
            _base64 = new(createLayer);
            _hidden = new(createLayer);
            _grouped = seesPersons && !automaton.IsEmpty ? new(() => new(automaton, findings, depth + 1, seesPersons: false)) : null;
        }
    }

    /// <summary>The raw offset from which the text may still become part of a finding, or <see cref="int.MaxValue"/>.</summary>
    /// <remarks>
    /// Call only with everything scanned. The text kept for persons and base64 is finite by itself; see <see cref="PersonScanner"/>.
    /// </remarks>
    public int HoldFrom => Math.Min(
        Math.Min(HeldPhraseFrom, _seesPersons ? _persons.HoldFrom(_text) : int.MaxValue),
        Math.Min(
            Math.Min(_hidden?.HoldFrom ?? int.MaxValue, _grouped?.HoldFrom ?? int.MaxValue), _base64?.HoldFrom ?? int.MaxValue));

    /// <summary>
    /// The raw offset from which the text may be the beginning of a finding that ends in another text, or <see cref="int.MaxValue"/>. Call
    /// only with everything scanned. Of identifiers see <see cref="PersonsFrom"/>.
    /// </summary>
    public int OpenFrom => Math.Min(
        HeldPhraseFrom,
        Math.Min(
            Math.Min(_hidden?.OpenFrom ?? int.MaxValue, _grouped?.OpenFrom ?? int.MaxValue), _base64?.OpenFrom ?? int.MaxValue));

    /// <summary>Like <see cref="OpenFrom"/> for an identifier. Layers beneath do not count.</summary>
    public int PersonsFrom => _persons.OpenFrom(_text);

    /// <summary>What knows the open table, to carry it from one text to the next.</summary>
    public PersonScanner Persons => _persons;

    public override void Push(Scalar scalar) => _unescapers[0].Push(scalar);

    /// <summary>Takes plain ASCII (see <see cref="PlainAscii"/>) whose first char is the raw byte <paramref name="start"/>.</summary>
    /// <typeparam name="T"><see cref="byte"/> or <see cref="char"/>.</typeparam>
    public void PushPlain<T>(ReadOnlySpan<T> run, int start)
        where T : unmanaged, IBinaryInteger<T>
    {
        while (!run.IsEmpty)
        {
            MakeRoom();
            var length = IsIdle && !_afterReturn ? QuotedSyntax.IndexIn(run, _text.Room) : 0;
            if (length == 0)
            {
                Push(new(int.CreateTruncating(run[0]), start, start + 1));
                run = run[1..];
                start++;
                continue;
            }

            _hidden?.EndWord(start, this);
            _text.AppendAscii(run[..length], start);
            run = run[length..];
            start += length;
            _visibleTo = start;
        }
    }

    /// <summary>Scans everything taken so far.</summary>
    public void Scan()
    {
        while (_scanned < _text.End)
        {
            var (from, to) = (_scanned, _text.End);
            if (_base64 is null)
            {
                Scan(from, to);
            }
            else if (_base64.IsActive)
            {
                // Char by char, so that what is found in the layer beneath comes in between at its place, however the text was cut.
                to = from + 1;
                Scan(from, to);
                _base64.Step(_text, from);
            }
            else
            {
                to = _base64.Watch(_text, from, to, out var found);
                Scan(from, to);
                if (found)
                {
                    _base64.Activate();
                }
            }

            _scanned = to;
        }

        _text.Slide();
    }

    /// <summary>Looks for phrases as if the text ended here. The text may continue, even in the middle of a word.</summary>
    public void EndWord()
    {
        Scan();
        _phrases.EndWord();
    }

    /// <summary>Ends the text: everything pending is decided. Ready for the next text.</summary>
    public void Complete()
    {
        foreach (var unescaper in _unescapers)
        {
            unescaper.Complete();
        }

        Scan();
        _base64?.Complete();
        _grouped?.Complete();
        _phrases.Complete();
        _persons.Complete(_text);
        _hidden?.Complete();
        _afterReturn = false;
        _visibleTo = -1;
        _scanned = 0;
        _text.Clear();
    }

    private int HeldPhraseFrom
    {
        get
        {
            var from = _phrases.HoldFrom;
            foreach (var unescaper in _unescapers)
            {
                from = Math.Min(from, unescaper.HoldFrom);
            }

            return from;
        }
    }

    private bool IsIdle => _unescapers[0].IsIdle && _unescapers[1].IsIdle && _unescapers[2].IsIdle;

    /// <summary>The number of chars at the front of <paramref name="text"/> that are plain.</summary>
    public static int PlainLength(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Plain) is >= 0 and var length ? length : text.Length;

    private void Scan(int from, int to)
    {
        _phrases.Scan(_text, from, to);
        if (_seesPersons && _findings.SeesPersons)
        {
            _persons.Scan(_text, from, to);
        }

        _grouped?.Scan(_text, from, to);
    }

    private void MakeRoom()
    {
        if (_text.Room < 32) // the longest folding of one scalar has 18 chars (U+FDFA)
        {
            Scan();
        }
    }

    private void Fold(Scalar scalar)
    {
        MakeRoom();
        if (EscapeLetters.IsMark(scalar.CodePoint))
        {
            BeginOtherReadings();
            _text.Append((char)scalar.CodePoint, scalar.Start, scalar.End);
            return;
        }

        if (_hidden is not null && _hidden.Take(scalar, this))
        {
            SeeNothing(scalar);
            return;
        }

        var isLineFeedOfReturn = scalar.CodePoint == '\n' && _afterReturn;
        _afterReturn = scalar.CodePoint == '\r';
        var folded = isLineFeedOfReturn ? "" : Folding.Of(scalar.CodePoint);
        if (folded.Length > 0)
        {
            _hidden?.EndWord(scalar.Start, this);
        }

        foreach (var c in folded)
        {
            if (c >= 0x80 && _phrases.CanBeginSource && LookAlikes.LettersOf(c).Length > 0)
            {
                Scan();
                _phrases.BeginSource();
            }

            _text.Append(c, scalar.Start, scalar.End);
        }

        if (folded.Length > 0)
        {
            _visibleTo = scalar.End;
        }
        else
        {
            SeeNothing(scalar);
        }
    }

    private void SeeNothing(Scalar scalar)
    {
        _visibleTo = _visibleTo < 0 ? scalar.Start : _visibleTo;
        if (scalar.End - _visibleTo > MaxInvisibleBytes)
        {
            _findings.Saturate(new(_visibleTo, scalar.End));
        }
    }

    private void BeginOtherReadings()
    {
        if (_phrases.CanBeginOthers)
        {
            Scan();
            _phrases.BeginOthers();
        }
    }

    private sealed class FoldSink(TextLayer layer) : ScalarSink
    {
        public override void Push(Scalar scalar) => layer.Fold(scalar);
    }
}
