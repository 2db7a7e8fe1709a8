using System.Collections.Immutable;
using Holdpoint.Analysis.Terms;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Analysis.Grounding;

/// <summary>
/// The unknown hierarchy of entities: for each type and each type above it a function that gives an entity's ancestors. Actions are not
/// among them: their hierarchy is in the schema.
/// </summary>
internal sealed class Ancestry(CedarSchema schema)
{
    /// <summary>
    /// The ancestors of type <paramref name="above"/> of an entity of type <paramref name="type"/>; null when it can have none.
    /// </summary>
    public FunctionSymbol? Of(string type, string above) =>
        TypesAbove(type).Contains(above)
            ? new($"ancestors {type} {above}", [new TermType.Entity(type)], new TermType.SetOf(new TermType.Entity(above)))
            {
                IsAncestry = true,
            }
            : null;

    /// <summary>The types that ancestors of entities of a type can have.</summary>
    public ImmutableSortedSet<string> TypesAbove(string type) =>
        schema.EntityTypes.TryGetValue(type, out var known) && known.EnumIds is null
            ? known.AncestorTypes.Except(known.AncestorTypes.Where(above => schema.EntityTypes[above].EnumIds is not null))
            : [];
}
