using System.Collections.Immutable;

namespace Holdpoint.Policy.Syntax;

/// <content>The scope of a policy: which principals, actions and resources it is about.</content>
internal sealed partial class Parser
{
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

        BadScope(
            $"expected `,` and then `{next}`", "the scope is `(principal, action, resource)`; further conditions belong in `when { … }`");
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

            Report(
                SyntaxCode.BadSlot, $"`{TextOf(Current)}` cannot stand here", Current.Span, $"the slot of `{variable}` is `?{variable}`");
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
}
