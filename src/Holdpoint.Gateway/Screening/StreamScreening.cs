using System.Buffers;
using System.Text;
using Holdpoint.Signals;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// Stage 8 for a streamed answer. Events are kept in order and leave byte for byte, each once all its text is screened with the look-ahead
/// that the screen asks for and every tool call that it carries a piece of was decided. Belongs to one answer; not thread-safe.
/// </summary>
internal sealed class StreamScreening(AnswerGate gate) : IDisposable
{
    /// <summary>
    /// Most bytes kept back at once. 8 MiB: a tool call's arguments are the only thing that is kept long, and models write far less.
    /// </summary>
    private const int MaxHeldBytes = 8 * 1024 * 1024;

    /// <summary>Most parts of one streamed answer. 512: content, refusal and reasoning of as many choices as OpenAI allows, and some.</summary>
    private const int MaxParts = 512;

    private readonly Dictionary<string, TextPart> _parts = [];
    private readonly Dictionary<string, long> _opaqueBytes = [];
    private readonly HashSet<string> _openToolCalls = [];
    private readonly Queue<HeldEvent> _held = new();
    private long _heldBytes;

    /// <summary>Takes events in their order and says whether the answer may go on.</summary>
    /// <returns>Null, or why it ends here: what was not yet taken by <see cref="TryTake"/> must not be released.</returns>
    /// <param name="events">The next events.</param>
    /// <param name="isEnd">Nothing follows, so nothing needs to be kept back.</param>
    public async ValueTask<Objection?> ScreenAsync(IReadOnlyList<StreamEvent> events, bool isEnd)
    {
        foreach (var streamed in events)
        {
            var held = new HeldEvent(streamed.Raw, [], []);
            foreach (var delta in streamed.Deltas)
            {
                if (delta.Kind == StreamDeltaKind.ToolCallEnd)
                {
                    // An effect is decided on all that came before it, however the network cut it.
                    ObserveNews();
                    if (await gate.AdmitAsync(delta.ToolCall!) is { } refusedEffect)
                    {
                        return refusedEffect;
                    }

                    _openToolCalls.Remove(delta.Key);
                }
                else if (Take(delta, held) is { } fault)
                {
                    return fault;
                }
            }

            _held.Enqueue(held);
            _heldBytes += held.Raw.Length;
        }

        if (isEnd)
        {
            PauseAll();
        }

        ObserveNews();
        if (await gate.AdmitTextAsync() is { } refusedText)
        {
            return refusedText;
        }

        return _heldBytes > MaxHeldBytes && !IsReleasable(_held.Peek()) ? (Objection)UpstreamFaults.TooLarge : null;
    }

    /// <summary>The next bytes that may leave, if any.</summary>
    public bool TryTake(out ReadOnlyMemory<byte> raw)
    {
        if (_held.TryPeek(out var next) && IsReleasable(next))
        {
            _held.Dequeue();
            _heldBytes -= next.Raw.Length;
            raw = next.Raw;
            return true;
        }

        raw = default;
        return false;
    }

    public void Dispose()
    {
        foreach (var part in _parts.Values)
        {
            part.Dispose();
        }
    }

    private Fault? Take(StreamDelta delta, HeldEvent held)
    {
        switch (delta.Kind)
        {
            case StreamDeltaKind.Text:
                if (PartOf(delta.Key) is not { } part)
                {
                    return UpstreamFaults.TooLarge;
                }

                part.Feed(delta.Text.Span);
                held.Texts.Add((part, part.Fed));
                break;
            case StreamDeltaKind.Opaque:
                if (!_opaqueBytes.TryGetValue(delta.Key, out var before) && _opaqueBytes.Count == MaxParts)
                {
                    return UpstreamFaults.TooLarge;
                }

                // It arrives in many deltas; the coverage says how much of it there was.
                _opaqueBytes[delta.Key] = before + delta.Text.Length;
                var opaque = new Part(delta.Key, PartKind.Opaque, delta.Text);
                gate.Findings.Observe(delta.Key, PartKind.Opaque, before + delta.Text.Length, gate.Detectors.Scan(opaque));
                break;
            case StreamDeltaKind.ToolCallFragment:
                _openToolCalls.Add(delta.Key);
                held.ToolCalls.Add(delta.Key);
                break;
            case StreamDeltaKind.PartEnd:
                PartOf(delta.Key)?.Pause();
                break;
            case StreamDeltaKind.End:
                PauseAll();
                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }

        return null;
    }

    private void PauseAll()
    {
        foreach (var part in _parts.Values)
        {
            part.Pause();
        }
    }

    private void ObserveNews()
    {
        foreach (var (path, part) in _parts)
        {
            if (part.TakeNews() is { } found)
            {
                gate.Findings.Observe(path, PartKind.Text, part.Bytes, found);
            }
        }
    }

    private bool IsReleasable(HeldEvent held) =>
        held.Texts.TrueForAll(text => text.Part.Released >= text.End) && !held.ToolCalls.Exists(_openToolCalls.Contains);

    private TextPart? PartOf(string path)
    {
        if (!_parts.TryGetValue(path, out var part) && _parts.Count < MaxParts)
        {
            _parts.Add(path, part = new TextPart(path, gate.Detectors));
        }

        return part;
    }

    /// <summary>An event on its way out: its bytes, up to where each part must be released, and the tool calls that must be decided.</summary>
    private sealed record HeldEvent(ReadOnlyMemory<byte> Raw, List<(TextPart Part, long End)> Texts, List<string> ToolCalls);

    /// <summary>One part of the answer's text, counted in UTF-16 units as its screen does.</summary>
    private sealed class TextPart(string path, Detectors detectors) : IDisposable
    {
        /// <summary>
        /// How much of what came before a pause is read again after it, in UTF-16 units, so that a phrase that the pause cuts is still
        /// found. 1,024: several times the longest phrase; less than one stretched as far as it may be (docs/reference/signals.md).
        /// </summary>
        private const int ContextChars = 1_024;

        private readonly char[] _context = new char[ContextChars];
        private int _contextLength;
        private StreamScreen _screen = detectors.BeginScreen(path);
        private StreamScreen? _alone;
        private Findings? _beforePause;
        private long _aloneFrom;
        private long _aloneVersion = -1;
        private bool _isAfterPause;
        private long _screenFrom;
        private long _paused;
        private long _version = -1;

        public long Fed { get; private set; }

        public long Bytes { get; private set; }

        public long Released =>
            Math.Max(_paused, Math.Min(_screenFrom + _screen.Releasable, _alone is null ? long.MaxValue : _aloneFrom + _alone.Releasable));

        public void Feed(ReadOnlySpan<byte> utf8)
        {
            var chars = ArrayPool<char>.Shared.Rent(utf8.Length);
            var count = Encoding.UTF8.GetChars(utf8, chars);
            if (_isAfterPause && count > 0)
            {
                // The context would glue its last word to the first of what may be a text of its own.
                _alone = detectors.BeginScreen(path);
                (_aloneFrom, _aloneVersion, _isAfterPause) = (Fed, -1, false);
            }

            _screen.Feed(chars.AsSpan(0, count));
            _alone?.Feed(chars.AsSpan(0, count));
            Remember(chars.AsSpan(0, count));
            ArrayPool<char>.Shared.Return(chars);
            Fed += count;
            Bytes += utf8.Length;
        }

        /// <summary>The part stands still, for others' sake: what is kept back of it is decided as if it ended here.</summary>
        public void Pause()
        {
            _isAfterPause = Fed > 0;
            if (_alone is not null)
            {
                if (_alone.Complete() is { Phrases.IsEmpty: false } found)
                {
                    Keep(found.OnlyPhrases());
                }

                _alone = null;
                _version = -1;
            }

            if (Math.Max(_paused, _screenFrom + _screen.Releasable) == Fed)
            {
                _paused = Fed;
                return;
            }

            Keep(_screen.Complete());
            _screen = detectors.BeginScreen(path);
            _screen.Feed(_context.AsSpan(0, _contextLength));
            _screenFrom = Fed - _contextLength;
            _paused = Fed;
            _version = -1;
        }

        /// <summary>All that was found, if that is more than the last time this was asked.</summary>
        public Findings? TakeNews()
        {
            if (_screen.Version == _version && (_alone is null || _alone.Version == _aloneVersion))
            {
                return null;
            }

            _version = _screen.Version;
            _aloneVersion = _alone?.Version ?? -1;
            var found = _beforePause is null ? _screen.Snapshot() : Findings.Merge(_beforePause, _screen.Snapshot());
            return _alone is null || _alone.Phrases.IsEmpty ? found : Findings.Merge(found, _alone.Snapshot().OnlyPhrases());
        }

        public void Dispose()
        {
            _screen.Dispose();
            _alone?.Dispose();
        }

        private void Keep(Findings found) => _beforePause = _beforePause is null ? found : Findings.Merge(_beforePause, found);

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
}
