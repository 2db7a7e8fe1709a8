using System.Globalization;
using System.Text;
using Holdpoint.Log;
using Holdpoint.Wire.Json;
using Holdpoint.Wire.Sse;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// Reads a streamed response: typed events that say everything three or four times. A repetition must equal the earlier text, or it is read
/// as new; nothing is taken for a repetition because of its position.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="sent">The strings of the request that the answer may repeat.</param>
/// <param name="model">The model that the request names; null where nothing is known of the request.</param>
internal sealed class OpenAiResponsesStream(WireLimits limits, SentStrings? sent, string? model = null) : SseAnswerReader(limits)
{
    private readonly Harvest _around = new();
    private readonly Harvest _inside = new() { Sent = sent, AskedModel = Harvest.Utf8(model) };
    private readonly ResponsesEvent _event = new();
    private readonly ResponsesCalls _calls = new();
    private readonly Dictionary<string, SpokenText> _spoken = [];
    private readonly Dictionary<string, Hash> _noted = [];
    private readonly OpenTexts _open = new();

    public override void Dispose()
    {
        foreach (var text in _spoken.Values)
        {
            text.Dispose();
        }

        base.Dispose();
    }

    protected override Fault? ReadEvent(ReadOnlyMemory<byte> name, ReadOnlyMemory<byte> data)
    {
        if (data.Span.SequenceEqual("[DONE]"u8))
        {
            // Some servers end every stream so; the API itself does not.
            return IsDone ? null : WireFaults.StreamTruncated;
        }

        _around.Clear();
        if (JsonWalk.Read(data, _event, _around, Limits, buffer: null) is { } fault)
        {
            return fault.OfUpstream();
        }

        if (!name.IsEmpty && Encoding.UTF8.GetString(name.Span) != _event.Type)
        {
            AddLine(name);
        }

        foreach (var part in _around.Parts)
        {
            AddWhole("/stream" + part.Path, part.Bytes);
        }

        AddAround(_around, path => "/stream" + path);
        return ReadParts() ?? ReadSaid() ?? EndWhereItEnds();
    }

    protected override bool MayFollowEnd(ReadOnlySpan<byte> data) => data.SequenceEqual("[DONE]"u8);

    protected override Fault? EndWithoutTerminator() => WireFaults.StreamTruncated;

    /// <summary>Reads the items, parts and whole responses of the event.</summary>
    private Fault? ReadParts()
    {
        if (!_event.Part.IsEmpty)
        {
            var isSummary = _event.Type.StartsWith("response.reasoning_summary_part.", StringComparison.Ordinal);
            if (ReadInside(
                _event.Part, ResponsesAnswer.Part,
                isSummary ? Place("summary", _event.Summary) : Place("content", _event.Content)) is { } faultOfPart)
            {
                return faultOfPart;
            }
        }

        if (!_event.Item.IsEmpty && ReadItem() is { } faultOfItem)
        {
            return faultOfItem;
        }

        return _event.Response.IsEmpty ? null : ReadInside(_event.Response, ResponsesAnswer.Rule, "") ?? EndCalls("");
    }

    private Fault? ReadItem()
    {
        var key = Item();
        if (ReadInside(_event.Item, ResponsesAnswer.Item, key) is { } fault)
        {
            return fault;
        }

        if (_event.Type != "response.output_item.added")
        {
            return EndCalls(key);
        }

        foreach (var call in _inside.TakeToolCalls())
        {
            _calls.Begin(call with { Path = key }, Deltas);
        }

        return null;
    }

    private Fault? EndCalls(string prefix)
    {
        foreach (var call in _inside.TakeToolCalls())
        {
            if (_calls.End(call with { Path = prefix + call.Path }, Deltas) is { } wrong)
            {
                return WireFaults.StreamInvalid(wrong);
            }
        }

        return null;
    }

    /// <summary>Reads JSON inside the event; its parts repeat earlier parts or are new.</summary>
    private Fault? ReadInside(ReadOnlyMemory<byte> json, Rule rule, string prefix)
    {
        _inside.Clear();
        if (JsonWalk.Read(json, rule, _inside, Limits, buffer: null) is { } fault)
        {
            return fault.OfUpstream();
        }

        foreach (var part in _inside.Parts)
        {
            Repeat(prefix + part.Path, part.Kind, part.Bytes);
        }

        foreach (var mark in _inside.Marks)
        {
            AddWhole(prefix + mark.Path, mark.Bytes);
        }

        // An item that has only begun does not show yet what it keeps back.
        if (_event.Type != "response.output_item.added")
        {
            Note(prefix);
        }

        return null;
    }

    /// <summary>Reads deltas, and texts that arrive whole outside items.</summary>
    private Fault? ReadSaid()
    {
        _calls.Touch(Item(), Deltas);
        switch (_event.Type)
        {
            case "response.output_text.delta" or "response.output_text.done"
                or "response.reasoning_text.delta" or "response.reasoning_text.done":
                Say(Place("content", _event.Content) + "/text", Place("content", _event.Content) + "/logprobs");
                return null;
            case "response.refusal.delta" or "response.refusal.done":
                Say(Place("content", _event.Content) + "/refusal");
                return null;
            case "response.reasoning_summary_text.delta" or "response.reasoning_summary_text.done":
                Say(Place("summary", _event.Summary) + "/text");
                return null;
            case "response.function_call_arguments.delta" or "response.function_call_arguments.done"
                or "response.custom_tool_call_input.delta" or "response.custom_tool_call_input.done":
                _open.End(Deltas);
                return _calls.Argue(Item(), _event, Deltas) is { } wrong ? WireFaults.StreamInvalid(wrong) : null;
            case "response.mcp_call_arguments.delta" or "response.mcp_call_arguments.done":
                Say(Item() + "/arguments");
                return null;
            case "response.code_interpreter_call_code.delta" or "response.code_interpreter_call_code.done":
                Say(Item() + "/code");
                return null;
            case "response.audio.delta":
                _open.End(Deltas);
                AddBase64("/output/audio", _event.Delta ?? default);
                return null;
            case "response.output_text.annotation.added":
                _open.End(Deltas);
                GoOn(Place("content", _event.Content) + "/annotations", _event.Note);
                return null;
            default:
                SayOther();
                return null;
        }
    }

    /// <summary>Reads an event of unknown type, whose text may continue in the next event of that type.</summary>
    private void SayOther()
    {
        Say("/stream/" + (_event.Type.Length is > 0 and <= 64 ? _event.Type : "event") + Item());
        Repeat("/stream/annotation", PartKind.Text, _event.Note);
        if (!_event.Image.IsEmpty)
        {
            AddBase64(Item() + "/partial_image", _event.Image);
        }
    }

    private void Say(string key, string? probabilitiesKey = null)
    {
        _open.End(Deltas, key, probabilitiesKey);
        GoOn(key, _event.Delta ?? default);
        if (_event.Whole is { } whole)
        {
            Repeat(key, PartKind.Text, whole);
            Repeat(probabilitiesKey ?? "/stream/logprobs", PartKind.Text, _event.Probabilities);
            _open.End(Deltas);
        }
        else
        {
            GoOn(probabilitiesKey ?? "/stream/logprobs", _event.Probabilities);
        }

        if (_event.Name is { Length: > 0 } name)
        {
            AddWhole("/stream/name", Encoding.UTF8.GetBytes(name));
        }
    }

    private void GoOn(string key, ReadOnlyMemory<byte> text)
    {
        if (text.IsEmpty)
        {
            return;
        }

        Spoken(key).Append(text.Span);
        Deltas.Add(new StreamDelta(StreamDeltaKind.Text, key, text));
        _open.Add(key);
    }

    /// <summary>Skips an exact repetition of an earlier text; any other text is new, and screened whole.</summary>
    private void Repeat(string key, PartKind kind, ReadOnlyMemory<byte> said)
    {
        if (said.IsEmpty || (_spoken.TryGetValue(key, out var before) && before.Is(said.Span)))
        {
            return;
        }

        Spoken(key).Replace(said.Span);
        if (kind == PartKind.Opaque)
        {
            Deltas.Add(new StreamDelta(StreamDeltaKind.Opaque, key, said));
        }
        else
        {
            AddWhole(key, said);
        }
    }

    /// <summary>Notes what only the provider can read, once: the events repeat it.</summary>
    private void Note(string prefix)
    {
        foreach (var (path, value) in _inside.TakeOpaqueValues())
        {
            var key = prefix + path;
            if (!_noted.TryGetValue(key, out var before) || before != Hash.Of(value.Span))
            {
                _noted[key] = Hash.Of(value.Span);
                Deltas.Add(new StreamDelta(StreamDeltaKind.OpaqueValue, key, value));
            }
        }
    }

    private SpokenText Spoken(string key)
    {
        if (!_spoken.TryGetValue(key, out var text))
        {
            _spoken[key] = text = new SpokenText();
        }

        return text;
    }

    private Fault? EndWhereItEnds()
    {
        if (_event.Type is not ("response.completed" or "response.incomplete" or "response.failed" or "response.cancelled" or "error"))
        {
            return null;
        }

        if (!_calls.AreComplete)
        {
            return WireFaults.StreamTruncated;
        }

        IsDone = true;
        _open.End(Deltas);
        Deltas.Add(StreamDelta.End);
        return null;
    }

    private string Item() => string.Create(CultureInfo.InvariantCulture, $"/output/{_event.Output}");

    private string Place(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"/output/{_event.Output}/{list}/{index}");
}
