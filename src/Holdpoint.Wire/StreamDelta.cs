namespace Holdpoint.Wire;

/// <summary>What one event of a streamed answer adds.</summary>
internal enum StreamDeltaKind
{
    /// <summary>Text of the part <see cref="StreamDelta.Key"/> goes on.</summary>
    Text,

    /// <summary>Opaque bytes (base64 as received) of the part <see cref="StreamDelta.Key"/>, which cannot be screened as text.</summary>
    Opaque,

    /// <summary>
    /// A piece of the tool call <see cref="StreamDelta.Key"/>, which is not complete: the event may not leave before it is.
    /// </summary>
    ToolCallFragment,

    /// <summary>The tool call <see cref="StreamDelta.ToolCall"/> is complete.</summary>
    ToolCallEnd,

    /// <summary>
    /// The part <see cref="StreamDelta.Key"/> pauses or ends: what was kept back of it as look-ahead can be decided. It may go on later,
    /// so what follows is screened twice: behind its context, and alone.
    /// </summary>
    PartEnd,

    /// <summary>The answer is complete. Nothing but empty lines and comments follows.</summary>
    End,
}

/// <summary>One addition of an event.</summary>
/// <param name="Kind">What is added.</param>
/// <param name="Key">
/// The part or tool call: the JSON Pointer that it would have in a whole answer; empty for <see cref="StreamDeltaKind.End"/>.
/// </param>
/// <param name="Text">
/// The decoded UTF-8 of <see cref="StreamDeltaKind.Text"/>, or the bytes of <see cref="StreamDeltaKind.Opaque"/>.
/// </param>
/// <param name="ToolCall">Only with <see cref="StreamDeltaKind.ToolCallEnd"/>.</param>
internal readonly record struct StreamDelta(
    StreamDeltaKind Kind, string Key, ReadOnlyMemory<byte> Text = default, ToolCall? ToolCall = null)
{
    public static StreamDelta PartEnd(string key) => new(StreamDeltaKind.PartEnd, key);

    public static StreamDelta End { get; } = new(StreamDeltaKind.End, "");
}
