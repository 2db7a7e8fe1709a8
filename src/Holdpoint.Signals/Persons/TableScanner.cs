using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// Tables: a line with names of fields, separated by <c>,</c> <c>;</c> tab or <c>|</c>, heads the rows below it. Covers
/// CSV with quotes, tables in Markdown, and a lone column under a name. Behind a blank line, and in a text that follows on one with an open
/// table, only lines that have the form of its rows are rows (<see cref="RowForm"/>).
/// </summary>
internal sealed class TableScanner(RecordStack records)
{
    private const string Separators = ",;\t|";

    /// <summary>The maximum number of columns of a header with a known name: others hold nothing of interest.</summary>
    private const int MaxNamed = 64;

    /// <summary>The maximum number of lines before the first row of a later text, such as "Here they are:".</summary>
    private const int MaxIntroduction = 2;

    private readonly List<(FieldKind Kind, char Left, char Right, SeparatorCounts Column)> _named = [];
    private readonly List<(int Column, FieldKind Kind)> _columns = [];
    private SeparatorCounts _counts;
    private int _pieceFrom;
    private char _left = '\n';
    private int _lineFrom;

    private char _separator;
    private bool _isTable;
    private int _column;
    private int _fieldFrom;
    private bool _isQuoted;

    private readonly RowForm _form = new();
    private bool _isInterrupted;
    private bool _hasOtherRows;
    private int _introduction;
    private bool _isBehindSeparator;
    private int _headerAt = -1;
    private OpenTable? _resumed;

    /// <summary>The table that was open when the text ended, if any; of the last text that was completed.</summary>
    public OpenTable? Open { get; private set; }

    /// <summary>The kind of the column that the text is in.</summary>
    public FieldKind Current { get; private set; }

    /// <summary>The text begins within the rows of that table.</summary>
    public void Resume(OpenTable table)
    {
        Begin(table);
        Current = KindOfRow(0);
    }

    /// <summary>The text begins within a line, behind which that table goes on.</summary>
    public void ResumeAfterLine(OpenTable table) => _resumed = table;

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
                Current = KindOfRow(_column);
            }

            if (c == '\n')
            {
                EndLine(text, position);
            }
        }
    }

    public void Complete(FoldedText text)
    {
        EndPiece(text, '\n', text.End);
        if (_isTable)
        {
            EndField(text, text.End);
            _column++;
            EndRow(text, text.End);
        }

        if (_named.Count > 0)
        {
            BeginTable(text);
        }

        Open = !_isTable ? _resumed : new(
            _separator, _form.Separators, _form.IsSpaced, _form.Shape, [.. _columns], records.Doubtful)
        {
            HeaderAt = _headerAt,
            IsInterrupted = _isInterrupted,
        };
        _form.EndLine();
        (_isInterrupted, _introduction, _isBehindSeparator, _headerAt, _resumed) = (false, 0, false, -1, null);

        _named.Clear();
        _columns.Clear();
        Current = FieldKind.None;
        (_counts, _pieceFrom, _left, _lineFrom, _separator, _isTable, _column, _fieldFrom, _isQuoted) =
            (default, 0, '\n', 0, '\0', false, 0, 0, false);
    }

    // Before the separator of a header is known, a line is read as if each of the four could be it.
    private void EndPiece(FoldedText text, char c, int position)
    {
        if (_pieceFrom > _lineFrom && _pieceFrom >= text.Oldest && position > _pieceFrom)
        {
            _form.SeeAfterSeparator(text[_pieceFrom]);
        }

        if (_pieceFrom >= text.Oldest
            && position > _pieceFrom
            && position - _pieceFrom <= FieldNames.MaxChars + 16
            && _named.Count < MaxNamed
            && FieldNames.KindOf(text.Slice(_pieceFrom, position)) is not FieldKind.None and var kind)
        {
            _named.Add((kind, _left, c, _counts));
        }

        _counts.Add(c);
        _left = c;
        _pieceFrom = position + 1;
    }

    private void EndLine(FoldedText text, int position)
    {
        if (_isTable)
        {
            EndRow(text, position);
        }

        if (_resumed is { } resumed)
        {
            _resumed = null;
            Begin(resumed);
            (_isInterrupted, _introduction) = (resumed.IsInterrupted, 0);
        }
        else if (_named.Count > 0)
        {
            BeginTable(text);
        }

        Current = _isTable ? KindOfRow(0) : FieldKind.None;
        _named.Clear();
        _form.EndLine();
        (_counts, _left, _lineFrom, _pieceFrom, _column, _fieldFrom, _isQuoted) =
            (default, '\n', position + 1, position + 1, 0, position + 1, false);
    }

    private void EndRow(FoldedText text, int position)
    {
        if (IsBlank(text, position))
        {
            _isInterrupted = true;
        }
        else if (!_isInterrupted)
        {
            _form.Accept();
            _hasOtherRows |= _separator == 0 && !IsLoneName(text, position);
        }
        else if (_separator == 0
            ? !_hasOtherRows && IsLoneName(text, position)
            : _form.Fits(_separator, _column - 1, position > text.Oldest ? text[position - 1] : '\n'))
        {
            _form.Accept();
            _introduction = 0;
        }
        else
        {
            records.DropName();
            _isTable = --_introduction >= 0 && _separator != 0;
        }

        records.EndName();
    }

    private bool IsLoneName(FoldedText text, int position) =>
        _lineFrom >= text.Oldest && PersonName.IsLikely(text.Slice(_lineFrom, position), mayBeLower: false, fewestWords: 2);

    private void Begin(OpenTable table)
    {
        _form.Resume(table);
        _hasOtherRows = false;
        records.Resume(table.Doubtful);
        (_isTable, _isInterrupted, _introduction, _separator, _headerAt) = (true, true, MaxIntroduction, table.Separator, -1);
        _columns.Clear();
        _columns.AddRange(table.Columns);
    }

    private void BeginTable(FoldedText text)
    {
        var best = 0;
        foreach (var separator in Separators)
        {
            var fitting = _named.Count(n => Fits(n.Left, separator) && Fits(n.Right, separator));
            if (_counts[separator] > 0 && fitting > best)
            {
                (best, _separator) = (fitting, separator);
            }
        }

        if (best == 0 && _named is not [{ Left: '\n', Right: '\n' }])
        {
            return;
        }

        (_isTable, _isInterrupted, _hasOtherRows) = (true, false, false);
        _separator = best == 0 ? '\0' : _separator;
        _form.BeginTable(_counts[_separator]);
        _headerAt = _lineFrom >= text.Oldest && _lineFrom < text.End ? text.StartOf(_lineFrom) : -1;
        _columns.Clear();
        foreach (var named in _named)
        {
            if (best == 0 || (Fits(named.Left, _separator) && Fits(named.Right, _separator)))
            {
                _columns.Add((named.Column[_separator], named.Kind));
            }
        }
    }

    private void EndField(FoldedText text, int position)
    {
        var kind = Current;
        _form.EndField(text, _fieldFrom, position, _column);
        if (_isInterrupted)
        {
            ReadInterrupted(text, kind, position);
        }
        else if (PersonName.IsPart(kind) && position > _fieldFrom)
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

    private void ReadInterrupted(FoldedText text, FieldKind kind, int position)
    {
        if (_separator == 0)
        {
            if (kind == FieldKind.FullName && !_hasOtherRows)
            {
                records.AddDoubtfulName(text, kind, _fieldFrom, position);
            }
        }
        else if (PersonName.IsPart(kind) && position - _fieldFrom is > 0 and <= PersonName.MaxChars && _fieldFrom >= text.Oldest
            && PersonName.IsLikely(text.Slice(_fieldFrom, position), mayBeLower: _form.Separators > 1))
        {
            records.ReadName(text, kind, _fieldFrom, position);
        }
    }

    // A number alone on a line behind the rows of a lone column is one of any kind.
    private FieldKind KindOfRow(int column) =>
        KindOf(column) is var kind && _isInterrupted && _separator == 0 && !PersonName.IsPart(kind) ? FieldKind.None : kind;

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
}
