using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <content>Entity types and common types.</content>
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

        var suggestion =
            Current.Kind == TokenKind.Word ? Nearest.Suggest(TextOf(Current), ["entity", "action", "type", "namespace"]) : null;
        Unexpected("`entity`, `action` or `type`", suggestion);
        return false;
    }

    private bool ReadCommonType(ImmutableSortedDictionary<string, string> annotations, Declarations into)
    {
        if (ReadNamed() is not { } name || !Expect(TokenKind.Assign, "`=`")
            || ReadType() is not { } type || !Expect(TokenKind.Semicolon, "`;`"))
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
