namespace Holdpoint.Evidence.Chunks;

/// <summary>Where one line lies in its text, in bytes.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="Length">Bytes without the line end: those of the chunk. 0 for an empty line.</param>
/// <param name="LengthWithEnd">Bytes with the line end, so that the lines of a text lie end to end.</param>
public readonly record struct Line(int Start, int Length, int LengthWithEnd)
{
    /// <summary>Whether the line is long enough to be attested.</summary>
    public bool IsChunk => Length >= LineChunks.MinBytes;
}
