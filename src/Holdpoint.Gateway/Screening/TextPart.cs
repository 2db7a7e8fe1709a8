using System.Buffers;
using System.Text;
using Holdpoint.Gateway.Budget;
using Holdpoint.Signals;
using Holdpoint.Signals.Persons;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// One part of a streamed answer's text, counted in UTF-16 units as its screen does. Work is linear in the part, however often it pauses.
/// Belongs to one answer; not thread-safe.
/// </summary>
/// <param name="path">The part's path in the answer.</param>
/// <param name="detectors">What looks at the text.</param>
/// <param name="answer">Where <see cref="Observe"/> reports to.</param>
internal sealed class TextPart(string path, Detectors detectors, AnswerFindings answer) : IDisposable
{
    /// <summary>
    /// The length of the text before a pause that is read again after it, in UTF-16 units, so that a phrase that the pause cuts is still
    /// found. 1,024: several times the longest phrase; less than one stretched as far as it may be (docs/reference/signals.md).
    /// </summary>
    private const int ContextChars = 1_024;

    /// <summary>
    /// What a part counts in memory beside its screens: <see cref="ContextChars"/> chars and its findings. 4 KiB, of which a part without
    /// findings takes three quarters (a test measures it).
    /// </summary>
    public const int OwnBytes = 4 * 1024;

    private static readonly Check[] Checks = Enum.GetValues<Check>();

    private readonly GrowingFindings _found = new(Findings.None);
    private readonly CoverageEntry[] _coverage = [.. Checks.Select(check => Unread(path, check))];
    private readonly CoverageEntry[] _coverageBefore = [.. Checks.Select(check => Unread(path, check))];
    private readonly char[] _context = new char[ContextChars];
    private int _contextLength;
    private StreamScreen _screen = detectors.BeginScreen(path);
    private GrowingMark _mark;
    private StreamScreen? _alone;
    private GrowingMark _aloneMark;
    private long _aloneFrom;
    private JoinedScreens? _joined;
    private bool _isOpen;
    private bool _isAfterPause;
    private long _screenFrom;
    private long _paused;
    private bool _isObserved;
    private int _screensCounted;

    /// <summary>The table that was open at the last pause, if any.</summary>
    public OpenTable? OpenTable { get; private set; }

    /// <summary>The number of UTF-16 units fed so far.</summary>
    public long Fed { get; private set; }

    /// <summary>The number of bytes fed so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>The number of UTF-16 units that this part allows to be sent.</summary>
    public long Released => Math.Max(
        _paused,
        Math.Min(
            Math.Min(_screenFrom + _screen.Releasable, _alone is null ? long.MaxValue : _aloneFrom + _alone.Releasable),
            _joined?.Released ?? long.MaxValue));

    /// <summary>
    /// The end of the text, from which a phrase may go on in the next part; empty where none may. Valid until the part is fed again.
    /// </summary>
    public ReadOnlySpan<char> OpenEnd
    {
        get
        {
            var end = _isOpen ? _context.AsSpan(0, _contextLength) : [];

            // What is inside a word is not its beginning.
            return end.Length < ContextChars ? end : end[(end.IndexOfAny(' ', '\n') + 1)..];
        }
    }

    /// <summary>Counts what the part will keep with its next text, once. A pause can make a second screen of it, for good.</summary>
    /// <returns>False where that does not fit.</returns>
    public bool TryMakeRoom(ContentShare content)
    {
        var screens = (_isAfterPause ? 2 : 1) + (_joined is null ? 0 : JoinedScreens.Count);
        if (screens <= _screensCounted)
        {
            return true;
        }

        var bytes = ((screens - _screensCounted) * StreamScreen.MemoryBytes) + (_screensCounted == 0 ? OwnBytes : 0);
        _screensCounted = screens;
        return content.TryTake(bytes);
    }

    /// <summary>The part, of which nothing was fed yet, begins in the rows of that table of another part.</summary>
    public void Resume(OpenTable table) => _screen.Resume(table, isInLine: false);

    /// <summary>The part, of which nothing was fed yet, goes on behind the end of another, in which a phrase may have begun.</summary>
    public void GoOn(ReadOnlySpan<char> openEnd) => _joined = new(detectors, path, openEnd);

    /// <summary>Screens the next bytes, which are valid UTF-8.</summary>
    public void Feed(ReadOnlySpan<byte> utf8)
    {
        var chars = ArrayPool<char>.Shared.Rent(utf8.Length);
        var count = Encoding.UTF8.GetChars(utf8, chars);
        if (_isAfterPause && count > 0)
        {
            // The context would glue its last word to the first of what may be a text of its own.
            _alone = detectors.BeginScreen(path);
            (_aloneFrom, _aloneMark, _isAfterPause) = (Fed, default, false);
        }

        _screen.Feed(chars.AsSpan(0, count));
        _alone?.Feed(chars.AsSpan(0, count));
        if (_joined?.Feed(chars.AsSpan(0, count), _found) == false)
        {
            EndJoined();
        }

        _isOpen = false;
        Remember(chars.AsSpan(0, count));
        ArrayPool<char>.Shared.Return(chars);
        Fed += count;
        Bytes += utf8.Length;
        _isObserved = false;
    }

    /// <summary>
    /// Treats the part as ended for now, so that text held back as look-ahead is decided and later events are not blocked.
    /// </summary>
    public void Pause()
    {
        _isAfterPause = Fed > 0;
        EndJoined();
        if (_alone is { } alone)
        {
            alone.End();
            _found.AddPhrases(alone.Found, ref _aloneMark);
            Keep(alone, onlyPhrases: true);
            _alone = null;
            _isObserved = false;
        }

        if (Math.Max(_paused, _screenFrom + _screen.Releasable) == Fed)
        {
            _paused = Fed;
            return;
        }

        _isOpen = _screen.IsOpen;
        _screen.End();
        _found.Add(_screen.Found, ref _mark);
        OpenTable = _screen.Table;

        // Rows go on behind the pause. Where their header is further back than what is read again, it is remembered instead.
        var contextFrom = _screen.FedBytes - Encoding.UTF8.GetByteCount(_context.AsSpan(0, _contextLength));
        var remembered = OpenTable is { } table && table.HeaderAt < contextFrom ? table : null;
        Keep(_screen, onlyPhrases: false);
        _screen = detectors.BeginScreen(path);
        if (remembered is not null)
        {
            _screen.Resume(remembered, isInLine: _contextLength > 0);
        }

        _mark = default;
        _screen.Feed(_context.AsSpan(0, _contextLength));
        _screenFrom = Fed - _contextLength;
        _paused = Fed;
        _isObserved = false;
    }

    /// <summary>Hands what was found since the last time to the findings of the answer.</summary>
    public void Observe()
    {
        if (_isObserved)
        {
            return;
        }

        _isObserved = true;
        _found.Add(_screen.Found, ref _mark);
        for (var i = 0; i < Checks.Length; i++)
        {
            _coverage[i] = _coverageBefore[i].With(_screen.CoverageOf(Checks[i]));
        }

        if (_alone is { } alone && alone.Found.Phrases.Count > 0)
        {
            _found.AddPhrases(alone.Found, ref _aloneMark);
            for (var i = 0; i < Checks.Length; i++)
            {
                _coverage[i] = _coverage[i].With(alone.CoverageOf(Checks[i]));
            }
        }

        answer.Observe(path, Bytes, _found, _coverage);
    }

    /// <summary>Gives the buffers back. What was observed stays readable.</summary>
    public void Dispose()
    {
        _screen.Dispose();
        _alone?.Dispose();
        _joined?.Dispose();
    }

    private void EndJoined()
    {
        _joined?.End(_found);
        _joined?.Dispose();
        _joined = null;
    }

    private static CoverageEntry Unread(string path, Check check) => new(path, check, 0, CoverageResult.Clean);

    // Text that was read alone counts as read only when that found something: its bytes were read in their context too.
    private void Keep(StreamScreen ended, bool onlyPhrases)
    {
        for (var i = 0; i < Checks.Length && (!onlyPhrases || ended.Found.Phrases.Count > 0); i++)
        {
            _coverageBefore[i] = _coverageBefore[i].With(ended.CoverageOf(Checks[i]));
        }

        ended.Dispose();
    }

    private void Remember(ReadOnlySpan<char> text)
    {
        if (text.Length >= ContextChars)
        {
            text[^ContextChars..].CopyTo(_context);
            _contextLength = ContextChars;
            return;
        }

        var kept = Math.Min(_contextLength, ContextChars - text.Length);
        _context.AsSpan(_contextLength - kept, kept).CopyTo(_context);
        text.CopyTo(_context.AsSpan(kept));
        _contextLength = kept + text.Length;
    }
}
