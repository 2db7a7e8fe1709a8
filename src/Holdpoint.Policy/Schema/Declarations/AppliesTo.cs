using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>The requests that an action is for.</summary>
/// <param name="Principals">Types of principals.</param>
/// <param name="Resources">Types of resources.</param>
/// <param name="Context">The context: a record, or a common type that is one.</param>
public sealed record AppliesTo(ImmutableArray<TypeReference> Principals, ImmutableArray<TypeReference> Resources, DeclaredType Context)
{
    /// <summary>To nothing, which is what an action without <c>appliesTo</c> says.</summary>
    public static AppliesTo Nothing { get; } = new([], [], DeclaredType.Record.Empty);
}
