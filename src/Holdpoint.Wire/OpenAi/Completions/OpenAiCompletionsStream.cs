using System.Globalization;
using Holdpoint.Wire.Json;
using Holdpoint.Wire.Sse;

namespace Holdpoint.Wire.OpenAi.Completions;

/// <summary>Reads a streamed completion: chunks as server-sent events, ended by <c>[DONE]</c>.</summary>
/// <param name="limits">The limits.</param>
/// <param name="model">The model that the request names; null where nothing is known of the request.</param>
internal sealed class OpenAiCompletionsStream(WireLimits limits, string? model = null) : SseAnswerReader(limits)
{
    private readonly Harvest _harvest = new() { AskedModel = Harvest.Utf8(model) };
    private readonly CompletionsChunk _chunk = new();
    private readonly SortedDictionary<int, (string Key, bool IsFinished)> _choices = [];

    protected override Fault? ReadEvent(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> data)
    {
        if (!name.IsEmpty)
        {
            AddLine(name);
        }

        if (data.Span.SequenceEqual("[DONE]"u8))
        {
            IsDone = true;
            return EndAll();
        }

        _harvest.Clear();
        if (JsonWalk.Read(data, _chunk, _harvest, Limits, buffer: null) is { } fault)
        {
            return fault.OfUpstream();
        }

        foreach (var part in _harvest.Parts)
        {
            AddWhole(part.Path, part.Bytes);
        }

        AddAround(_harvest, path => path);
        foreach (var (index, text, isFinished) in _chunk.Choices)
        {
            if (index < 0 || index >= Limits.MaxChoices)
            {
                return WireFaults.StreamInvalid("a choice has an index out of range");
            }

            Apply(index, text, isFinished);
        }

        return null;
    }

    /// <summary>Accepts an end without [DONE] if every choice said that it had finished: some servers leave the terminator out.</summary>
    protected override Fault? EndWithoutTerminator() =>
        _choices.Count == 0 || _choices.Values.Any(choice => !choice.IsFinished) ? WireFaults.StreamTruncated : EndAll();

    private void Apply(int index, ReadOnlyMemory<byte> text, bool isFinished)
    {
        if (!_choices.TryGetValue(index, out var choice))
        {
            choice = (string.Create(CultureInfo.InvariantCulture, $"/choices/{index}/text"), false);
        }

        if (!text.IsEmpty)
        {
            Deltas.Add(new StreamDelta(StreamDeltaKind.Text, choice.Key, text));
        }

        if (isFinished)
        {
            Deltas.Add(StreamDelta.PartEnd(choice.Key));
        }

        _choices[index] = (choice.Key, choice.IsFinished || isFinished);
    }

    private Fault? EndAll()
    {
        foreach (var choice in _choices.Values)
        {
            Deltas.Add(StreamDelta.PartEnd(choice.Key));
        }

        Deltas.Add(StreamDelta.End);
        return null;
    }
}
