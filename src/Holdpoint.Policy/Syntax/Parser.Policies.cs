using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <content>Annotations, effect and conditions.</content>
internal sealed partial class Parser
{
    private Policy? ParsePolicy(string id)
    {
        var first = Current;
        if (ParseAnnotations() is not { } annotations || ParseEffect() is not { } effect || ParseScope() is not { } scope)
        {
            return null;
        }

        var conditions = ImmutableArray.CreateBuilder<Condition>();
        while (Current.Kind == TokenKind.Word)
        {
            if (ParseCondition() is not { } condition)
            {
                return null;
            }

            conditions.Add(condition);
        }

        if (!TakeIf(TokenKind.Semicolon))
        {
            Unexpected("`when`, `unless` or `;`");
            return null;
        }

        return new Policy
        {
            Id = id,
            Effect = effect,
            Annotations = annotations,
            Principal = scope.Principal,
            PrincipalSpan = scope.PrincipalSpan,
            Action = scope.Action,
            ActionSpan = scope.ActionSpan,
            Resource = scope.Resource,
            ResourceSpan = scope.ResourceSpan,
            Conditions = conditions.DrainToImmutable(),
            Span = SpanFrom(first),
        };
    }

    private ImmutableSortedDictionary<string, string>? ParseAnnotations()
    {
        var annotations = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        while (TakeIf(TokenKind.At))
        {
            var name = Current;
            if (!Expect(TokenKind.Word, "the name of an annotation"))
            {
                return null;
            }

            var value = "";
            if (TakeIf(TokenKind.LeftParen))
            {
                if (Current.Kind != TokenKind.String)
                {
                    Unexpected("a string", "the value of an annotation is one string: `@name(\"value\")`");
                    return null;
                }

                if (TakeString() is not { } text || !Expect(TokenKind.RightParen, "`)`"))
                {
                    return null;
                }

                value = text;
            }

            var key = TextOf(name).ToString();
            if (!annotations.TryAdd(key, value))
            {
                Report(SyntaxCode.Duplicate, $"annotation `@{key}` is given twice", name.Span, "remove one of them");
                return null;
            }
        }

        return annotations.ToImmutable();
    }

    private Effect? ParseEffect()
    {
        if (TakeIf("permit"))
        {
            return Effect.Permit;
        }

        if (TakeIf("forbid"))
        {
            return Effect.Forbid;
        }

        Unexpected("`permit` or `forbid`", Current.Kind == TokenKind.Word ? Nearest.Suggest(TextOf(Current), ["permit", "forbid"]) : null);
        return null;
    }

    private Condition? ParseCondition()
    {
        var word = Current;
        ConditionKind kind;
        if (TakeIf("when"))
        {
            kind = ConditionKind.When;
        }
        else if (TakeIf("unless"))
        {
            kind = ConditionKind.Unless;
        }
        else
        {
            Unexpected("`when`, `unless` or `;`", Nearest.Suggest(TextOf(word), ["when", "unless"]));
            return null;
        }

        if (!Expect(TokenKind.LeftBrace, "`{`"))
        {
            return null;
        }

        if (Current.Kind == TokenKind.RightBrace)
        {
            Report(
                SyntaxCode.EmptyCondition, $"this `{TextOf(word)}` has no content",
                SourceSpan.Between(word.Span, Current.Span), "write a condition or remove it");
            return null;
        }

        return ParseExpr() is { } body && Expect(TokenKind.RightBrace, "`}`") ? new Condition(kind, body) : null;
    }
}
