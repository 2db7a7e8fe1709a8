using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// The form of the present row of a table, to tell a row from other text where the table was interrupted: by an empty line, or by the end
/// of a text. Not thread-safe.
/// </summary>
internal sealed class RowForm
{
    /// <summary>The most columns whose digits are compared: bits of a number.</summary>
    private const int MaxColumns = 32;

    private int _spaced;
    private int _spacedInHeader;
    private uint _shape;

    /// <summary>The number of separators in the header.</summary>
    public int Separators { get; private set; }

    /// <summary>Whether a space is behind each separator of the header.</summary>
    public bool IsSpaced { get; private set; }

    /// <summary>The columns in which the last row had a digit or an at sign.</summary>
    public uint Shape { get; private set; }

    /// <summary>The present line is the header.</summary>
    public void BeginTable(int separators) =>
        (Separators, IsSpaced, Shape) = (separators, separators > 0 && _spacedInHeader >= separators, 0);

    public void Resume(OpenTable table) => (Separators, IsSpaced, Shape) = (table.Separators, table.IsSpaced, table.Shape);

    public void EndField(FoldedText text, int from, int to, int column)
    {
        if (from < text.Oldest || to <= from)
        {
            return;
        }

        var field = text.Slice(from, to);
        _spaced += column > 0 && field[0] == ' ' ? 1 : 0;
        if (column < MaxColumns && (field.ContainsAnyInRange('0', '9') || field.Contains('@')))
        {
            _shape |= 1u << column;
        }
    }

    /// <summary>Takes what begins behind any separator of a line that may be a header.</summary>
    public void SeeAfterSeparator(char c) => _spacedInHeader += c == ' ' ? 1 : 0;

    public void EndLine() => (_spaced, _spacedInHeader, _shape) = (0, 0, 0);

    /// <summary>Takes the present line for a row.</summary>
    public void Accept() => Shape = _shape == 0 ? Shape : _shape;

    /// <summary>
    /// Whether the present line has the form of a row. Prose has a space behind each comma and ends in a full stop; another table has its
    /// numbers in other columns.
    /// </summary>
    public bool Fits(char separator, int separators, char last)
    {
        if (separators != Separators)
        {
            return false;
        }

        if (separator is ',' or ';' && ((_spaced > 0) != IsSpaced || (IsSpaced && (separators < 2 || last is '.' or '?' or '!' or ':'))))
        {
            return false;
        }

        // A table in Markdown has a header of its own, so behind an empty line only its numbers tell a row from another header.
        return (Shape & _shape) != 0 || (Shape == 0 && separator != '|');
    }
}
