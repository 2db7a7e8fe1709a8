namespace Holdpoint.Wire;

/// <summary>
/// Reads one streamed answer piece by piece, however the network cut it. The raw bytes of all events, joined, are the stream, so that what
/// is released arrives unchanged. Not thread-safe; one per answer. After a fault it must not be used again.
/// </summary>
internal abstract class AnswerStreamReader : IDisposable
{
    /// <summary>Takes the next bytes and appends the events that they complete. Events own their bytes.</summary>
    /// <returns>
    /// Null, or why the stream cannot be read on: events before the fault were appended, and the rest must not be released.
    /// </returns>
    public abstract Fault? Read(ReadOnlySpan<byte> bytes, List<StreamEvent> events);

    /// <summary>
    /// Says that the upstream ended the stream. Appends what was still open; the last delta is <see cref="StreamDeltaKind.End"/>.
    /// </summary>
    /// <returns>Null, or a fault when the answer was not complete.</returns>
    public abstract Fault? Complete(List<StreamEvent> events);

    public abstract void Dispose();
}
