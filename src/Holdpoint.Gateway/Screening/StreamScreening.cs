using Holdpoint.Gateway.Budget;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Signals.Persons;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Screening;

/// <summary>
/// Stage 8 for a streamed answer. Events are kept in order and leave byte for byte, each once all its text is screened with the look-ahead
/// that the screen asks for and every tool call that it carries a piece of was decided. Belongs to one answer; not thread-safe.
/// </summary>
/// <param name="gate">Decides what may be released.</param>
/// <param name="content">Where the screens of texts count, until the share is disposed.</param>
internal sealed class StreamScreening(AnswerGate gate, ContentShare content) : IDisposable
{
    /// <summary>
    /// Most bytes kept back at once. 8 MiB: a tool call's arguments are the only thing that is kept long, and models write far less.
    /// </summary>
    private const int MaxHeldBytes = 8 * 1024 * 1024;

    /// <summary>
    /// Most parts of one streamed answer. 512: content, refusal and reasoning of as many choices as OpenAI allows, and some.
    /// </summary>
    private const int MaxParts = 512;

    private readonly Dictionary<string, TextPart> _parts = [];
    private readonly Dictionary<string, long> _opaqueBytes = [];
    private readonly HashSet<string> _openToolCalls = [];
    private readonly Queue<HeldEvent> _held = new();
    private long _heldBytes;

    // The block that has ended last, in which a phrase may have begun.
    private TextPart? _ended;

    // Of a block that has ended: the rows may come in the next.
    private OpenTable? _openTable;

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

                if (!part.TryMakeRoom(content))
                {
                    return BudgetFaults.AnswerDoesNotFit;
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
                gate.Findings.ObserveOpaque(delta.Key, before + delta.Text.Length, gate.Detectors.Scan(opaque).Coverage);
                break;
            case StreamDeltaKind.ToolCallFragment:
                _openToolCalls.Add(delta.Key);
                held.ToolCalls.Add(delta.Key);
                break;
            case StreamDeltaKind.PartEnd:
                if (PartOf(delta.Key) is { } ended)
                {
                    ended.Pause();
                    _openTable = ended.OpenTable ?? _openTable;
                    _ended = ended;
                }

                break;
            case StreamDeltaKind.OpaqueValue:
                // Its text came before it, as the text of a part.
                gate.Pass(delta.Text.Span);
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
        foreach (var part in _parts.Values)
        {
            part.Observe();
        }
    }

    private bool IsReleasable(HeldEvent held) =>
        held.Texts.TrueForAll(text => text.Part.Released >= text.End) && !held.ToolCalls.Exists(_openToolCalls.Contains);

    private TextPart? PartOf(string path)
    {
        if (!_parts.TryGetValue(path, out var part) && _parts.Count < MaxParts)
        {
            _parts.Add(path, part = new TextPart(path, gate.Detectors, gate.Findings));
            if (_openTable is { } table)
            {
                part.Resume(table);
            }

            if (_ended is { OpenEnd.IsEmpty: false } before)
            {
                part.GoOn(before.OpenEnd);
            }
        }

        return part;
    }

    /// <summary>
    /// An event on its way out: its bytes, up to where each part must be released, and the tool calls that must be decided.
    /// </summary>
    private sealed record HeldEvent(ReadOnlyMemory<byte> Raw, List<(TextPart Part, long End)> Texts, List<string> ToolCalls);
}
