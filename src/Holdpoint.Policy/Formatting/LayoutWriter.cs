using System.Diagnostics;
using System.Text;

namespace Holdpoint.Policy.Formatting;

/// <summary>Writes a layout in lines of a width, outermost groups broken first. Lines have no blanks at their ends.</summary>
internal sealed class LayoutWriter(int lineWidth)
{
    private readonly StringBuilder _text = new();
    private readonly List<Piece> _rest = [];

    private int _column;
    private bool _isLineOver;
    private bool _hasBlank;

    public string Write(Layout layout)
    {
        _rest.Add(new(layout, 0, IsFlat: false));
        while (_rest.Count > 0)
        {
            var piece = _rest[^1];
            _rest.RemoveAt(_rest.Count - 1);
            WritePiece(piece);
        }

        EndLine();
        return _text.ToString();
    }

    private void WritePiece(Piece piece)
    {
        var (layout, indent, isFlat) = piece;
        switch (layout)
        {
            case Layout.Text(var content):
                WriteText(content, indent);
                break;
            case Layout.Comment(var content, var isOwnLine):
                if (isOwnLine)
                {
                    EndLine();
                }

                _hasBlank = !isOwnLine;
                WriteText(content, indent);
                _isLineOver = true;
                break;
            case Layout.BlankCase:
                _hasBlank = true;
                break;
            case Layout.LineCase(var isBlank):
                if (isFlat)
                {
                    _hasBlank |= isBlank;
                }
                else
                {
                    EndLine();
                }

                break;
            case Layout.NewLineCase(var isApart):
                EndLine();
                if (isApart && _text.Length > 0)
                {
                    _text.Append('\n');
                }

                break;
            case Layout.IndentCase(var by, var inner):
                _rest.Add(new(inner, indent + by, isFlat));
                break;
            case Layout.GroupCase(var inner):
                _rest.Add(new(inner, indent, isFlat || Fits(inner)));
                break;
            case Layout.Sequence(var parts):
                for (var i = parts.Length - 1; i >= 0; i--)
                {
                    _rest.Add(new(parts[i], indent, isFlat));
                }

                break;
            default:
                throw new UnreachableException();
        }
    }

    private void WriteText(string content, int indent)
    {
        if (_isLineOver)
        {
            EndLine();
        }

        if (_column == 0)
        {
            _text.Append(' ', indent);
            _column = indent;
        }
        else if (_hasBlank)
        {
            _text.Append(' ');
            _column++;
        }

        _text.Append(content);
        _column = content.LastIndexOf('\n') is var at and >= 0 ? content.Length - at - 1 : _column + content.Length;
        _hasBlank = false;
    }

    private void EndLine()
    {
        if (_column > 0)
        {
            _text.Append('\n');
            _column = 0;
        }

        _isLineOver = false;
        _hasBlank = false;
    }

    /// <summary>Whether the group, and what stands after it without a chance to break, ends within the line.</summary>
    private bool Fits(Layout group)
    {
        var room = lineWidth - _column - (_hasBlank ? 1 : 0) - group.Width;
        var ahead = new Stack<Piece>();
        for (var next = _rest.Count - 1; room >= 0 && next >= 0; next--)
        {
            ahead.Push(_rest[next]);
            while (room >= 0 && ahead.TryPop(out var piece))
            {
                switch (piece.Layout)
                {
                    case Layout.Comment or Layout.NewLineCase:
                    case Layout.LineCase when !piece.IsFlat:
                        return true;
                    case Layout.IndentCase(_, var inner):
                        ahead.Push(piece with { Layout = inner });
                        break;
                    case Layout.GroupCase(var inner) when !piece.IsFlat && inner.Width > room:
                        // Broken, it ends the line at its first place.
                        ahead.Push(piece with { Layout = inner });
                        break;
                    case Layout.Sequence(var parts) when !piece.IsFlat:
                        for (var i = parts.Length - 1; i >= 0; i--)
                        {
                            ahead.Push(piece with { Layout = parts[i] });
                        }

                        break;
                    default:
                        room -= piece.Layout.Width;
                        break;
                }
            }
        }

        return room >= 0;
    }

    private readonly record struct Piece(Layout Layout, int Indent, bool IsFlat);
}
