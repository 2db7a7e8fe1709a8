using System.Collections.Immutable;

namespace Holdpoint.Agreements;

/// <summary>One name that a schema declares.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Namespace">The namespace that it stands in.</param>
/// <param name="Name">Its full name; for an action, its name alone.</param>
/// <param name="Values">The values of a list; otherwise empty.</param>
/// <param name="Line">Where, from 1.</param>
internal sealed record SchemaDeclaration(
    SchemaDeclarationKind Kind, string Namespace, string Name, ImmutableArray<string> Values, int Line);

internal enum SchemaDeclarationKind
{
    Entity,
    List,
    Type,
    Action,
}
