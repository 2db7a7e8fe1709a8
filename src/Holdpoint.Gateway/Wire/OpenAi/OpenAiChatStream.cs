using System.Text.Unicode;
using Holdpoint.Gateway.Wire.Json;
using Holdpoint.Gateway.Wire.Sse;

namespace Holdpoint.Gateway.Wire.OpenAi;

/// <summary>Reads a streamed chat completion: chunks as server-sent events, ended by <c>[DONE]</c>.</summary>
internal sealed class OpenAiChatStream(WireLimits limits) : AnswerStreamReader
{
    private const string LineKey = "/stream/line";

    private readonly SseFramer _framer = new(limits.MaxEventBytes);
    private readonly List<ReadOnlyMemory<byte>> _blocks = [];
    private readonly List<ReadOnlyMemory<byte>> _lines = [];
    private readonly List<StreamDelta> _deltas = [];
    private readonly Harvest _harvest = new();
    private readonly OpenAiChunkRule _chunk = new();
    private readonly SortedDictionary<int, ChoiceProgress> _choices = [];
    private long _received;
    private bool _isFirst = true;
    private bool _isDone;

    public override WireFault? Read(ReadOnlySpan<byte> bytes, List<StreamEvent> events)
    {
        _received += bytes.Length;
        if (_received > limits.MaxStreamBytes)
        {
            return TooLarge();
        }

        var fits = _framer.Append(bytes, _blocks);
        return ReadBlocks(events) ?? (fits ? null : TooLarge());
    }

    public override WireFault? Complete(List<StreamEvent> events)
    {
        var fits = _framer.Complete(_blocks);
        if (ReadBlocks(events) is { } fault)
        {
            return fault;
        }

        if (!fits)
        {
            return TooLarge();
        }

        if (_isDone)
        {
            return null;
        }

        if (_choices.Count == 0 || _choices.Values.Any(choice => !choice.IsFinished))
        {
            return new WireFault(502, WireCause.UpstreamTruncated, "", "The upstream's stream ended before the answer was complete.");
        }

        // No [DONE], but every choice said that it had finished: some servers leave the terminator out.
        _deltas.Clear();
        if (EndAll() is { } unfinished)
        {
            return unfinished;
        }

        events.Add(new StreamEvent(default, [.. _deltas]));
        return null;
    }

    public override void Dispose() => _framer.Dispose();

    private WireFault? ReadBlocks(List<StreamEvent> events)
    {
        foreach (var block in _blocks)
        {
            _deltas.Clear();
            if (ReadBlock(block) is { } fault)
            {
                _blocks.Clear();
                return fault;
            }

            events.Add(new StreamEvent(block, [.. _deltas]));
        }

        _blocks.Clear();
        return null;
    }

    private WireFault? ReadBlock(ReadOnlyMemory<byte> block)
    {
        _lines.Clear();
        var data = SseEvent.Data(block, _isFirst, _lines);
        _isFirst = false;
        foreach (var line in _lines)
        {
            if (!Utf8.IsValid(line.Span))
            {
                return Invalid("a line of an event is not valid UTF-8");
            }

            Once(LineKey, line);
        }

        if (data.IsEmpty)
        {
            return null;
        }

        if (_isDone)
        {
            return Invalid("data follows the end of the stream");
        }

        if (data.Span.SequenceEqual("[DONE]"u8))
        {
            _isDone = true;
            return EndAll();
        }

        return ReadChunk(data);
    }

    private WireFault? ReadChunk(ReadOnlyMemory<byte> data)
    {
        _harvest.Parts.Clear();
        _chunk.Clear();
        if (JsonWalk.Read(data, _chunk, _harvest, limits, buffer: null) is { } fault)
        {
            return fault.OfUpstream();
        }

        foreach (var part in _harvest.Parts)
        {
            Once(part.Path, part.Bytes);
        }

        foreach (var choice in _chunk.Choices)
        {
            if (!_choices.TryGetValue(choice.Index, out var progress))
            {
                if (choice.Index < 0 || choice.Index >= limits.MaxChoices)
                {
                    return Invalid("a choice has an index out of range");
                }

                _choices[choice.Index] = progress = new ChoiceProgress(choice.Index);
            }

            if (progress.Apply(choice, _deltas) is { } wrong)
            {
                return Invalid(wrong);
            }
        }

        return null;
    }

    private WireFault? EndAll()
    {
        foreach (var choice in _choices.Values)
        {
            if (choice.End(_deltas) is { } wrong)
            {
                return Invalid(wrong);
            }
        }

        _deltas.Add(StreamDelta.End);
        return null;
    }

    /// <summary>A text that is whole in its event.</summary>
    private void Once(string key, ReadOnlyMemory<byte> text)
    {
        _deltas.Add(new StreamDelta(StreamDeltaKind.Text, key, text));
        _deltas.Add(StreamDelta.PartEnd(key));
    }

    private static WireFault Invalid(string why) =>
        new(502, WireCause.UpstreamInvalid, "", $"The upstream's stream could not be read: {why}.");

    private static WireFault TooLarge() =>
        new(502, WireCause.UpstreamTooLarge, "", "The upstream's stream, or one event of it, is larger than allowed.");
}
