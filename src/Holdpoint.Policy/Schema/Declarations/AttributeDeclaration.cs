using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>One attribute of a record.</summary>
/// <param name="Name">Its name; any text.</param>
/// <param name="Type">The type of its value.</param>
/// <param name="Required">Whether it is always there.</param>
/// <param name="Annotations">Its annotations; what is given without a value is empty text.</param>
public sealed record AttributeDeclaration(
    string Name, DeclaredType Type, bool Required, ImmutableSortedDictionary<string, string> Annotations);
