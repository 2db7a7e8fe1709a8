using System.Text;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Wire;

/// <summary>A whole stream, read in given pieces.</summary>
internal sealed class StreamReading
{
    private StreamReading(List<StreamEvent> events, Fault? fault) => (Events, Fault) = (events, fault);

    public List<StreamEvent> Events { get; }

    public Fault? Fault { get; }

    /// <summary>The bytes of all events, joined.</summary>
    public string Raw => string.Concat(Events.Select(e => e.Raw.Text()));

    public IEnumerable<StreamDelta> Deltas => Events.SelectMany(e => e.Deltas);

    public IEnumerable<ToolCall> ToolCalls => Deltas.Where(d => d.ToolCall is not null).Select(d => d.ToolCall!);

    public static StreamReading Of(string stream) => Of([Reading.Utf8(stream)]);

    public static StreamReading Of(string stream, WireFormat format, Call? call = null) =>
        Of([Reading.Utf8(stream)], call is null ? format.OpenStream() : format.OpenStream(call));

    public static StreamReading Of(IEnumerable<ReadOnlyMemory<byte>> pieces, WireLimits? limits = null) =>
        Of(pieces, new Holdpoint.Wire.OpenAi.OpenAiChat(limits: limits).OpenStream());

    public static StreamReading Of(IEnumerable<ReadOnlyMemory<byte>> pieces, AnswerStreamReader opened)
    {
        var events = new List<StreamEvent>();
        using var reader = opened;
        foreach (var piece in pieces)
        {
            if (reader.Read(piece.Span, events) is { } fault)
            {
                return new StreamReading(events, fault);
            }
        }

        return new StreamReading(events, reader.Complete(events));
    }

    public string TextOf(string key) =>
        string.Concat(Deltas.Where(d => d.Kind == StreamDeltaKind.Text && d.Key == key).Select(d => d.Text.Text()));

    /// <summary>Everything that was read, one line an event.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var one in Events)
        {
            text.Append(one.Raw.Length).Append(' ').AppendJoin(' ', one.Deltas.Select(Show)).Append('\n');
        }

        return text.Append(Fault?.Message).ToString();
    }

    public static string Show(StreamDelta delta) => delta.Kind switch
    {
        StreamDeltaKind.ToolCallEnd =>
            $"call({delta.ToolCall!.Path},{delta.ToolCall.Id},{delta.ToolCall.Name},{delta.ToolCall.Arguments.Text()})",
        StreamDeltaKind.ToolCallFragment => $"fragment({Short(delta.Key)})",
        StreamDeltaKind.PartEnd => $"end({Short(delta.Key)})",
        StreamDeltaKind.End => "END",
        _ => $"{delta.Kind}({Short(delta.Key)},{delta.Text.Text()})",
    };

    private static string Short(string key) => key.Replace("/choices/0/message/", "", StringComparison.Ordinal);
}
