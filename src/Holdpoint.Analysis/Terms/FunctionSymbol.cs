using System.Collections.Immutable;

namespace Holdpoint.Analysis.Terms;

/// <summary>The name of an unknown function. Two with one name are the same.</summary>
/// <param name="Name">For people; unique in a query.</param>
/// <param name="Parameters">Scalars.</param>
/// <param name="Result">A scalar or a set.</param>
internal sealed record FunctionSymbol(string Name, ImmutableArray<TermType> Parameters, TermType Result)
{
    /// <summary>Whether the function gives the ancestors of an entity that are of one type.</summary>
    public bool IsAncestry { get; init; }

    public bool Equals(FunctionSymbol? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
