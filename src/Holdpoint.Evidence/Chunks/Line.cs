namespace Holdpoint.Evidence.Chunks;

/// <summary>The position of one line in its text, in bytes.</summary>
/// <param name="Start">The offset of the line's first byte.</param>
/// <param name="Length">The number of bytes without the line end: those of the chunk. 0 for an empty line.</param>
/// <param name="LengthWithEnd">The number of bytes with the line end, so that the lines of a text follow each other without gaps.</param>
public readonly record struct Line(int Start, int Length, int LengthWithEnd)
{
    /// <summary>Whether the line is long enough to be attested.</summary>
    public bool IsChunk => Length >= LineChunks.MinBytes;
}
