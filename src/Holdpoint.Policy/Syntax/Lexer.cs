using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <summary>Cuts a text into tokens. Reads any input; what is no token becomes <see cref="TokenKind.Bad"/> with a diagnostic.</summary>
internal ref struct Lexer
{
    private readonly ReadOnlySpan<char> _text;
    private readonly DiagnosticBag _diagnostics;
    private int _at;

    private Lexer(string text, DiagnosticBag diagnostics)
    {
        _text = text;
        _diagnostics = diagnostics;
    }

    /// <summary>The tokens of the text; the last, and only the last, is <see cref="TokenKind.End"/>.</summary>
    public static ImmutableArray<Token> Tokenize(string text, DiagnosticBag diagnostics)
    {
        var lexer = new Lexer(text, diagnostics);
        var tokens = ImmutableArray.CreateBuilder<Token>(text.Length / 4);
        do
        {
            tokens.Add(lexer.Next());
        }
        while (tokens[^1].Kind != TokenKind.End);
        return tokens.DrainToImmutable();
    }

    private readonly char Current => Peek(0);

    // NUL stands for "after the end"; as no token contains it outside of a string, the two need not be told apart.
    private readonly char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private Token Next()
    {
        SkipBlanks();
        var start = _at;
        if (start == _text.Length)
        {
            return new(TokenKind.End, new(start, 0));
        }

        var kind = Current switch
        {
            var c when CedarText.IsWordStart(c) => Word(),
            var c when char.IsAsciiDigit(c) => Integer(),
            '"' => String(),
            '?' when CedarText.IsWordStart(Peek(1)) => Slot(),
            _ => Symbol(),
        };
        return new(kind, new(start, _at - start));
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(Current))
            {
                _at++;
            }
            else if (Current == '/' && Peek(1) == '/')
            {
                var length = _text[_at..].IndexOfAny('\n', '\r');
                _at = length < 0 ? _text.Length : _at + length;
            }
            else
            {
                return;
            }
        }
    }

    private TokenKind Word()
    {
        while (CedarText.IsWordPart(Current))
        {
            _at++;
        }

        return TokenKind.Word;
    }

    private TokenKind Integer()
    {
        while (char.IsAsciiDigit(Current))
        {
            _at++;
        }

        return TokenKind.Integer;
    }

    private TokenKind Slot()
    {
        _at++;
        Word();
        return TokenKind.Slot;
    }

    private TokenKind String()
    {
        var start = _at++;
        var kind = TokenKind.String;
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case '"':
                    _at++;
                    return kind;
                case '\\' when Peek(1) == '\n':
                    _diagnostics.Add(SyntaxCode.BadEscape, "a backslash at the end of a line is not an escape", new(_at, 1), "write `\\n`");
                    kind = TokenKind.Bad;
                    _at++;
                    break;
                case '\\':
                    _at += Math.Min(2, _text.Length - _at);
                    break;
                default:
                    _at++;
                    break;
            }
        }

        _diagnostics.Add(SyntaxCode.UnterminatedString, "this string does not end", new(start, 1), "add the closing `\"`");
        return TokenKind.Bad;
    }

    private TokenKind Symbol()
    {
        var (kind, length) = (Current, Peek(1)) switch
        {
            (':', ':') => (TokenKind.DoubleColon, 2),
            ('=', '=') => (TokenKind.Equal, 2),
            ('!', '=') => (TokenKind.NotEqual, 2),
            ('<', '=') => (TokenKind.LessOrEqual, 2),
            ('>', '=') => (TokenKind.GreaterOrEqual, 2),
            ('|', '|') => (TokenKind.Or, 2),
            ('&', '&') => (TokenKind.And, 2),
            ('@', _) => (TokenKind.At, 1),
            ('.', _) => (TokenKind.Dot, 1),
            (',', _) => (TokenKind.Comma, 1),
            (';', _) => (TokenKind.Semicolon, 1),
            (':', _) => (TokenKind.Colon, 1),
            ('(', _) => (TokenKind.LeftParen, 1),
            (')', _) => (TokenKind.RightParen, 1),
            ('{', _) => (TokenKind.LeftBrace, 1),
            ('}', _) => (TokenKind.RightBrace, 1),
            ('[', _) => (TokenKind.LeftBracket, 1),
            (']', _) => (TokenKind.RightBracket, 1),
            ('<', _) => (TokenKind.Less, 1),
            ('>', _) => (TokenKind.Greater, 1),
            ('+', _) => (TokenKind.Plus, 1),
            ('-', _) => (TokenKind.Minus, 1),
            ('*', _) => (TokenKind.Star, 1),
            ('/', _) => (TokenKind.Slash, 1),
            ('%', _) => (TokenKind.Percent, 1),
            ('!', _) => (TokenKind.Bang, 1),
            ('?', _) => (TokenKind.Question, 1),
            ('=', _) => (TokenKind.Assign, 1),
            _ => (TokenKind.Bad, 1),
        };
        if (kind == TokenKind.Bad)
        {
            var suggestion = Current switch
            {
                '\'' => "strings stand in double quotes",
                '&' => "write `&&`",
                '|' => "write `||`",
                _ => null,
            };
            _diagnostics.Add(SyntaxCode.UnknownCharacter, $"unexpected character {Describe(Current)}", new(_at, 1), suggestion);
        }

        _at += length;
        return kind;
    }

    private static string Describe(char c) => c is > ' ' and < '\x7f' ? $"`{c}`" : $"U+{(int)c:X4}";
}
