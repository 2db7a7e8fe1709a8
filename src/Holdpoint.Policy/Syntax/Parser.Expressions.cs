using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Holdpoint.Policy.Syntax;

/// <content>Expressions, by precedence: <c>if</c>, <c>||</c>, <c>&amp;&amp;</c>, comparisons, sums, products, signs, members.</content>
internal sealed partial class Parser
{
    private const int MostSigns = 4;

    private int _depth;
    private int _nodes;

    /// <summary>One level of brackets deeper. Faults end the text here: what follows would be refused for the same reason.</summary>
    private bool Enter()
    {
        if (++_depth <= _limits.MaxDepth && RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return true;
        }

        GiveUp(SyntaxCode.NestedTooDeep, $"nested deeper than {_limits.MaxDepth} levels", "split the policy");
        return false;
    }

    private bool Leave()
    {
        _depth--;
        return true;
    }

    private void GiveUp(string code, string message, string suggestion)
    {
        Report(code, message, Current.Span, suggestion);
        _next = _tokens.Length - 1;
    }

    /// <summary>Gives a finished node its place, and counts it.</summary>
    private Expr? Finish(Token first, Expr node)
    {
        if (++_nodes > _limits.MaxNodes)
        {
            GiveUp(SyntaxCode.TooManyNodes, $"more than {_limits.MaxNodes} parts of expressions", "split the text");
            return null;
        }

        // The height is asked of the node that stays: it keeps the answer, so that its parent's costs one look at it.
        var placed = node with { Span = SpanFrom(first) };
        if (placed.Height > _limits.MaxDepth)
        {
            GiveUp(SyntaxCode.NestedTooDeep, $"an expression deeper than {_limits.MaxDepth} operators", "split the policy");
            return null;
        }

        return placed;
    }

    private Expr? ParseExpr()
    {
        if (!Enter())
        {
            return null;
        }

        var expression = IsWord("if") && _tokens[_next + 1].Kind is not TokenKind.DoubleColon ? ParseIf() : ParseOr();
        Leave();
        return expression;
    }

    private Expr? ParseIf()
    {
        var first = Take();
        return ParseExpr() is { } condition && ExpectWord("then")
            && ParseExpr() is { } then && ExpectWord("else")
            && ParseExpr() is { } @else
            ? Finish(first, new IfExpr(condition, then, @else))
            : null;
    }

    private bool ExpectWord(string word)
    {
        if (TakeIf(word))
        {
            return true;
        }

        Unexpected($"`{word}`");
        return false;
    }

    private Expr? ParseOr() => ParseChain(ParseAnd, static kind => kind == TokenKind.Or ? BinaryOperator.Or : null);

    private Expr? ParseAnd() => ParseChain(ParseRelation, static kind => kind == TokenKind.And ? BinaryOperator.And : null);

    private Expr? ParseSum() => ParseChain(
        ParseProduct,
        static kind => kind switch
        {
            TokenKind.Plus => BinaryOperator.Add,
            TokenKind.Minus => BinaryOperator.Subtract,
            _ => null,
        });

    private Expr? ParseProduct()
    {
        var product = ParseChain(ParseSigned, static kind => kind == TokenKind.Star ? BinaryOperator.Multiply : null);
        if (product is not null && Current.Kind is TokenKind.Slash or TokenKind.Percent)
        {
            Report(
                SyntaxCode.UnsupportedOperator, $"Cedar has no `{TextOf(Current)}`",
                Current.Span, "integers can be added, subtracted and multiplied");
            return null;
        }

        return product;
    }

    /// <summary>Operands with operators of one precedence between them; the left ones bind first.</summary>
    private Expr? ParseChain(Func<Expr?> parseOperand, Func<TokenKind, BinaryOperator?> operatorOf)
    {
        var first = Current;
        var left = parseOperand();
        while (left is not null && operatorOf(Current.Kind) is { } op)
        {
            Take();
            left = parseOperand() is { } right ? Finish(first, new BinaryExpr(op, left, right)) : null;
        }

        return left;
    }

    private Expr? ParseRelation()
    {
        var first = Current;
        if (ParseSum() is not { } left)
        {
            return null;
        }

        var relation = ParseRelationAfter(first, left);
        if (relation is not null && IsRelationOperator)
        {
            Report(SyntaxCode.AmbiguousOperators, "comparisons do not follow one another", Current.Span, "put one of them in brackets");
            return null;
        }

        return relation;
    }

    private bool IsRelationOperator =>
        Current.Kind is TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual
            or TokenKind.Greater or TokenKind.GreaterOrEqual or TokenKind.Assign
        || IsWord("in") || IsWord("has") || IsWord("like") || IsWord("is");

    private Expr? ParseRelationAfter(Token first, Expr left)
    {
        BinaryOperator? comparison = Current.Kind switch
        {
            TokenKind.Equal => BinaryOperator.Equal,
            TokenKind.NotEqual => BinaryOperator.NotEqual,
            TokenKind.Less => BinaryOperator.Less,
            TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
            TokenKind.Greater => BinaryOperator.Greater,
            TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
            _ => IsWord("in") ? BinaryOperator.In : null,
        };
        if (comparison is { } op)
        {
            Take();
            return ParseSum() is { } right ? Finish(first, new BinaryExpr(op, left, right)) : null;
        }

        if (Current.Kind == TokenKind.Assign)
        {
            Report(SyntaxCode.UnsupportedOperator, "`=` is not an operator", Current.Span, "write `==`");
            return null;
        }

        if (TakeIf("has"))
        {
            return ParseHasPath() is { } path ? Finish(first, new HasExpr(left, path)) : null;
        }

        if (TakeIf("like"))
        {
            return ParsePattern() is { } pattern ? Finish(first, new LikeExpr(left, pattern)) : null;
        }

        if (TakeIf("is"))
        {
            if (ParseTypeName() is not { } type)
            {
                return null;
            }

            if (!TakeIf("in"))
            {
                return Finish(first, new IsExpr(left, type));
            }

            return ParseSum() is { } ancestor ? Finish(first, new IsExpr(left, type, ancestor)) : null;
        }

        return left;
    }

    private ImmutableArray<string>? ParseHasPath()
    {
        if (Current.Kind == TokenKind.String)
        {
            return TakeString() is { } name ? [name] : null;
        }

        var path = ImmutableArray.CreateBuilder<string>(1);
        do
        {
            if (ParsePlainName("an attribute: a name, or a string") is not { } name)
            {
                return null;
            }

            path.Add(name);
        }
        while (TakeIf(TokenKind.Dot));

        // An extended path makes as many steps at evaluation as its length, so it counts as deep as it is long.
        if (path.Count > _limits.MaxDepth)
        {
            GiveUp(SyntaxCode.NestedTooDeep, $"a path longer than {_limits.MaxDepth} names", "split the policy");
            return null;
        }

        return path.DrainToImmutable();
    }

    private Pattern? ParsePattern()
    {
        if (Current.Kind != TokenKind.String)
        {
            Unexpected("a pattern, which is one string");
            return null;
        }

        var token = Take();
        return StringLiteral.UnescapePattern(TextOf(token)[1..^1], token.Span.Start + 1, Diagnostics);
    }

    private Expr? ParseSigned()
    {
        var first = Current;
        if (first.Kind is not (TokenKind.Bang or TokenKind.Minus))
        {
            return ParseMember();
        }

        var signs = 0;
        while (TakeIf(first.Kind))
        {
            signs++;
        }

        if (signs > MostSigns)
        {
            Report(
                SyntaxCode.AmbiguousOperators, $"more than {MostSigns} `{TextOf(first)}` in a row",
                SpanFrom(first), "remove pairs of them");
            return null;
        }

        // The last minus belongs to an integer that follows at once, so that the most negative one can be written.
        var isNegativeLiteral = first.Kind == TokenKind.Minus
            && Current.Kind == TokenKind.Integer && !IsMemberAccess(_tokens[_next + 1].Kind);
        var operand = isNegativeLiteral ? ParseInteger(negative: true) : ParseMember();
        for (var i = isNegativeLiteral ? 1 : 0; i < signs && operand is not null; i++)
        {
            operand = Finish(first, new UnaryExpr(first.Kind == TokenKind.Bang ? UnaryOperator.Not : UnaryOperator.Negate, operand));
        }

        return operand;
    }

    private Expr? ParseInteger(bool negative)
    {
        var token = Take();
        long number = 0;
        foreach (var digit in TextOf(token))
        {
            if (!Digits.TryAppend(ref number, digit - '0', negative))
            {
                Report(
                    SyntaxCode.IntegerTooLarge, "this integer does not fit 64 bits", token.Span,
                    FormattableString.Invariant($"the range is {long.MinValue} to {long.MaxValue}"));
                return null;
            }
        }

        return Finish(token, new LiteralExpr(Value.Of(number)));
    }
}
