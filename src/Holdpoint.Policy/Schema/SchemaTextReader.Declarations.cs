using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <content>Entity types, actions and common types.</content>
internal sealed partial class SchemaTextReader
{
    private readonly record struct Named(string Name, SourceSpan Span);

    private bool ReadDeclaration(ImmutableSortedDictionary<string, string> annotations, Declarations into)
    {
        if (TakeIf("entity"))
        {
            return ReadEntity(annotations, into);
        }

        if (TakeIf("action"))
        {
            return ReadAction(annotations, into);
        }

        if (TakeIf("type"))
        {
            return ReadCommonType(annotations, into);
        }

        var suggestion = Current.Kind == TokenKind.Word ? Nearest.Suggest(TextOf(Current), ["entity", "action", "type", "namespace"]) : null;
        Unexpected("`entity`, `action` or `type`", suggestion);
        return false;
    }

    private bool ReadCommonType(ImmutableSortedDictionary<string, string> annotations, Declarations into)
    {
        if (ReadNamed() is not { } name || !Expect(TokenKind.Assign, "`=`") || ReadType() is not { } type || !Expect(TokenKind.Semicolon, "`;`"))
        {
            return false;
        }

        into.CommonTypes.Add(new() { Name = name.Name, Type = type, Annotations = annotations, Span = name.Span });
        return true;
    }

    private bool ReadEntity(ImmutableSortedDictionary<string, string> annotations, Declarations into)
    {
        if (ReadSeparated(ReadNamed) is not { } names)
        {
            return false;
        }

        var body = TakeIf("enum") ? ReadEnum() : ReadEntityBody();
        if (body is null || !Expect(TokenKind.Semicolon, "`;`"))
        {
            return false;
        }

        into.EntityTypes.AddRange(names.Select(n => body with { Name = n.Name, Annotations = annotations, Span = n.Span }));
        return true;
    }

    private EntityDeclaration? ReadEnum()
    {
        if (!Expect(TokenKind.LeftBracket, "`[`") || ReadSeparated(ReadId) is not { } ids || !Expect(TokenKind.RightBracket, "`,` or `]`"))
        {
            return null;
        }

        return new() { Name = "", EnumIds = [.. ids.Select(id => id.Name)] };

        Named? ReadId()
        {
            var span = Current.Span;
            return ReadString("an id, a string") is { } id ? new Named(id, span) : null;
        }
    }

    private EntityDeclaration? ReadEntityBody()
    {
        ImmutableArray<TypeReference> parents = [];
        if (TakeIf("in"))
        {
            if (ReadEntityTypes() is not { } given)
            {
                return null;
            }

            parents = given;
        }

        var shape = DeclaredType.Record.Empty;
        if (TakeIf(TokenKind.Assign) || Current.Kind == TokenKind.LeftBrace)
        {
            if (Current.Kind != TokenKind.LeftBrace)
            {
                Unexpected("`{`", "attributes are written out here, in braces");
                return null;
            }

            if (ReadRecord() is not { } record)
            {
                return null;
            }

            shape = record;
        }

        DeclaredType? tags = null;
        if (TakeIf("tags"))
        {
            tags = ReadType();
            if (tags is null)
            {
                return null;
            }
        }

        return new() { Name = "", MemberOf = parents, Shape = shape, Tags = tags };
    }

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
            _faults.Add(SyntaxCode.UnexpectedToken, $"expected an action, found the name `{path}`", start, "an action of another namespace is written `Ns::Action::\"id\"`");
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

    /// <summary>One type, or any number of them in brackets.</summary>
    private ImmutableArray<TypeReference>? ReadEntityTypes()
    {
        if (!TakeIf(TokenKind.LeftBracket))
        {
            return ReadPath("an entity type") is { } only ? [only] : null;
        }

        if (TakeIf(TokenKind.RightBracket))
        {
            return [];
        }

        return ReadSeparated(() => ReadPath("an entity type")) is { } types && Expect(TokenKind.RightBracket, "`,` or `]`") ? types : null;
    }

    private Named? ReadNamed()
    {
        var span = Current.Span;
        return ReadName("a name") is { } name ? new Named(name, span) : null;
    }

    private Named? ReadActionName()
    {
        var span = Current.Span;
        var name = Current.Kind == TokenKind.String ? ReadString("a name") : ReadName("a name");
        return name is null ? null : new Named(name, span);
    }
}
