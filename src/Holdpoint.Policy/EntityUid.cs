using System.Diagnostics.CodeAnalysis;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy;

/// <summary>The name of an entity: <c>Type::"id"</c>. Two uids are equal when both parts are, code unit by code unit.</summary>
/// <param name="Type">The entity type with its namespaces, such as <c>Holdpoint::Model</c>.</param>
/// <param name="Id">Any text, unescaped; may be empty.</param>
public readonly record struct EntityUid(string Type, string Id)
{
    /// <summary>Whether the last part of the type is <c>Action</c>, which Cedar reserves for actions.</summary>
    public bool IsAction =>
        Type is "Action" || (Type is not null && Type.EndsWith("::Action", StringComparison.Ordinal));

    /// <inheritdoc/>
    public bool Equals(EntityUid other) =>
        // Ids first: entities that are compared are mostly of one type.
        Id == other.Id && Type == other.Type;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Id);

    /// <summary>Reads the Cedar text form, <c>Type::"id"</c>; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EntityUid uid)
    {
        uid = default;
        return text is not null && ExpressionParser.TryParseEntityUid(text, out uid);
    }

    /// <summary>The Cedar text form, escaped so that it parses back to the same uid.</summary>
    public override string ToString() => $"{Type}::{CedarText.Quote(Id ?? "")}";
}
