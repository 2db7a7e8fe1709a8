using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <content>Annotations, effect, scope and conditions.</content>
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

    private Scope? ParseScope()
    {
        if (!Expect(TokenKind.LeftParen, "`(`"))
        {
            return null;
        }

        var first = Current;
        if (ParseScopeConstraint("principal") is not { } principal)
        {
            return null;
        }

        var principalSpan = SpanFrom(first);
        if (!ExpectScopeComma("action"))
        {
            return null;
        }

        first = Current;
        if (ParseActionConstraint() is not { } action)
        {
            return null;
        }

        var actionSpan = SpanFrom(first);
        if (!ExpectScopeComma("resource"))
        {
            return null;
        }

        first = Current;
        if (ParseScopeConstraint("resource") is not { } resource)
        {
            return null;
        }

        var resourceSpan = SpanFrom(first);
        TakeIf(TokenKind.Comma);
        if (TakeIf(TokenKind.RightParen))
        {
            return new(principal, principalSpan, action, actionSpan, resource, resourceSpan);
        }

        BadScope("expected `)` after `resource`", "further conditions belong in `when { … }`");
        return null;
    }

    private sealed record Scope(
        ScopeConstraint Principal, SourceSpan PrincipalSpan, ActionConstraint Action, SourceSpan ActionSpan,
        ScopeConstraint Resource, SourceSpan ResourceSpan);

    private bool ExpectScopeComma(string next)
    {
        if (TakeIf(TokenKind.Comma))
        {
            return true;
        }

        BadScope($"expected `,` and then `{next}`", "the scope is `(principal, action, resource)`; further conditions belong in `when { … }`");
        return false;
    }

    private bool ExpectScopeVariable(string variable)
    {
        if (!TakeIf(variable))
        {
            BadScope($"expected `{variable}`", "the scope is `(principal, action, resource)`, in this order");
            return false;
        }

        if (Current.Kind == TokenKind.Colon)
        {
            BadScope("a variable has no type annotation", $"write `{variable} is Type`");
            return false;
        }

        return true;
    }

    private void BadScope(string message, string suggestion)
    {
        if (Current.Kind != TokenKind.Bad)
        {
            Report(SyntaxCode.BadScope, message, Current.Span, suggestion);
        }
    }

    private ScopeConstraint? ParseScopeConstraint(string variable)
    {
        if (!ExpectScopeVariable(variable))
        {
            return null;
        }

        if (TakeIf("is"))
        {
            if (ParseTypeName() is not { } type)
            {
                return null;
            }

            if (Current.Kind == TokenKind.Equal)
            {
                BadScope("`is` and `==` do not go together", "an entity has one type: `==` alone is enough");
                return null;
            }

            if (!TakeIf("in"))
            {
                return new ScopeConstraint.Is(type);
            }

            return ParseReference(variable) is { } ancestor ? new ScopeConstraint.IsIn(type, ancestor) : null;
        }

        if (TakeIf("in"))
        {
            if (ParseReference(variable) is not { } ancestor)
            {
                return null;
            }

            if (IsWord("is"))
            {
                BadScope("`is` stands before `in`", $"write `{variable} is Type in …`");
                return null;
            }

            return new ScopeConstraint.In(ancestor);
        }

        if (TakeIf(TokenKind.Equal))
        {
            return ParseReference(variable) is { } entity ? new ScopeConstraint.Equal(entity) : null;
        }

        return IsScopeOperatorWrong("`==`, `in`, `is` or `is … in`") ? null : new ScopeConstraint.Any();
    }

    private ActionConstraint? ParseActionConstraint()
    {
        if (!ExpectScopeVariable("action"))
        {
            return null;
        }

        if (TakeIf(TokenKind.Equal))
        {
            return ParseActionEntity() is { } action ? new ActionConstraint.Equal(action) : null;
        }

        if (TakeIf("in"))
        {
            return ParseActions() is { } actions ? new ActionConstraint.In(actions) : null;
        }

        return IsScopeOperatorWrong("`==` or `in`") ? null : new ActionConstraint.Any();
    }

    private bool IsScopeOperatorWrong(string allowed)
    {
        if (Current.Kind == TokenKind.Assign)
        {
            Report(SyntaxCode.UnsupportedOperator, "`=` is not an operator", Current.Span, "write `==`");
            return true;
        }

        if (Current.Kind is TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual
            || IsWord("is"))
        {
            BadScope($"`{TextOf(Current)}` cannot stand here", $"a scope takes {allowed}; other conditions belong in `when {{ … }}`");
            return true;
        }

        return false;
    }

    private EntityReference? ParseReference(string variable)
    {
        if (TakeIf(TokenKind.LeftParen))
        {
            return Enter() && ParseReference(variable) is { } inner && Expect(TokenKind.RightParen, "`)`") && Leave() ? inner : null;
        }

        if (Current.Kind == TokenKind.Slot)
        {
            if (TextOf(Current)[1..].SequenceEqual(variable))
            {
                Take();
                return new EntityReference.Slot();
            }

            Report(SyntaxCode.BadSlot, $"`{TextOf(Current)}` cannot stand here", Current.Span, $"the slot of `{variable}` is `?{variable}`");
            return null;
        }

        return ParseEntity() is { } uid ? new EntityReference.Known(uid) : null;
    }

    private EntityUid? ParseActionEntity()
    {
        var first = Current;
        if (TakeIf(TokenKind.LeftParen))
        {
            return Enter() && ParseActionEntity() is { } inner && Expect(TokenKind.RightParen, "`)`") && Leave() ? inner : null;
        }

        if (first.Kind == TokenKind.Slot)
        {
            Report(SyntaxCode.BadSlot, "an action has no slot", first.Span, "name the action");
            return null;
        }

        if (ParseEntity() is not { } uid)
        {
            return null;
        }

        if (!uid.IsAction)
        {
            Report(SyntaxCode.BadScope, $"{uid} is not an action", SpanFrom(first), "the type of an action ends in `Action`");
            return null;
        }

        return uid;
    }

    private ImmutableArray<EntityUid>? ParseActions()
    {
        if (TakeIf(TokenKind.LeftParen))
        {
            return Enter() && ParseActions() is { } inner && Expect(TokenKind.RightParen, "`)`") && Leave() ? inner : null;
        }

        if (!TakeIf(TokenKind.LeftBracket))
        {
            return ParseActionEntity() is { } single ? [single] : null;
        }

        return ParseList(TokenKind.RightBracket, "]", () => ParseActionEntity() is { } uid ? Value.Of(uid) : null) is { } many
            ? [.. many.Select(v => v.Uid)]
            : null;
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
            Report(SyntaxCode.EmptyCondition, $"this `{TextOf(word)}` has no content", SourceSpan.Between(word.Span, Current.Span), "write a condition or remove it");
            return null;
        }

        return ParseExpr() is { } body && Expect(TokenKind.RightBrace, "`}`") ? new Condition(kind, body) : null;
    }
}
