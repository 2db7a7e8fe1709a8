using System.Buffers;

namespace Holdpoint.Wire.Sse;

/// <summary>The lines of one server-sent event (WHATWG HTML §9.2.6).</summary>
internal static class SseEvent
{
    private static ReadOnlySpan<byte> Bom => [0xEF, 0xBB, 0xBF];

    /// <summary>
    /// Whether a line begins with a byte order mark that the standard does not remove: the gateway and the standard read an unknown field,
    /// and clients that decode line by line read the field behind the mark.
    /// </summary>
    public static bool ReadsInTwoWays(ReadOnlySpan<byte> raw, bool isFirst)
    {
        if (isFirst && raw.StartsWith(Bom))
        {
            raw = raw[Bom.Length..];
        }

        for (var at = raw.IndexOf(Bom); at >= 0;)
        {
            if (at == 0 || raw[at - 1] is (byte)'\n' or (byte)'\r')
            {
                return true;
            }

            var next = raw[(at + 1)..].IndexOf(Bom);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    /// <summary>Reads an event as it was received.</summary>
    /// <param name="raw">The event with its line ends.</param>
    /// <param name="isFirst">Whether the event is the first of the stream, which a byte order mark may precede.</param>
    /// <param name="others">
    /// Receives the texts of the other lines: comments, ids, unknown fields. Clients get these lines, so they are read.
    /// </param>
    /// <param name="eventName">The event's name; empty when the event has none, or the name without meaning (<c>message</c>).</param>
    /// <returns>The data, its lines joined by LF; empty when there is none. One line of data is a slice of the event.</returns>
    public static ReadOnlyMemory<byte> Data(
        ReadOnlyMemory<byte> raw, bool isFirst, List<ReadOnlyMemory<byte>> others, out ReadOnlyMemory<byte> eventName)
    {
        eventName = default;
        if (isFirst && raw.Span.StartsWith(Bom))
        {
            raw = raw[Bom.Length..];
        }

        var most = raw.Length;
        ReadOnlyMemory<byte>? first = null;
        ArrayBufferWriter<byte>? joined = null;
        while (!raw.IsEmpty)
        {
            var end = raw.Span.IndexOfAny((byte)'\r', (byte)'\n');
            var line = end < 0 ? raw : raw[..end];
            raw = end < 0 ? default : raw[(end + 1)..];
            if (line.IsEmpty)
            {
                continue;
            }

            var colon = line.Span.IndexOf((byte)':');
            var name = colon < 0 ? line.Span : line.Span[..colon];
            var value = colon < 0 ? default : line[(colon + 1)..];
            value = value.Span.StartsWith(" "u8) ? value[1..] : value;
            if (name.SequenceEqual("data"u8))
            {
                if (first is { } before && joined is null)
                {
                    // Room for all lines at once: copying what came before for each line would be quadratic.
                    joined = new ArrayBufferWriter<byte>(most);
                    joined.Write(before.Span);
                }

                joined?.Write("\n"u8);
                joined?.Write(value.Span);
                first ??= value;
            }
            else if (name.SequenceEqual("event"u8) && eventName.IsEmpty)
            {
                eventName = value.Span.SequenceEqual("message"u8) ? default : value;
            }
            else if (colon != 0 && !IsKnown(name))
            {
                others.Add(line);
            }
            else if (!value.IsEmpty && !IsPlain(name, value.Span))
            {
                others.Add(value);
            }
        }

        return joined?.WrittenMemory ?? first ?? default;
    }

    private static bool IsKnown(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("event"u8) || name.SequenceEqual("id"u8) || name.SequenceEqual("retry"u8);

    private static bool IsPlain(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) =>
        (name.SequenceEqual("event"u8) && value.SequenceEqual("message"u8))
        || (name.SequenceEqual("retry"u8) && value.Length <= 6 && !value.ContainsAnyExceptInRange((byte)'0', (byte)'9'));
}
