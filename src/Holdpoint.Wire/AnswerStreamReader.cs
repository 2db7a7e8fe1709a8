namespace Holdpoint.Wire;

/// <summary>
/// Reads one streamed answer piece by piece, however the network cut it. The raw bytes of all events, joined, are the stream, so that
/// released bytes arrive unchanged. Not thread-safe; one reader per answer. A reader must not be used again after a fault.
/// </summary>
internal abstract class AnswerStreamReader : IDisposable
{
    /// <summary>Takes the next bytes and appends the events that these bytes complete. Events own their bytes.</summary>
    /// <returns>
    /// Null, or the reason that the stream cannot be read on: events before the fault were appended, and the rest must not be released.
    /// </returns>
    public abstract Fault? Read(ReadOnlySpan<byte> bytes, List<StreamEvent> events);

    /// <summary>
    /// Tells the reader that the upstream ended the stream. Appends the parts that were still open; the last delta is
    /// <see cref="StreamDeltaKind.End"/>.
    /// </summary>
    /// <returns>Null, or a fault when the answer was not complete.</returns>
    public abstract Fault? Complete(List<StreamEvent> events);

    public abstract void Dispose();
}
