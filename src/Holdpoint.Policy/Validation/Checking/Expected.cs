using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Validation.Types;

namespace Holdpoint.Policy.Validation.Checking;

/// <summary>The types that an operand may have. Permissive in both modes: any record is a record.</summary>
internal sealed class Expected
{
    private readonly Func<CedarType, bool> _admits;

    private Expected(string description, Func<CedarType, bool> admits)
    {
        Description = description;
        _admits = admits;
    }

    public static Expected Boolean { get; } = new("Bool", t => t is CedarType.Boolean);

    public static Expected Long { get; } = new("Long", t => t is CedarType.Long);

    public static Expected String { get; } = new("String", t => t is CedarType.String);

    public static Expected Set { get; } = new("a set", t => t is CedarType.SetOf);

    public static Expected Entity { get; } = new("an entity", TypeLattice.IsEntity);

    public static Expected EntityOrRecord { get; } = new(
        "an entity or a record", t => TypeLattice.IsEntity(t) || t is RecordType or OpenRecord);

    public static Expected EntityOrSetOfEntities { get; } = new(
        "an entity or a set of entities",
        t => TypeLattice.IsEntity(t) || (t is CedarType.SetOf(var e) && (e is NeverType || TypeLattice.IsEntity(e))));

    public string Description { get; }

    public static Expected Exactly(CedarType type) => new(type.ToString(), t => t.Equals(type));

    public bool Admits(CedarType type) => type is NeverType || _admits(type);
}
