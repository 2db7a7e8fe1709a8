namespace Holdpoint.Signals;

/// <summary>A stretch of a part's raw UTF-8 bytes: <paramref name="Start"/> inclusive, <paramref name="End"/> exclusive, in bytes.</summary>
/// <remarks>Ranges of findings are conservative: what was decoded from an escape or from base64 covers all the bytes that carried it.</remarks>
internal readonly record struct ByteRange(int Start, int End)
{
    /// <summary>Whether the two share at least one byte.</summary>
    public bool Touches(ByteRange other) => Start < other.End && other.Start < End;
}
