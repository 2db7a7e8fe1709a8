using System.Text;

namespace Holdpoint.Policy.Syntax;

/// <content>Identifiers, type names and entities.</content>
internal sealed partial class Parser
{
    /// <summary>An identifier that is no reserved word.</summary>
    private string? ParsePlainName(string what)
    {
        if (Current.Kind != TokenKind.Word)
        {
            Unexpected(what);
            return null;
        }

        var name = TextOf(Current).ToString();
        if (CedarText.IsReserved(name))
        {
            Report(SyntaxCode.ReservedName, $"`{name}` is reserved", Current.Span, $"as an attribute, quote it: `[\"{name}\"]`");
            return null;
        }

        Take();
        return name;
    }

    /// <summary>A type name: plain names joined by <c>::</c>, where an entity's id would not follow.</summary>
    private string? ParseTypeName()
    {
        var first = Current;
        if (ParsePath("an entity type") is not { } path)
        {
            return null;
        }

        if (Current.Kind == TokenKind.DoubleColon)
        {
            Take();
            Report(
                SyntaxCode.UnexpectedToken, "expected an entity type, found an entity",
                SpanFrom(first), "`is` takes a type: leave out the id");
            return null;
        }

        return path;
    }

    private EntityUid? ParseEntity()
    {
        var first = Current;
        if (ParsePath("an entity such as `Type::\"id\"`") is not { } type)
        {
            return null;
        }

        if (Current.Kind != TokenKind.DoubleColon)
        {
            Report(
                SyntaxCode.UnexpectedToken, $"expected an entity, found the name `{type}`", SpanFrom(first),
                $"an entity is written `{type}::\"id\"`; a type is tested with `is {type}`");
            return null;
        }

        return ParseEntityId(type);
    }

    /// <summary>The rest of an entity after its type, from the last <c>::</c> on.</summary>
    private EntityUid? ParseEntityId(string type)
    {
        Take();
        if (Current.Kind != TokenKind.String)
        {
            Unexpected("the id of an entity, a string");
            return null;
        }

        return TakeString() is { } id ? new EntityUid(type, id) : null;
    }

    /// <summary>Plain names joined by <c>::</c>; stops before a <c>::</c> that no name follows.</summary>
    private string? ParsePath(string what)
    {
        if (ParsePlainName(what) is not { } first)
        {
            return null;
        }

        if (!IsPathContinued)
        {
            return first;
        }

        var path = new StringBuilder(first);
        while (IsPathContinued)
        {
            Take();
            if (ParsePlainName("a name") is not { } next)
            {
                return null;
            }

            path.Append("::").Append(next);
        }

        return path.ToString();
    }

    private bool IsPathContinued => Current.Kind == TokenKind.DoubleColon && _tokens[_next + 1].Kind == TokenKind.Word;
}
