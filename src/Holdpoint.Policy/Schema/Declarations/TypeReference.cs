using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>A type as a schema names it, before it is known what the name means.</summary>
/// <param name="Name">The name as written, such as <c>User</c> or <c>Shop::User</c>.</param>
/// <param name="Span">The place in the Cedar text; null where the schema was JSON.</param>
public readonly record struct TypeReference(string Name, SourceSpan? Span = null)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
