using System.Collections.Immutable;
using System.Text;

namespace Holdpoint.Analysis.SmtLib;

/// <summary>
/// Reads what a solver printed. Solvers are programs of others: anything that does not read is reported, never guessed at.
/// </summary>
internal sealed class SExprReader
{
    // Solvers print values and lists of pairs; nothing that they have to say nests deeper.
    private const int MaxDepth = 200;

    private readonly string _text;
    private int _at;

    private SExprReader(string text) => _text = text;

    /// <summary>All expressions of a text.</summary>
    /// <exception cref="FormatException">The text is no sequence of s-expressions.</exception>
    public static ImmutableArray<SExpr> ReadAll(string text)
    {
        var reader = new SExprReader(text);
        var all = ImmutableArray.CreateBuilder<SExpr>();
        while (reader.SkipSpace())
        {
            all.Add(reader.Read(0));
        }

        return all.ToImmutable();
    }

    private SExpr Read(int depth)
    {
        if (depth > MaxDepth || !SkipSpace())
        {
            throw Fault();
        }

        switch (_text[_at])
        {
            case '(':
                _at++;
                var items = ImmutableArray.CreateBuilder<SExpr>();
                while (SkipSpace() && _text[_at] != ')')
                {
                    items.Add(Read(depth + 1));
                }

                Take(')');
                return new SExpr.List(items.ToImmutable());
            case '"':
                return new SExpr.Literal(ReadQuoted());
            case '|':
                var end = _text.IndexOf('|', _at + 1);
                var symbol = end < 0 ? throw Fault() : _text[(_at + 1)..end];
                _at = end + 1;
                return new SExpr.Atom(symbol);
            case ')':
                throw Fault();
            default:
                var start = _at;
                while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('(' or ')' or '"' or ';'))
                {
                    _at++;
                }

                return new SExpr.Atom(_text[start.._at]);
        }
    }

    private string ReadQuoted()
    {
        var content = new StringBuilder();
        _at++;
        while (true)
        {
            var end = _text.IndexOf('"', _at);
            if (end < 0)
            {
                throw Fault();
            }

            content.Append(_text, _at, end - _at);
            _at = end + 1;
            if (_at >= _text.Length || _text[_at] != '"')
            {
                return content.ToString();
            }

            content.Append('"');
            _at++;
        }
    }

    private bool SkipSpace()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == ';'))
        {
            var end = _text[_at] == ';' ? _text.IndexOf('\n', _at) : _at;
            _at = end < 0 ? _text.Length : end + 1;
        }

        return _at < _text.Length;
    }

    private void Take(char expected)
    {
        if (_at >= _text.Length || _text[_at] != expected)
        {
            throw Fault();
        }

        _at++;
    }

    private FormatException Fault() => new($"The solver's answer does not read at character {_at}.");
}
