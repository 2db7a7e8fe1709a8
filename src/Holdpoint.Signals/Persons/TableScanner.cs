using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// Tables: a line with names of fields, separated by <c>,</c> <c>;</c> tab or <c>|</c>, heads the rows below it until a blank line. Covers
/// CSV with quotes, tables in Markdown, and a lone column under a name.
/// </summary>
internal sealed class TableScanner(RecordStack records)
{
    private const string Separators = ",;\t|";

    /// <summary>The maximum number of columns of a header with a known name: others hold nothing of interest.</summary>
    private const int MaxNamed = 64;

    private readonly List<(FieldKind Kind, char Left, char Right, (int Comma, int Semicolon, int Tab, int Bar) Column)> _named = [];
    private readonly List<(int Column, FieldKind Kind)> _columns = [];
    private (int Comma, int Semicolon, int Tab, int Bar) _counts;
    private int _pieceFrom;
    private char _left = '\n';
    private int _lineFrom;

    private char _separator;
    private bool _isTable;
    private int _column;
    private int _fieldFrom;
    private bool _isQuoted;

    /// <summary>The kind of the column that the text is in.</summary>
    public FieldKind Current { get; private set; }

    public void Push(FoldedText text, char c, int position)
    {
        if (c == '"')
        {
            if (_isTable && (_isQuoted || Begins(text, position)))
            {
                _isQuoted = !_isQuoted;
            }
        }
        else if (Separators.Contains(c) || c == '\n')
        {
            EndPiece(text, c, position);
            if (_isTable && (c == '\n' || (c == _separator && !_isQuoted)))
            {
                EndField(text, position);
                _column++;
                _fieldFrom = position + 1;
                Current = KindOf(_column);
            }

            if (c == '\n')
            {
                EndLine(text, position);
            }
        }
    }

    public void Complete(FoldedText text)
    {
        if (_isTable)
        {
            EndField(text, text.End);
        }

        _named.Clear();
        _columns.Clear();
        Current = FieldKind.None;
        (_counts, _pieceFrom, _left, _lineFrom, _separator, _isTable, _column, _fieldFrom, _isQuoted) =
            (default, 0, '\n', 0, '\0', false, 0, 0, false);
    }

    // Before the separator of a header is known, a line is read as if each of the four could be it.
    private void EndPiece(FoldedText text, char c, int position)
    {
        if (_pieceFrom >= text.Oldest
            && position > _pieceFrom
            && position - _pieceFrom <= FieldNames.MaxChars + 16
            && _named.Count < MaxNamed
            && FieldNames.KindOf(text.Slice(_pieceFrom, position)) is not FieldKind.None and var kind)
        {
            _named.Add((kind, _left, c, _counts));
        }

        switch (c)
        {
            case ',': _counts.Comma++; break;
            case ';': _counts.Semicolon++; break;
            case '\t': _counts.Tab++; break;
            case '|': _counts.Bar++; break;
        }

        _left = c;
        _pieceFrom = position + 1;
    }

    private void EndLine(FoldedText text, int position)
    {
        if (_isTable)
        {
            records.EndName();
        }

        if (_named.Count > 0)
        {
            BeginTable();
        }

        if (_isTable && IsBlank(text, position))
        {
            _isTable = false;
        }

        Current = _isTable ? KindOf(0) : FieldKind.None;
        _named.Clear();
        (_counts, _left, _lineFrom, _pieceFrom, _column, _fieldFrom, _isQuoted) =
            (default, '\n', position + 1, position + 1, 0, position + 1, false);
    }

    private void BeginTable()
    {
        var best = 0;
        foreach (var separator in Separators)
        {
            var fitting = _named.Count(n => Fits(n.Left, separator) && Fits(n.Right, separator));
            if (CountOf(_counts, separator) > 0 && fitting > best)
            {
                (best, _separator) = (fitting, separator);
            }
        }

        if (best == 0 && _named is not [{ Left: '\n', Right: '\n' }])
        {
            return;
        }

        _isTable = true;
        _separator = best == 0 ? '\0' : _separator;
        _columns.Clear();
        foreach (var named in _named)
        {
            if (best == 0 || (Fits(named.Left, _separator) && Fits(named.Right, _separator)))
            {
                _columns.Add((CountOf(named.Column, _separator), named.Kind));
            }
        }
    }

    private void EndField(FoldedText text, int position)
    {
        var kind = Current;
        if (PersonName.IsPart(kind) && position > _fieldFrom)
        {
            records.ReadName(text, kind, _fieldFrom, position);
        }
        else if (_isQuoted && _columns.Exists(c => c.Column > _column && PersonName.IsPart(c.Kind)))
        {
            // A quote that was never closed has swallowed the name; the row has one all the same.
            records.AddUnreadableName(text, position - 1, position);
        }
        else if (kind == FieldKind.Passport && position - _fieldFrom is >= 5 and <= 24)
        {
            records.ReadPassport(text, _fieldFrom, position);
        }
    }

    private FieldKind KindOf(int column)
    {
        foreach (var named in _columns)
        {
            if (named.Column == column)
            {
                return named.Kind;
            }
        }

        return FieldKind.None;
    }

    private bool Begins(FoldedText text, int position) =>
        _fieldFrom >= text.Oldest && position - _fieldFrom <= 8 && text.Slice(_fieldFrom, position).Trim(' ').IsEmpty;

    private bool IsBlank(FoldedText text, int position) =>
        position == _lineFrom || (_lineFrom >= text.Oldest && text.Slice(_lineFrom, position).Trim(" \t").IsEmpty);

    private static bool Fits(char edge, char separator) => edge == separator || edge == '\n';

    private static int CountOf((int Comma, int Semicolon, int Tab, int Bar) counts, char separator) => separator switch
    {
        ',' => counts.Comma,
        ';' => counts.Semicolon,
        '\t' => counts.Tab,
        '|' => counts.Bar,
        _ => 0,
    };
}
