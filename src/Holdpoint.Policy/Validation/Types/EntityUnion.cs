using System.Collections.Immutable;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Validation.Types;

/// <summary>An entity of one of several types: what two branches of an <c>if</c> come to. In permissive mode only.</summary>
/// <param name="Names">The types, two or more, in ordinal order.</param>
internal sealed record EntityUnion(ImmutableSortedSet<string> Names) : CedarType
{
    public bool Equals(EntityUnion? other) => other is not null && Names.SetEquals(other.Names);

    public override int GetHashCode() => HashCode.Combine(Names.Count, Names[0]);

    public override string ToString() => string.Join(" or ", Names);
}
