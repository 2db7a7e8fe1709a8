using System.Buffers;
using System.Text.Unicode;
using Holdpoint.Wire.Json;

namespace Holdpoint.Wire.Sse;

/// <summary>
/// The common base for answers that stream as server-sent events: framing, limits, text outside the data, and the end of the stream. A wire
/// format reads the data of one event.
/// </summary>
internal abstract class SseAnswerReader(WireLimits limits) : AnswerStreamReader
{
    private const string LineKey = "/stream/line";

    private readonly SseFramer _framer = new(limits.MaxEventBytes);
    private readonly List<ReadOnlyMemory<byte>> _blocks = [];
    private readonly List<ReadOnlyMemory<byte>> _lines = [];
    private long _received;
    private bool _isFirst = true;

    /// <summary>The additions of the current event, in order.</summary>
    protected List<StreamDelta> Deltas { get; } = [];

    protected WireLimits Limits => limits;

    /// <summary>Whether the format's own end was read: no data may follow.</summary>
    protected bool IsDone { get; set; }

    public sealed override Fault? Read(ReadOnlySpan<byte> bytes, List<StreamEvent> events)
    {
        _received += bytes.Length;
        if (_received > limits.MaxStreamBytes)
        {
            return WireFaults.StreamTooLarge;
        }

        var fits = _framer.Append(bytes, _blocks);
        return ReadBlocks(events) ?? (fits ? null : WireFaults.StreamTooLarge);
    }

    public sealed override Fault? Complete(List<StreamEvent> events)
    {
        var fits = _framer.Complete(_blocks);
        if (ReadBlocks(events) is { } fault)
        {
            return fault;
        }

        if (!fits)
        {
            return WireFaults.StreamTooLarge;
        }

        if (IsDone)
        {
            return null;
        }

        Deltas.Clear();
        if (EndWithoutTerminator() is { } unfinished)
        {
            return unfinished;
        }

        events.Add(new StreamEvent(default, [.. Deltas]));
        return null;
    }

    public override void Dispose() => _framer.Dispose();

    /// <summary>Reads an event that has data, and adds its contents to <see cref="Deltas"/>.</summary>
    /// <param name="name">The event's name, or empty.</param>
    /// <param name="data">The event's data, of at least one byte.</param>
    protected abstract Fault? ReadEvent(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> data);

    /// <summary>
    /// Handles a connection that ended without the format's own end: ends the open texts of a complete answer, else returns a fault.
    /// </summary>
    protected abstract Fault? EndWithoutTerminator();

    /// <summary>Adds a text that is whole in its event, apart from any earlier text under its key.</summary>
    protected void AddWhole(string key, ReadOnlyMemory<byte> text)
    {
        Deltas.Add(StreamDelta.PartEnd(key));
        Deltas.Add(new StreamDelta(StreamDeltaKind.Text, key, text));
        Deltas.Add(StreamDelta.PartEnd(key));
    }

    /// <summary>Adds a piece of sound or of a picture, which must be base64: what is, or encodes, text is read as text.</summary>
    protected void AddBase64(string key, ReadOnlyMemory<byte> piece)
    {
        var text = Base64Pieces.TextIn(piece);
        Deltas.Add(text.IsEmpty ? new StreamDelta(StreamDeltaKind.Opaque, key, piece) : new StreamDelta(StreamDeltaKind.Text, key, text));
    }

    /// <summary>Adds the words around the content of an event, and the values that only the provider can read.</summary>
    /// <param name="harvest">What was read of the event.</param>
    /// <param name="place">The place in a whole answer of a path in the event.</param>
    protected void AddAround(Harvest harvest, Func<string, string> place)
    {
        foreach (var mark in harvest.Marks)
        {
            AddWhole(place(mark.Path), mark.Bytes);
        }

        foreach (var (path, value) in harvest.TakeOpaqueValues())
        {
            Deltas.Add(new StreamDelta(StreamDeltaKind.OpaqueValue, place(path), value));
        }
    }

    /// <summary>Adds the text of an event's lines that are not data.</summary>
    protected void AddLine(ReadOnlyMemory<byte> line) => AddWhole(LineKey, line);

    private Fault? ReadBlocks(List<StreamEvent> events)
    {
        foreach (var block in _blocks)
        {
            Deltas.Clear();
            if (ReadBlock(block) is { } fault)
            {
                _blocks.Clear();
                return fault;
            }

            events.Add(new StreamEvent(block, [.. Deltas]));
        }

        _blocks.Clear();
        return null;
    }

    private Fault? ReadBlock(ReadOnlyMemory<byte> block)
    {
        _lines.Clear();
        if (SseEvent.ReadsInTwoWays(block.Span, _isFirst))
        {
            return WireFaults.StreamInvalid("a line that begins with a byte order mark");
        }

        var data = SseEvent.Data(block, _isFirst, _lines, out var name);
        _isFirst = false;
        if (data.IsEmpty && !name.IsEmpty)
        {
            _lines.Add(name);
        }

        if (_lines.Count > 0)
        {
            // Together, because a text that one line breaks off can continue in the next.
            var lines = Joined(_lines);
            if (!Utf8.IsValid(lines.Span))
            {
                return WireFaults.StreamInvalid("a line of an event is not valid UTF-8");
            }

            AddLine(lines);
        }

        if (data.IsEmpty)
        {
            return null;
        }

        if (!Utf8.IsValid(name.Span))
        {
            return WireFaults.StreamInvalid("the name of an event is not valid UTF-8");
        }

        return IsDone && !MayFollowEnd(data.Span)
            ? WireFaults.StreamInvalid("data follows the end of the stream")
            : ReadEvent(name, data);
    }

    private static ReadOnlyMemory<byte> Joined(List<ReadOnlyMemory<byte>> lines)
    {
        if (lines is [var only])
        {
            return only;
        }

        var joined = new ArrayBufferWriter<byte>();
        foreach (var line in lines)
        {
            joined.Write(line.Span);
            joined.Write("\n"u8);
        }

        return joined.WrittenMemory;
    }

    /// <summary>Whether that data may follow the end.</summary>
    protected virtual bool MayFollowEnd(ReadOnlySpan<byte> data) => false;
}
