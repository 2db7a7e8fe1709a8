using Holdpoint.Wire.Json;
using Holdpoint.Wire.Sse;

namespace Holdpoint.Wire.OpenAi;

/// <summary>Reads a streamed chat completion: chunks as server-sent events, ended by <c>[DONE]</c>.</summary>
/// <param name="limits">The limits.</param>
/// <param name="model">The model that the request names; null where nothing is known of the request.</param>
internal sealed class OpenAiChatStream(WireLimits limits, string? model = null) : SseAnswerReader(limits)
{
    private readonly Harvest _harvest = new() { AskedModel = Harvest.Utf8(model) };
    private readonly OpenAiChunkRule _chunk = new();
    private readonly SortedDictionary<int, ChoiceProgress> _choices = [];

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

        return ReadChunk(data);
    }

    /// <summary>Accepts an end without [DONE] if every choice said that it had finished: some servers leave the terminator out.</summary>
    protected override Fault? EndWithoutTerminator() =>
        _choices.Count == 0 || _choices.Values.Any(choice => !choice.IsFinished) ? WireFaults.StreamTruncated : EndAll();

    private Fault? ReadChunk(ReadOnlyMemory<byte> data)
    {
        _harvest.Clear();
        _chunk.Clear();
        if (JsonWalk.Read(data, _chunk, _harvest, Limits, buffer: null) is { } fault)
        {
            return fault.OfUpstream();
        }

        foreach (var part in _harvest.Parts)
        {
            AddWhole(part.Path, part.Bytes);
        }

        AddAround(_harvest, path => path.Replace("/delta/", "/message/", StringComparison.Ordinal));
        foreach (var choice in _chunk.Choices)
        {
            if (!_choices.TryGetValue(choice.Index, out var progress))
            {
                if (choice.Index < 0 || choice.Index >= Limits.MaxChoices)
                {
                    return WireFaults.StreamInvalid("a choice has an index out of range");
                }

                _choices[choice.Index] = progress = new ChoiceProgress(choice.Index);
            }

            if (progress.Apply(choice, Deltas) is { } wrong)
            {
                return WireFaults.StreamInvalid(wrong);
            }
        }

        return null;
    }

    private Fault? EndAll()
    {
        foreach (var choice in _choices.Values)
        {
            if (choice.End(Deltas) is { } wrong)
            {
                return WireFaults.StreamInvalid(wrong);
            }
        }

        Deltas.Add(StreamDelta.End);
        return null;
    }
}
