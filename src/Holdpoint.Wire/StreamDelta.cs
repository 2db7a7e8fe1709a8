namespace Holdpoint.Wire;

/// <summary>The kind of an addition that one event of a streamed answer makes.</summary>
internal enum StreamDeltaKind
{
    /// <summary>A further piece of text of the part <see cref="StreamDelta.Key"/>.</summary>
    Text,

    /// <summary>Opaque bytes (base64 as received) of the part <see cref="StreamDelta.Key"/>, which cannot be screened as text.</summary>
    Opaque,

    /// <summary>
    /// A piece of the tool call <see cref="StreamDelta.Key"/>, which is not complete: the event must not be released before the call is
    /// complete.
    /// </summary>
    ToolCallFragment,

    /// <summary>The tool call <see cref="StreamDelta.ToolCall"/> is complete.</summary>
    ToolCallEnd,

    /// <summary>
    /// The part <see cref="StreamDelta.Key"/> pauses or ends: its text kept back as look-ahead can be decided. The part may continue later,
    /// so the text that follows is screened twice: behind its context, and alone.
    /// </summary>
    PartEnd,

    /// <summary>
    /// The value <see cref="StreamDelta.Key"/>, complete, which only the provider can read and which a later request may send back
    /// (<see cref="OpaqueValue"/>). Its text came as <see cref="Text"/> too.
    /// </summary>
    OpaqueValue,

    /// <summary>The answer is complete. Nothing but empty lines and comments follows.</summary>
    End,
}

/// <summary>One addition of an event.</summary>
/// <param name="Kind">The kind of the addition.</param>
/// <param name="Key">
/// The part or tool call: the JSON Pointer that it would have in a whole answer; empty for <see cref="StreamDeltaKind.End"/>.
/// </param>
/// <param name="Text">
/// The decoded UTF-8 of <see cref="StreamDeltaKind.Text"/>, the bytes of <see cref="StreamDeltaKind.Opaque"/>, or the whole value of
/// <see cref="StreamDeltaKind.OpaqueValue"/>.
/// </param>
/// <param name="ToolCall">The tool call; only with <see cref="StreamDeltaKind.ToolCallEnd"/>.</param>
internal readonly record struct StreamDelta(
    StreamDeltaKind Kind, string Key, ReadOnlyMemory<byte> Text = default, ToolCall? ToolCall = null)
{
    public static StreamDelta PartEnd(string key) => new(StreamDeltaKind.PartEnd, key);

    public static StreamDelta End { get; } = new(StreamDeltaKind.End, "");
}
