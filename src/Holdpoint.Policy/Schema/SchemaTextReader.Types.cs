using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <content>Types.</content>
internal sealed partial class SchemaTextReader
{
    private DeclaredType? ReadType()
    {
        if (_depth == _limits.MaxDepth)
        {
            _faults.Add(
                SyntaxCode.NestedTooDeep, $"the type is nested deeper than {_limits.MaxDepth}",
                Current.Span, "name a part of it with `type`");
            return null;
        }

        _depth++;
        var type = Current.Kind == TokenKind.LeftBrace ? ReadRecord()
            : IsWord("Set") && _tokens[_next + 1].Kind == TokenKind.Less ? ReadSet()
            : ReadPath("a type") is { } name ? new DeclaredType.EntityOrCommon(name)
            : (DeclaredType?)null;
        _depth--;
        return type;
    }

    private DeclaredType.Set? ReadSet()
    {
        Take();
        Take();
        return ReadType() is { } element && Expect(TokenKind.Greater, "`>`") ? new(element) : null;
    }

    private DeclaredType.Record? ReadRecord()
    {
        Take();
        var attributes = ImmutableArray.CreateBuilder<AttributeDeclaration>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!TakeIf(TokenKind.RightBrace))
        {
            if (ReadAnnotations() is not { } annotations)
            {
                return null;
            }

            var span = Current.Span;
            var name = Current.Kind == TokenKind.String ? ReadString("an attribute") : ReadName("an attribute");
            if (name is null)
            {
                return null;
            }

            // Cedar's own reader takes the last of them without a word; nobody who writes two means that.
            if (!seen.Add(name))
            {
                _own.Add(new(SchemaCode.DuplicateDeclaration, $"the attribute `{name}` is declared twice", span, "remove one of them"));
                return null;
            }

            var isOptional = TakeIf(TokenKind.Question);
            if (!Expect(TokenKind.Colon, "`:`") || ReadType() is not { } type)
            {
                return null;
            }

            attributes.Add(new(name, type, !isOptional, annotations));
            if (!TakeIf(TokenKind.Comma) && Current.Kind != TokenKind.RightBrace)
            {
                Unexpected("`,` or `}`");
                return null;
            }
        }

        return new(attributes.DrainToImmutable());
    }
}
