using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>An action as a schema names it.</summary>
/// <param name="Type">The type as written, such as <c>Shop::Action</c>; null for <c>Action</c>, of this namespace or of none.</param>
/// <param name="Id">The id.</param>
/// <param name="Span">The place in the Cedar text; null where the schema was JSON.</param>
public readonly record struct ActionReference(string? Type, string Id, SourceSpan? Span = null)
{
    /// <inheritdoc/>
    public override string ToString() => new EntityUid(Type ?? "Action", Id).ToString();
}
