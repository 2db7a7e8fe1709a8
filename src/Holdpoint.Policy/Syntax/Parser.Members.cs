using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <content>Primary expressions, and attributes and calls after them.</content>
internal sealed partial class Parser
{
    private static bool IsMemberAccess(TokenKind kind) => kind is TokenKind.Dot or TokenKind.LeftBracket or TokenKind.LeftParen;

    private Expr? ParseMember()
    {
        var first = Current;
        var target = ParsePrimary();
        while (target is not null && IsMemberAccess(Current.Kind))
        {
            target = ParseAccess(first, target);
        }

        return target;
    }

    private Expr? ParseAccess(Token first, Expr target)
    {
        if (TakeIf(TokenKind.LeftBracket))
        {
            if (Current.Kind != TokenKind.String)
            {
                Unexpected("an attribute's name, a string", "only a literal string can stand in `[…]`");
                return null;
            }

            return TakeString() is { } name && Expect(TokenKind.RightBracket, "`]`")
                ? Finish(first, new GetAttributeExpr(target, name))
                : null;
        }

        if (Current.Kind == TokenKind.LeftParen)
        {
            Report(
                SyntaxCode.UnknownFunction, "this expression cannot be called",
                SpanFrom(first), "functions and methods are called by name");
            return null;
        }

        Take();
        var word = Current;
        if (ParsePlainName("an attribute or a method") is not { } attribute)
        {
            return null;
        }

        return TakeIf(TokenKind.LeftParen)
            ? ParseMethodCall(first, word, target)
            : Finish(first, new GetAttributeExpr(target, attribute));
    }

    private Expr? ParseMethodCall(Token first, Token name, Expr target)
    {
        if (FindFunction(name, methods: true) is not { } signature || ParseArguments() is not { } arguments)
        {
            return null;
        }

        if (!signature.IsExtension && arguments.Length + 1 != signature.Arity)
        {
            Report(
                SyntaxCode.WrongArity,
                $"`{signature.Name}` takes {signature.Arity - 1} argument(s), not {arguments.Length}", SpanFrom(name));
            return null;
        }

        return Finish(first, new CallExpr(signature.Function, [target, .. arguments]));
    }

    private ImmutableArray<Expr>? ParseArguments() => ParseList(TokenKind.RightParen, ")", ParseExpr);

    private FunctionSignature? FindFunction(Token name, bool methods)
    {
        var word = TextOf(name).ToString();
        if (FunctionSignature.Find(word) is not { } signature)
        {
            Report(
                SyntaxCode.UnknownFunction, $"there is no {(methods ? "method" : "function")} `{word}`", name.Span,
                Nearest.Suggest(word, FunctionSignature.Names(methods)));
            return null;
        }

        if (signature.IsMethod != methods)
        {
            Report(
                SyntaxCode.UnknownFunction, $"`{word}` is a {(methods ? "function" : "method")}", name.Span,
                methods ? $"write `{word}(…)`" : $"write `value.{word}(…)`");
            return null;
        }

        return signature;
    }

    private Expr? ParsePrimary()
    {
        var first = Current;
        switch (first.Kind)
        {
            case TokenKind.Integer:
                return ParseInteger(negative: false);
            case TokenKind.String:
                return TakeString() is { } text ? Finish(first, new LiteralExpr(Value.Of(text))) : null;
            case TokenKind.Word:
                return ParseWord(first);
            case TokenKind.Slot:
                Report(
                    SyntaxCode.BadSlot, $"`{TextOf(first)}` cannot stand in a condition",
                    first.Span, "slots stand in the scope of a template only");
                return null;
            case TokenKind.LeftParen:
                Take();
                return ParseExpr() is { } inner && Expect(TokenKind.RightParen, "`)`") ? inner : null;
            case TokenKind.LeftBracket:
                Take();
                return ParseList(TokenKind.RightBracket, "]", ParseExpr) is { } elements ? Finish(first, new SetExpr(elements)) : null;
            case TokenKind.LeftBrace:
                return ParseRecord(first);
            default:
                Unexpected("an expression");
                return null;
        }
    }

    /// <summary>Something that starts with a word: a literal, a variable, an entity or the call of a function.</summary>
    private Expr? ParseWord(Token first)
    {
        var isPath = _tokens[_next + 1].Kind == TokenKind.DoubleColon;
        if (!isPath)
        {
            if (TakeIf("true"))
            {
                return Finish(first, new LiteralExpr(BooleanValue.True));
            }

            if (TakeIf("false"))
            {
                return Finish(first, new LiteralExpr(BooleanValue.False));
            }

            if (FindVariable(first) is { } variable)
            {
                Take();
                return Finish(first, new VariableExpr(variable));
            }
        }

        if (ParsePath("an expression") is not { } path)
        {
            return null;
        }

        if (Current.Kind == TokenKind.DoubleColon)
        {
            return ParseEntityId(path) is { } uid ? Finish(first, new LiteralExpr(Value.Of(uid))) : null;
        }

        if (Current.Kind == TokenKind.LeftParen && !isPath)
        {
            Take();
            return FindFunction(first, methods: false) is { } signature && ParseArguments() is { } arguments
                ? Finish(first, new CallExpr(signature.Function, arguments))
                : null;
        }

        Report(
            SyntaxCode.UnknownName, $"`{path}` is not a variable", SpanFrom(first),
            Nearest.Suggest(path, ["principal", "action", "resource", "context", "true", "false"])
            ?? $"an entity is written `{path}::\"id\"`, an attribute of the request `context.{path}`");
        return null;
    }

    private Variable? FindVariable(Token token) => TextOf(token) switch
    {
        "principal" => Variable.Principal,
        "action" => Variable.Action,
        "resource" => Variable.Resource,
        "context" => Variable.Context,
        _ => null,
    };

    private Expr? ParseRecord(Token first)
    {
        Take();
        var names = new HashSet<string>(StringComparer.Ordinal);
        return ParseList(TokenKind.RightBrace, "}", () => ParseField(names)) is { } fields ? Finish(first, new RecordExpr(fields)) : null;
    }

    private RecordField? ParseField(HashSet<string> names)
    {
        var key = Current;
        var name = key.Kind == TokenKind.String ? TakeString() : ParsePlainName("a field: a name, or a string");
        if (name is null || !Expect(TokenKind.Colon, "`:`") || ParseExpr() is not { } value)
        {
            return null;
        }

        if (!names.Add(name))
        {
            Report(SyntaxCode.Duplicate, $"the field `{name}` is given twice", key.Span, "remove one of them");
            return null;
        }

        return new RecordField(name, value);
    }
}
