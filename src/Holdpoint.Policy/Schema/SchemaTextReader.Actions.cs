using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <content>Actions: their groups, and what they apply to.</content>
internal sealed partial class SchemaTextReader
{
    private bool ReadAction(ImmutableSortedDictionary<string, string> annotations, Declarations into)
    {
        if (ReadSeparated(ReadActionName) is not { } names)
        {
            return false;
        }

        ImmutableArray<ActionReference>? groups = null;
        if (TakeIf("in"))
        {
            groups = ReadGroups();
            if (groups is null)
            {
                return false;
            }
        }

        var appliesTo = AppliesTo.Nothing;
        if (TakeIf("appliesTo"))
        {
            if (ReadAppliesTo(names[0]) is not { } given)
            {
                return false;
            }

            appliesTo = given;
        }

        // Once there could be attributes of actions; the empty list of them is still read.
        if (TakeIf("attributes") && !(Expect(TokenKind.LeftBrace, "`{`") && Expect(TokenKind.RightBrace, "`}`")))
        {
            return false;
        }

        if (!Expect(TokenKind.Semicolon, "`;`"))
        {
            return false;
        }

        into.Actions.AddRange(names.Select(n => new ActionDeclaration
        {
            Name = n.Name,
            MemberOf = groups,
            AppliesTo = appliesTo,
            Annotations = annotations,
            Span = n.Span,
        }));
        return true;
    }

    private ImmutableArray<ActionReference>? ReadGroups()
    {
        if (!TakeIf(TokenKind.LeftBracket))
        {
            return ReadGroup() is { } only ? [only] : null;
        }

        return ReadSeparated(ReadGroup) is { } groups && Expect(TokenKind.RightBracket, "`,` or `]`") ? groups : null;
    }

    private ActionReference? ReadGroup()
    {
        var start = Current.Span;
        if (Current.Kind == TokenKind.String)
        {
            return ReadString("an action") is { } quoted ? new ActionReference(null, quoted, start) : null;
        }

        if (ReadPath("an action") is not { } path)
        {
            return null;
        }

        if (TakeIf(TokenKind.DoubleColon))
        {
            return ReadString("the id of an action, a string") is { } id
                ? new ActionReference(path.Name, id, SourceSpan.Between(start, _tokens[_next - 1].Span))
                : null;
        }

        if (path.Name.Contains(':', StringComparison.Ordinal))
        {
            _faults.Add(
                SyntaxCode.UnexpectedToken, $"expected an action, found the name `{path}`",
                start, "an action of another namespace is written `Ns::Action::\"id\"`");
            return null;
        }

        return new ActionReference(null, path.Name, path.Span);
    }

    private AppliesTo? ReadAppliesTo(Named action)
    {
        ImmutableArray<TypeReference>? principals = null;
        ImmutableArray<TypeReference>? resources = null;
        DeclaredType? context = null;
        if (!Expect(TokenKind.LeftBrace, "`{`"))
        {
            return null;
        }

        do
        {
            var part = Current;
            if (part.Kind != TokenKind.Word || TextOf(part) is not ("principal" or "resource" or "context"))
            {
                Unexpected("`principal`, `resource` or `context`");
                return null;
            }

            Take();
            if (!Expect(TokenKind.Colon, "`:`"))
            {
                return null;
            }

            var isTwice = false;
            switch (TextOf(part))
            {
                case "principal":
                    isTwice = principals is not null;
                    principals = ReadEntityTypes();
                    break;
                case "resource":
                    isTwice = resources is not null;
                    resources = ReadEntityTypes();
                    break;
                default:
                    isTwice = context is not null;
                    context = ReadContext();
                    break;
            }

            if (isTwice)
            {
                _own.Add(new(SchemaCode.BadAppliesTo, $"`{TextOf(part)}` is given twice", part.Span, "remove one of them"));
                return null;
            }

            if (TextOf(part) switch { "principal" => principals is null, "resource" => resources is null, _ => context is null })
            {
                return null;
            }
        }
        while (TakeIf(TokenKind.Comma) && Current.Kind != TokenKind.RightBrace);
        if (!Expect(TokenKind.RightBrace, "`,` or `}`"))
        {
            return null;
        }

        if (principals is not [_, ..] || resources is not [_, ..])
        {
            var missing = principals is not [_, ..] ? "principal" : "resource";
            _own.Add(new(
                SchemaCode.BadAppliesTo, $"action `{action.Name}` applies to no {missing} type", action.Span,
                $"give `{missing}: […]` at least one, or leave `appliesTo` out"));
            return null;
        }

        return new(principals.Value, resources.Value, context ?? DeclaredType.Record.Empty);
    }

    private DeclaredType? ReadContext()
    {
        if (Current.Kind == TokenKind.LeftBrace)
        {
            return ReadRecord();
        }

        return ReadPath("a record or the name of one") is { } name ? new DeclaredType.Common(name) : null;
    }
}
