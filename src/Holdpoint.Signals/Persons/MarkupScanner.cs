using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// Fields with markup around them: elements of XML named like a field, cells of a table in HTML under a cell named like one, and
/// assignments (<c>name = "…"</c>), as in INI, TOML and attributes. What is only called a name is doubtful there.
/// </summary>
/// <remarks>Not a parser: text between <c>&gt;</c> and <c>&lt;</c>, or from an equals sign to the end of its line or its quotes.</remarks>
internal sealed class MarkupScanner(RecordStack records)
{
    /// <summary>The maximum length of a tag that is looked at, with its attributes, in chars.</summary>
    private const int MaxTag = 128;

    /// <summary>The maximum number of known columns of a table in HTML, and of columns before them.</summary>
    private const int MaxColumns = 64;

    /// <summary>The fewest letters of a part of a name that is assigned to: <c>first</c> and <c>last</c> are anything in code.</summary>
    private const int FewestLetters = 7;

    private readonly FieldKind[] _columns = new FieldKind[MaxColumns];
    private int _tagFrom = -1;
    private int _valueFrom = -1;
    private int _column = -1;
    private bool _isCell;
    private FieldKind _kind;
    private FieldKind _assigned;
    private int _assignedFrom;
    private char _quote;

    /// <summary>The kind of the element or cell that the text is in.</summary>
    public FieldKind Current => _valueFrom < 0 ? FieldKind.None : _kind;

    public void Push(FoldedText text, char c, int position)
    {
        switch (c)
        {
            case '<':
                EndValue(text, position);
                EndAssigned(text, position);
                _tagFrom = position + 1;
                break;
            case '>':
                EndAssigned(text, position);
                if (_tagFrom >= text.Oldest && position - _tagFrom is > 0 and <= MaxTag)
                {
                    Tag(text.Slice(_tagFrom, position), position);
                }

                _tagFrom = -1;
                break;
            case '=':
                Assign(text, position);
                break;
            case '"' or '\'' when _assigned != FieldKind.None:
                Quote(text, c, position);
                break;
            case '\n':
                EndAssigned(text, position);
                break;
        }
    }

    public void Complete(FoldedText text)
    {
        EndValue(text, text.End);
        EndAssigned(text, text.End);
        Array.Clear(_columns);
        (_tagFrom, _valueFrom, _column, _isCell, _kind) = (-1, -1, -1, false, FieldKind.None);
    }

    private void Tag(ReadOnlySpan<char> tag, int position)
    {
        var isEnd = tag[0] == '/';
        tag = isEnd ? tag[1..] : tag;
        tag = tag.IndexOfAny(" \t\n/") is >= 0 and var end ? tag[..end] : tag;
        tag = tag[(tag.LastIndexOf(':') + 1)..];
        if (Is(tag, "table") || Is(tag, "tr"))
        {
            (_column, _isCell) = (-1, false);
            if (tag.Length > 2)
            {
                Array.Clear(_columns);
            }
        }
        else if (Is(tag, "td") || Is(tag, "th"))
        {
            _isCell = !isEnd;
            _column += isEnd ? 0 : 1;
            Begin(_column < MaxColumns ? _columns[_column] : FieldKind.None, position, isEnd);
        }
        else if (_isCell)
        {
            Begin(_kind, position, isEnd: false); // something inside a cell, such as <b>
        }
        else
        {
            Begin(FieldNames.KindOf(tag), position, isEnd);
            _valueFrom = _kind == FieldKind.None ? -1 : _valueFrom;
        }
    }

    private void Begin(FieldKind kind, int position, bool isEnd) => (_kind, _valueFrom) = (kind, isEnd ? -1 : position + 1);

    private void EndValue(FoldedText text, int position)
    {
        var from = _valueFrom;
        _valueFrom = -1;
        if (from < text.Oldest || position - from is <= 0 or > PersonName.MaxChars)
        {
            return;
        }

        if (_isCell && _column < MaxColumns && FieldNames.KindOf(text.Slice(from, position)) is not FieldKind.None and var named)
        {
            _columns[_column] = named;
        }
        else if (_kind == FieldKind.FullName || (PersonName.IsPart(_kind) && _isCell))
        {
            records.AddDoubtfulName(text, _kind, from, position);
        }
        else if (PersonName.IsPart(_kind) && PersonName.IsLikely(text.Slice(from, position), mayBeLower: true))
        {
            records.ReadName(text, _kind, from, position);
        }
    }

    private void Assign(FoldedText text, int position)
    {
        EndAssigned(text, position);
        var before = text.Slice(Math.Max(text.Oldest, position - FieldNames.MaxChars), position).TrimEnd(" \t");
        var from = before.Length;
        while (from > 0 && (char.IsAsciiLetter(before[from - 1]) || before[from - 1] is '_' or '-'))
        {
            from--;
        }

        var name = before[from..];
        var kind = FieldNames.KindOf(name);
        if (kind == FieldKind.FullName || (PersonName.IsPart(kind) && name.Length >= FewestLetters))
        {
            (_assigned, _assignedFrom, _quote) = (kind, position + 1, '\0');
        }
    }

    private void Quote(FoldedText text, char c, int position)
    {
        if (_quote == c)
        {
            EndAssigned(text, position);
        }
        else if (_quote == 0)
        {
            (_quote, _assignedFrom) = (c, position + 1);
        }
    }

    private void EndAssigned(FoldedText text, int position)
    {
        if (_assigned != FieldKind.None)
        {
            records.AddDoubtfulName(text, _assigned, _assignedFrom, position);
            (_assigned, _quote) = (FieldKind.None, '\0');
        }
    }

    private static bool Is(ReadOnlySpan<char> tag, string name) => tag.Equals(name, StringComparison.OrdinalIgnoreCase);
}
