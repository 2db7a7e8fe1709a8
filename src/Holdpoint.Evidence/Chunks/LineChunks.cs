namespace Holdpoint.Evidence.Chunks;

/// <summary>
/// Cuts text into its lines: the one rule by which both <c>attest</c> and the gateway find the chunks of a text. A line ends at <c>\n</c>
/// or <c>\r\n</c> (a lone <c>\r</c> is content) or at the end of the text; its chunk is its bytes without that end.
/// </summary>
/// <remarks>
/// A value for <c>foreach</c>; allocates nothing. Lines are bytes: nothing is trimmed, normalised or decoded, and a byte order
/// mark belongs to the first line.
/// </remarks>
public ref struct LineChunks
{
    /// <summary>
    /// The minimum length of a chunk, 64 bytes: a shorter line says little enough to occur by chance in text of another origin, and its
    /// digest can be found by guessing.
    /// </summary>
    public const int MinBytes = 64;

    private readonly ReadOnlySpan<byte> _text;
    private int _next;

    /// <param name="text">UTF-8 text; an empty text has no line.</param>
    public LineChunks(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>The line that <see cref="MoveNext"/> found.</summary>
    public Line Current { get; private set; }

    /// <summary>The enumerator for <c>foreach</c>.</summary>
    public readonly LineChunks GetEnumerator() => this;

    /// <summary>Finds the next line; false at the end of the text.</summary>
    public bool MoveNext()
    {
        if (_next == _text.Length)
        {
            return false;
        }

        var start = _next;
        var rest = _text[start..];
        var newline = rest.IndexOf((byte)'\n');
        var length = newline < 0 ? rest.Length : newline > 0 && rest[newline - 1] == '\r' ? newline - 1 : newline;
        _next = newline < 0 ? _text.Length : start + newline + 1;
        Current = new(start, length, _next - start);
        return true;
    }
}
