using System.Buffers;
using Holdpoint.Log;

namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>
/// The tool calls of one streamed response. A call is complete with its whole item; every piece of the call, and every event about it,
/// waits until then. A repetition of a complete call must equal that call, or it is decided as another call. Not thread-safe.
/// </summary>
internal sealed class ResponsesCalls
{
    private readonly Dictionary<string, Pending> _pending = [];
    private readonly Dictionary<string, Hash> _complete = [];

    /// <summary>Whether every call that was begun is complete.</summary>
    public bool AreComplete => _pending.Count == 0;

    /// <summary>Begins a call, as far as it is known yet.</summary>
    public void Begin(ToolCall call, List<StreamDelta> deltas)
    {
        if (!_complete.ContainsKey(call.Path))
        {
            Fragment(call.Path, deltas).First = call;
        }

        if (call.IsItem)
        {
            // What it says so far may not be what it says in the end.
            deltas.Add(new StreamDelta(StreamDeltaKind.Text, call.Path, call.Arguments));
            deltas.Add(StreamDelta.PartEnd(call.Path));
        }
    }

    /// <summary>Marks the event as one about the call, if that call is incomplete.</summary>
    public void Touch(string key, List<StreamDelta> deltas)
    {
        if (_pending.ContainsKey(key))
        {
            deltas.Add(new StreamDelta(StreamDeltaKind.ToolCallFragment, key));
        }
    }

    /// <summary>Adds a piece of a call's arguments, or the whole arguments.</summary>
    /// <returns>Null, or the reason that the arguments cannot belong to the call.</returns>
    public string? Argue(string key, ResponsesEvent said, List<StreamDelta> deltas)
    {
        // What was released as complete may not grow: it was decided as it was.
        if (_complete.ContainsKey(key))
        {
            return "a tool call goes on after it was complete";
        }

        var call = Fragment(key, deltas);
        if (said.Delta is { } delta)
        {
            call.Assembled.Write(delta.Span);
        }

        if (said.Whole is { } whole)
        {
            if (call.Whole is { } before && !before.Span.SequenceEqual(whole.Span))
            {
                return "the arguments of a tool call are said twice, and differ";
            }

            call.Whole = whole;
        }

        call.Name = string.IsNullOrEmpty(said.Name) ? call.Name : said.Name;
        return null;
    }

    /// <summary>Completes a call.</summary>
    /// <returns>Null, or the reason that the call contradicts an earlier event.</returns>
    public string? End(ToolCall call, List<StreamDelta> deltas)
    {
        var digest = DigestOf(call);
        if (_complete.TryGetValue(call.Path, out var before) && before == digest)
        {
            return null;
        }

        if (_pending.Remove(call.Path, out var pending) && !call.IsItem && pending.Contradicts(call) is { } wrong)
        {
            return wrong;
        }

        _complete[call.Path] = digest;
        deltas.Add(new StreamDelta(StreamDeltaKind.ToolCallFragment, call.Path));
        deltas.Add(new StreamDelta(StreamDeltaKind.ToolCallEnd, call.Path, ToolCall: call));
        return null;
    }

    private static Hash DigestOf(ToolCall call) =>
        Hash.Of(
            [.. System.Text.Encoding.UTF8.GetBytes($"{call.Id?.Length}:{call.Id}{call.Name.Length}:{call.Name}"), .. call.Arguments.Span]);

    private Pending Fragment(string key, List<StreamDelta> deltas)
    {
        if (!_pending.TryGetValue(key, out var call))
        {
            _pending[key] = call = new Pending();
        }

        deltas.Add(new StreamDelta(StreamDeltaKind.ToolCallFragment, key));
        return call;
    }

    private sealed class Pending
    {
        public ToolCall? First { get; set; }

        public ArrayBufferWriter<byte> Assembled { get; } = new();

        public ReadOnlyMemory<byte>? Whole { get; set; }

        public string? Name { get; set; }

        /// <summary>
        /// The contradiction between the call and its earlier events, or null. Clients take the arguments from the deltas, from the event
        /// with the whole arguments or from the item: all must be equal.
        /// </summary>
        public string? Contradicts(ToolCall call)
        {
            if ((Name is not null && Name != call.Name)
                || (First is not null && (First.Name != call.Name || (First.Id is { Length: > 0 } id && id != call.Id))))
            {
                return "a tool call is named twice";
            }

            return Differs(Assembled.WrittenSpan, call) || Differs(Whole is { } whole ? whole.Span : default, call)
                || Differs(First is null ? default : First.Arguments.Span, call)
                ? "the arguments of a tool call are said twice, and differ"
                : null;
        }

        private static bool Differs(ReadOnlySpan<byte> said, ToolCall call) => said.Length > 0 && !said.SequenceEqual(call.Arguments.Span);
    }
}
