using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Holdpoint.Gateway.Signals;
using Holdpoint.Gateway.Upstream;
using Holdpoint.Gateway.Wire;

namespace Holdpoint.Gateway.Decisions;

/// <summary>
/// Stage 8 for a streamed answer. Events are kept in order and leave byte for byte, each once all its text is screened with the look-ahead
/// that the screen asks for and every tool call that it carries a piece of was decided. Belongs to one answer; not thread-safe.
/// </summary>
internal sealed class StreamedAnswer(AnswerGate gate, Detectors detectors) : IDisposable
{
    /// <summary>
    /// Most bytes kept back at once. 8 MiB: a tool call's arguments are the only thing that is kept long, and models write far less.
    /// </summary>
    private const int MaxHeldBytes = 8 * 1024 * 1024;

    private readonly Dictionary<string, TextPart> _parts = [];
    private readonly HashSet<string> _openToolCalls = [];
    private readonly Queue<HeldEvent> _held = new();
    private long _heldBytes;

    /// <summary>Takes events in their order and says whether the answer may go on.</summary>
    /// <returns>Null, or why it ends here: what was not yet taken by <see cref="TryTake"/> must not be released.</returns>
    public async ValueTask<Refusal?> ScreenAsync(IReadOnlyList<StreamEvent> events)
    {
        foreach (var streamed in events)
        {
            var held = new HeldEvent(streamed.Raw, [], []);
            foreach (var delta in streamed.Deltas)
            {
                if (delta.Kind == StreamDeltaKind.ToolCallEnd)
                {
                    if (await gate.AdmitAsync(delta.ToolCall!) is { } refusedEffect)
                    {
                        return refusedEffect;
                    }

                    _openToolCalls.Remove(delta.Key);
                }
                else
                {
                    Take(delta, held);
                }
            }

            _held.Enqueue(held);
            _heldBytes += held.Raw.Length;
        }

        foreach (var (path, part) in _parts)
        {
            if (part.TakeNews() is { } found)
            {
                gate.Observe(path, PartKind.Text, part.Bytes, found);
            }
        }

        if (await gate.AdmitTextAsync() is { } refusedText)
        {
            return refusedText;
        }

        return _heldBytes > MaxHeldBytes && !IsReleasable(_held.Peek()) ? new Refusal.ByFault(UpstreamCause.TooLarge) : null;
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

    private void Take(StreamDelta delta, HeldEvent held)
    {
        switch (delta.Kind)
        {
            case StreamDeltaKind.Text:
                var part = PartOf(delta.Key);
                part.Feed(delta.Text.Span);
                held.Texts.Add((part, part.Fed));
                break;
            case StreamDeltaKind.Opaque:
                var opaque = new Part(delta.Key, PartKind.Opaque, delta.Text);
                gate.Observe(opaque, detectors.Scan(opaque));
                break;
            case StreamDeltaKind.ToolCallFragment:
                _openToolCalls.Add(delta.Key);
                held.ToolCalls.Add(delta.Key);
                break;
            case StreamDeltaKind.PartEnd:
                // The part may go on, and its screen must then still know what came before; what it keeps back leaves at the end.
                break;
            case StreamDeltaKind.End:
                foreach (var open in _parts.Values)
                {
                    open.Complete();
                }

                break;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private bool IsReleasable(HeldEvent held) =>
        held.Texts.TrueForAll(text => text.Part.Released >= text.End) && !held.ToolCalls.Exists(_openToolCalls.Contains);

    private TextPart PartOf(string path)
    {
        ref var part = ref CollectionsMarshal.GetValueRefOrAddDefault(_parts, path, out _);
        return part ??= new TextPart(detectors.BeginScreen(path));
    }

    /// <summary>An event on its way out: its bytes, up to where each part must be released, and the tool calls that must be decided.</summary>
    private sealed record HeldEvent(ReadOnlyMemory<byte> Raw, List<(TextPart Part, long End)> Texts, List<string> ToolCalls);

    /// <summary>One part of the answer's text, counted in UTF-16 units as its screen does.</summary>
    private sealed class TextPart(StreamScreen screen) : IDisposable
    {
        private long _version = -1;

        public long Fed { get; private set; }

        public long Bytes { get; private set; }

        public long Released => screen.Releasable;

        public void Feed(ReadOnlySpan<byte> utf8)
        {
            var chars = ArrayPool<char>.Shared.Rent(utf8.Length);
            var count = Encoding.UTF8.GetChars(utf8, chars);
            screen.Feed(chars.AsSpan(0, count));
            ArrayPool<char>.Shared.Return(chars);
            Fed += count;
            Bytes += utf8.Length;
        }

        public void Complete() => screen.Complete();

        /// <summary>All that was found, if that is more than the last time this was asked.</summary>
        public Findings? TakeNews()
        {
            if (screen.Version == _version)
            {
                return null;
            }

            _version = screen.Version;
            return screen.Snapshot();
        }

        public void Dispose() => screen.Dispose();
    }
}
