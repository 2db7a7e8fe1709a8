using System.Buffers;
using Holdpoint.Signals.Normalisation;

namespace Holdpoint.Signals.Persons;

/// <summary>
/// Finds fields with their name before them: JSON members, and lines <c>Name: value</c>. Also tells where objects begin and end.
/// </summary>
/// <remarks>
/// This is not a parser: the text between a quote and the quote before it is a name when a colon follows, and the value is between the next
/// two. So no stray quote or bracket, and no cut text, can put the reading out of step, and single quotes or none are read as well.
/// </remarks>
internal sealed class FieldScanner(RecordStack records)
{
    private const int MaxDepth = 64;
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\@.?!");
    private readonly bool[] _opensRecord = new bool[MaxDepth];
    private readonly bool[] _isObject = new bool[MaxDepth];
    private int _depth;
    private int _beyondDepth;
    private int _lastDouble = -1;
    private int _lastSingle = -1;
    private int _nameFrom;
    private int _nameTo = -1;
    private int _bareFrom;
    private int _lineFrom;
    private int _valueFrom = -1;
    private char _quote;
    private bool _inList;
    private bool _isCard;

    /// <summary>The kind of the field whose value the text is in.</summary>
    public FieldKind Current { get; private set; }

    /// <summary>Whether the present line is a form line, so that the next may belong to the same record.</summary>
    public bool IsFormLine { get; private set; }

    /// <summary>Whether the text is inside an object, where a line end does not end a record.</summary>
    public bool IsInObject { get; private set; }

    public void Push(FoldedText text, char c, int position)
    {
        switch (c)
        {
            case '"' or '\'':
                Quote(text, c, position);
                break;
            case ':':
                Colon(text, position);
                break;
            case ',':
                EndBareValue(text, position);
                _bareFrom = position + 1;
                break;
            case '\n':
                EndBareValue(text, position);
                (_lineFrom, _bareFrom, _quote, _inList) = (position + 1, position + 1, '\0', _inList && _depth > 0);
                break;
            case '{':
                (Current, _inList, _valueFrom, _bareFrom) = (FieldKind.None, false, -1, position + 1);
                OpenObject();
                break;
            case '[':
                _inList = Current != FieldKind.None && IsBlank(text, _valueFrom, position);
                _valueFrom = _inList ? position + 1 : -1;
                Open(isObject: false, opensRecord: false);
                break;
            case '}' or ']':
                EndBareValue(text, position);
                (Current, _inList, _valueFrom) = (FieldKind.None, false, -1);
                Close(isObject: c == '}');
                break;
        }
    }

    /// <summary>Ends the line, and with it the form line.</summary>
    public void EndLine() => IsFormLine = false;

    public void Complete(FoldedText text)
    {
        EndBareValue(text, text.End);
        (_depth, _beyondDepth, _lastDouble, _lastSingle, _nameTo, _bareFrom, _lineFrom, _valueFrom) = (0, 0, -1, -1, -1, 0, 0, -1);
        _isCard = false;
        (_quote, _inList, Current, IsFormLine, IsInObject) = ('\0', false, FieldKind.None, false, false);
    }

    private void Quote(FoldedText text, char c, int position)
    {
        ref var last = ref c == '"' ? ref _lastDouble : ref _lastSingle;
        (_nameFrom, _nameTo) = (last + 1, position);
        last = position;
        if (_quote == c)
        {
            Read(text, _valueFrom, position);
            (_quote, _valueFrom) = ('\0', -1);
        }
        else if (_quote == 0 && Current != FieldKind.None && IsBlank(text, _valueFrom, position))
        {
            (_quote, _valueFrom) = (c, position + 1);
        }
    }

    private void Colon(FoldedText text, int position)
    {
        if (_quote != 0 && Current != FieldKind.None && position - _valueFrom < PersonName.MaxChars && _nameTo < _valueFrom)
        {
            return; // inside a quoted value
        }

        var end = position;
        while (end > text.Oldest && position - end < 8 && text[end - 1] == ' ')
        {
            end--;
        }

        var isQuoted = _nameTo == end - 1;
        var (from, to) = isQuoted ? (_nameFrom, _nameTo) : (_bareFrom, end);
        var isShort = from >= text.Oldest && to > from && to - from <= FieldNames.MaxChars + 16;
        var name = isShort ? text.Slice(from, to) : default;
        Current = isShort ? FieldNames.KindOf(name) : FieldKind.None;
        _isCard = !isQuoted && isShort && from == _lineFrom && IsCardName(name);
        Current = _isCard ? FieldKind.FullName : Current;
        IsFormLine |= !isQuoted && isShort && from == _lineFrom && IsFormName(name);
        (_valueFrom, _quote, _inList) = (position + 1, '\0', false);
    }

    private void EndBareValue(FoldedText text, int position)
    {
        if (_quote != 0)
        {
            return;
        }

        if (_valueFrom >= 0 && Current != FieldKind.None)
        {
            Read(text, _valueFrom, position);
        }

        // In a list under one name, the next element follows.
        _valueFrom = _inList ? position + 1 : -1;
        Current = _inList ? Current : FieldKind.None;
    }

    private void Read(FoldedText text, int from, int to)
    {
        if (_isCard)
        {
            records.AddDoubtfulName(text, Current, from, to);
        }
        else if (PersonName.IsPart(Current))
        {
            records.ReadName(text, Current, from, to);
        }
        else if (Current == FieldKind.Passport && to - from is >= 5 and <= 24 && from >= text.Oldest)
        {
            records.ReadPassport(text, from, to);
        }
    }

    private void OpenObject()
    {
        var isMember = _depth > 0 && _isObject[_depth - 1];
        Open(isObject: true, opensRecord: !isMember && _depth < MaxDepth && records.Open());
    }

    private void Open(bool isObject, bool opensRecord)
    {
        if (_depth == MaxDepth)
        {
            _beyondDepth++;
            return;
        }

        _isObject[_depth] = isObject;
        _opensRecord[_depth] = opensRecord;
        _depth++;
        IsInObject |= isObject;
    }

    private void Close(bool isObject)
    {
        if (_beyondDepth > 0)
        {
            _beyondDepth--;
            return;
        }

        // A bracket that closes nothing is text.
        var depth = _depth - 1;
        while (isObject && depth >= 0 && !_isObject[depth])
        {
            depth--;
        }

        if (depth < 0 || _isObject[depth] != isObject)
        {
            return;
        }

        while (_depth > depth)
        {
            _depth--;
            if (_opensRecord[_depth])
            {
                records.Close();
            }
        }

        IsInObject = _isObject.AsSpan(0, _depth).Contains(true);
    }

    private static bool IsBlank(FoldedText text, int from, int to) =>
        from >= text.Oldest && to >= from && to - from <= 64 && text.Slice(from, to).Trim(" \t\n\"'").IsEmpty;

    // "FN" of vCard (RFC 6350, section 6.2.1), with or without parameters, and "cn" of LDIF (RFC 4519, section 2.3).
    private static bool IsCardName(ReadOnlySpan<char> name)
    {
        name = name.IndexOf(';') is >= 0 and var parameters ? name[..parameters] : name;
        return name.Equals("fn", StringComparison.OrdinalIgnoreCase) || name.Equals("cn", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsFormName(ReadOnlySpan<char> name)
    {
        name = name.Trim(" \t-*#>|\"'");
        return !name.IsEmpty && char.IsLetter(name[0]) && !name.ContainsAny(NotInNames);
    }
}
