using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Formatting;

/// <content>Expressions, by precedence as in the parser; scopes are written in the same forms.</content>
internal sealed partial class PolicyLayout
{
    private bool IsWord(string word) => Current.Kind == TokenKind.Word && Current.Text == word;

    private bool IsAny(params ReadOnlySpan<TokenKind> kinds) => kinds.Contains(Current.Kind);

    private Layout Expression()
    {
        if (!IsWord("if") || tokens[_next + 1].Kind == TokenKind.DoubleColon)
        {
            return Or();
        }

        return Layout.Group(
            Token(), Layout.Blank, Layout.Indent(indent, Expression()), Layout.Line,
            Token(), Layout.Blank, Layout.Indent(indent, Expression()), Layout.Line,
            Token(), Layout.Blank, Layout.Indent(indent, Expression()));
    }

    // Lines of a chain begin at one column, so the operands read as what they are: a list.
    private Layout Or() => Chain(And, 0, TokenKind.Or);

    private Layout And() => Chain(Relation, 0, TokenKind.And);

    private Layout Sum() => Chain(Product, indent, TokenKind.Plus, TokenKind.Minus);

    private Layout Product() => Chain(Signed, indent, TokenKind.Star);

    private Layout Chain(Func<Layout> operand, int by, params ReadOnlySpan<TokenKind> operators)
    {
        var first = operand();
        if (!IsAny(operators))
        {
            return first;
        }

        var rest = ImmutableArray.CreateBuilder<Layout>();
        while (IsAny(operators))
        {
            rest.AddRange(Layout.Blank, Token(), Layout.Line, operand());
        }

        return Layout.Group(first, Layout.Indent(by, rest.DrainToImmutable()));
    }

    private Layout Relation()
    {
        var left = Sum();
        if (IsAny(TokenKind.Equal, TokenKind.NotEqual, TokenKind.Less, TokenKind.LessOrEqual, TokenKind.Greater, TokenKind.GreaterOrEqual))
        {
            return Layout.Group(left, Layout.Blank, Token(), Layout.Indent(indent, Layout.Line, Sum()));
        }

        if (IsWord("in"))
        {
            return Layout.Of(left, Layout.Blank, Token(), Layout.Blank, Sum());
        }

        if (IsWord("has"))
        {
            return Layout.Of(left, Layout.Blank, Token(), Layout.Blank, Joined(TokenKind.Dot));
        }

        if (IsWord("like"))
        {
            return Layout.Of(left, Layout.Blank, Token(), Layout.Blank, Token());
        }

        if (!IsWord("is"))
        {
            return left;
        }

        var isType = Layout.Of(left, Layout.Blank, Token(), Layout.Blank, Joined(TokenKind.DoubleColon));
        return IsWord("in") ? Layout.Of(isType, Layout.Blank, Token(), Layout.Blank, Sum()) : isType;
    }

    /// <summary>Tokens with a separator between each two, without blanks.</summary>
    private Layout Joined(TokenKind separator)
    {
        var parts = ImmutableArray.CreateBuilder<Layout>();
        parts.Add(Token());
        while (Current.Kind == separator)
        {
            parts.AddRange(Token(), Token());
        }

        return parts.Count == 1 ? parts[0] : Layout.Of(parts.DrainToImmutable());
    }

    private Layout Signed()
    {
        if (!IsAny(TokenKind.Bang, TokenKind.Minus))
        {
            return Member();
        }

        var parts = ImmutableArray.CreateBuilder<Layout>();
        while (IsAny(TokenKind.Bang, TokenKind.Minus))
        {
            parts.Add(Token());
        }

        parts.Add(Member());
        return Layout.Of(parts.DrainToImmutable());
    }

    private Layout Member()
    {
        var first = Primary();
        if (!IsAny(TokenKind.Dot, TokenKind.LeftBracket))
        {
            return first;
        }

        var parts = ImmutableArray.CreateBuilder<Layout>();
        parts.Add(first);
        while (IsAny(TokenKind.Dot, TokenKind.LeftBracket))
        {
            if (Current.Kind == TokenKind.LeftBracket)
            {
                parts.AddRange(Token(), Token(), Token());
                continue;
            }

            parts.AddRange(Token(), Token());
            if (Current.Kind == TokenKind.LeftParen)
            {
                parts.Add(Arguments());
            }
        }

        return Layout.Of(parts.DrainToImmutable());
    }

    private Layout Primary()
    {
        switch (Current.Kind)
        {
            case TokenKind.LeftParen:
                return Bracketed();
            case TokenKind.LeftBracket:
                return List(TokenKind.RightBracket, Layout.SoftLine, Expression);
            case TokenKind.LeftBrace:
                return List(TokenKind.RightBrace, Layout.Line, () => Layout.Of(Token(), Token(), Layout.Blank, Expression()));
            case TokenKind.Word:
                var path = Joined(TokenKind.DoubleColon);
                return Current.Kind == TokenKind.LeftParen ? Layout.Of(path, Arguments()) : path;
            default:
                return Token();
        }
    }

    /// <summary>An expression in brackets, its lines under one another after the opening one.</summary>
    private Layout Bracketed()
    {
        var open = Token();
        var inner = Expression();
        var before = Before();
        return Layout.Of(open, Layout.Indent(1, inner, before), Bare());
    }

    private Layout Arguments()
    {
        // A lone set or record brings its own brackets to break at.
        var isHugged = tokens[_next + 1].Kind is TokenKind.LeftBracket or TokenKind.LeftBrace && EndsArguments(_next + 1);
        return isHugged ? Layout.Of(Token(), Expression(), Token()) : List(TokenKind.RightParen, Layout.SoftLine, Expression);
    }

    /// <summary>Whether the brackets that open at that token are the whole of the arguments.</summary>
    private bool EndsArguments(int at)
    {
        var depth = 0;
        do
        {
            depth += tokens[at].Kind switch
            {
                TokenKind.LeftBracket or TokenKind.LeftBrace or TokenKind.LeftParen => 1,
                TokenKind.RightBracket or TokenKind.RightBrace or TokenKind.RightParen => -1,
                _ => 0,
            };
            at++;
        }
        while (depth > 0);
        return tokens[at].Kind == TokenKind.RightParen;
    }
}
