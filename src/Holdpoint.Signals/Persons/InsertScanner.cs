using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// Rows that SQL inserts: <c>INSERT INTO t (name, …) VALUES ('…', …), …</c>. The columns are named once; each list in
/// parentheses behind them is a row until a semicolon. Full names are doubtful, as every table has a column of that name.
/// </summary>
internal sealed class InsertScanner(RecordStack records)
{
    /// <summary>The maximum number of chars between <c>INSERT</c> and its columns: the names of a schema and a table.</summary>
    private const int MaxBefore = 128;

    /// <summary>The maximum number of columns: the kinds of more are not kept.</summary>
    private const int MaxColumns = 64;

    private readonly FieldKind[] _columns = new FieldKind[MaxColumns];
    private State _state;
    private int _column;
    private int _from;
    private bool _isQuoted;

    private enum State : byte
    {
        None,
        Columns,
        BetweenRows,
        Row,
    }

    /// <summary>The kind of the column that the text is in.</summary>
    public FieldKind Current => _state == State.Row && _column < MaxColumns ? _columns[_column] : FieldKind.None;

    public void Push(FoldedText text, char c, int position)
    {
        switch (c)
        {
            case '\'' when _state == State.Row:
                _isQuoted = !_isQuoted;
                break;
            case '(' when !_isQuoted:
                Open(text, position);
                break;
            case ',' or ')' when !_isQuoted && _state is State.Columns or State.Row:
                EndField(text, position);
                (_column, _from) = (_column + 1, position + 1);
                _state = c == ')' ? State.BetweenRows : _state;
                break;
            case ';' when !_isQuoted:
                _state = State.None;
                break;
        }
    }

    public void Complete() => (_state, _isQuoted) = (State.None, false);

    private void Open(FoldedText text, int position)
    {
        if (_state == State.BetweenRows)
        {
            (_state, _column, _from) = (State.Row, 0, position + 1);
        }
        else if (_state == State.None)
        {
            var before = text.Slice(Math.Max(text.Oldest, position - MaxBefore), position);
            if (before.LastIndexOf("into ", StringComparison.OrdinalIgnoreCase) is >= 7 and var into
                && before[..into].TrimEnd().EndsWith("insert", StringComparison.OrdinalIgnoreCase) && !before[into..].Contains(';'))
            {
                Array.Clear(_columns);
                (_state, _column, _from) = (State.Columns, 0, position + 1);
            }
        }
    }

    private void EndField(FoldedText text, int position)
    {
        if (_column >= MaxColumns || _from < text.Oldest || position - _from is <= 0 or > PersonName.MaxChars)
        {
            return;
        }

        if (_state == State.Columns)
        {
            _columns[_column] = FieldNames.KindOf(text.Slice(_from, position));
        }
        else if (_columns[_column] == FieldKind.FullName)
        {
            records.AddDoubtfulName(text, FieldKind.FullName, _from, position);
        }
        else if (PersonName.IsPart(_columns[_column]) && PersonName.IsLikely(text.Slice(_from, position), mayBeLower: true))
        {
            records.ReadName(text, _columns[_column], _from, position);
        }
    }
}
