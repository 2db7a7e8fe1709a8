using System.Collections.Immutable;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Validation.Types;

/// <summary>
/// How types relate, after the reference validator (Lean model: <c>Cedar.Validation.Subtyping</c>). In strict mode only truth values
/// have proper subtypes, also inside of sets and records.
/// </summary>
internal static class TypeLattice
{
    /// <summary>Whether every value of the first type is one of the second.</summary>
    public static bool IsSubtype(CedarType a, CedarType b, ValidationMode mode)
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        switch (a, b)
        {
            case (NeverType, _):
                return true;
            case (CedarType.Boolean x, CedarType.Boolean y):
                return y.Only is null || x.Only == y.Only;
            case (CedarType.SetOf x, CedarType.SetOf y):
                return IsSubtype(x.Element, y.Element, mode);
            case (RecordType or OpenRecord, RecordType or OpenRecord):
                var (left, leftIsOpen) = Parts(a);
                var (right, rightIsOpen) = Parts(b);
                return (!leftIsOpen || rightIsOpen)
                    && (left.Attributes.Length == right.Attributes.Length || (rightIsOpen && mode != ValidationMode.Strict))
                    && HaveSubtypes(left, right, mode);
            case (CedarType.EntityOf or EntityUnion, CedarType.EntityOf or EntityUnion):
                return a.Equals(b) || (mode != ValidationMode.Strict && NamesOf(a).IsSubsetOf(NamesOf(b)));
            case (CedarType.EntityOf or EntityUnion, AnyEntityType):
                return mode != ValidationMode.Strict;
            default:
                return a.Equals(b);
        }
    }

    /// <summary>The least type that both are subtypes of; null, with the reason, when they have none.</summary>
    public static CedarType? LeastUpperBound(CedarType a, CedarType b, ValidationMode mode, out string? why)
    {
        why = null;
        if (IsSubtype(a, b, mode))
        {
            return b;
        }

        if (IsSubtype(b, a, mode))
        {
            return a;
        }

        switch (a, b)
        {
            case (CedarType.Boolean, CedarType.Boolean):
                return CedarType.Boolean.Any;
            case (CedarType.SetOf x, CedarType.SetOf y):
                return LeastUpperBound(x.Element, y.Element, mode, out why) is { } element ? new CedarType.SetOf(element) : null;
            case (RecordType or OpenRecord, RecordType or OpenRecord):
                return OfRecords(a, b, mode, out why);
            case (CedarType.EntityOf or EntityUnion or AnyEntityType, CedarType.EntityOf or EntityUnion or AnyEntityType)
                when mode == ValidationMode.Strict:
                why = "entities of different types are never compatible";
                return null;
            case (CedarType.EntityOf or EntityUnion, CedarType.EntityOf or EntityUnion):
                return new EntityUnion(NamesOf(a).Union(NamesOf(b)));
            default:
                why = IsEntity(a) || IsEntity(b) ? "an entity and another value are never compatible" : null;
                return null;
        }
    }

    /// <summary>The least upper bound of all; <see cref="NeverType"/> of none.</summary>
    public static CedarType? LeastUpperBound(IEnumerable<CedarType> types, ValidationMode mode, out string? why)
    {
        CedarType? bound = NeverType.Instance;
        why = null;
        foreach (var type in types)
        {
            bound = LeastUpperBound(bound, type, mode, out why);
            if (bound is null)
            {
                return null;
            }
        }

        return bound;
    }

    /// <summary>Whether no value is of both types. Said of entities alone: sets of different elements share the empty one.</summary>
    public static bool AreDisjoint(CedarType a, CedarType b) => (a, b) switch
    {
        // The common case, without making sets.
        (CedarType.EntityOf(var one), CedarType.EntityOf(var other)) => one != other,
        (CedarType.EntityOf or EntityUnion, CedarType.EntityOf or EntityUnion) => !NamesOf(a).Overlaps(NamesOf(b)),
        _ => false,
    };

    public static bool IsEntity(CedarType type) => type is CedarType.EntityOf or EntityUnion or AnyEntityType;

    /// <summary>The entity types that a value may have, of a type that says so.</summary>
    public static ImmutableSortedSet<string> NamesOf(CedarType type) =>
        type is EntityUnion union ? union.Names : Names.None.Add(((CedarType.EntityOf)type).Name);

    /// <summary>What both records have in common. Permissive: attributes without a common type are no longer known.</summary>
    public static RecordType InCommon(RecordType a, RecordType b) => new(
        from attribute in a.Attributes
        let other = b.TryGet(attribute.Key, out var found) ? found : null
        where other is not null
        let type = LeastUpperBound(attribute.Value.Type, other.Value.Type, ValidationMode.Permissive, out _)
        where type is not null
        select KeyValuePair.Create(attribute.Key, new AttributeType(type, attribute.Value.Required && other.Value.Required)));

    private static CedarType? OfRecords(CedarType a, CedarType b, ValidationMode mode, out string? why)
    {
        var (left, leftIsOpen) = Parts(a);
        var (right, rightIsOpen) = Parts(b);
        why = null;
        if (mode == ValidationMode.Strict)
        {
            return OfSameRecords(left, right, out why);
        }

        var common = InCommon(left, right);
        var isOpen = leftIsOpen || rightIsOpen
            || common.Attributes.Length != left.Attributes.Length || common.Attributes.Length != right.Attributes.Length;
        return isOpen ? new OpenRecord(common) : common;
    }

    private static RecordType? OfSameRecords(RecordType left, RecordType right, out string? why)
    {
        why = "compatible records have the same attributes";
        if (!left.Attributes.Select(x => x.Key).SequenceEqual(right.Attributes.Select(x => x.Key), StringComparer.Ordinal))
        {
            return null;
        }

        var attributes = new List<KeyValuePair<string, AttributeType>>();
        foreach (var (x, y) in left.Attributes.Zip(right.Attributes))
        {
            if (LeastUpperBound(x.Value.Type, y.Value.Type, ValidationMode.Strict, out why) is not { } type)
            {
                return null;
            }

            if (x.Value.Required != y.Value.Required)
            {
                why = $"the attribute `{x.Key}` is optional in one of them only";
                return null;
            }

            attributes.Add(new(x.Key, new AttributeType(type, x.Value.Required)));
        }

        return new(attributes);
    }

    private static bool HaveSubtypes(RecordType left, RecordType right, ValidationMode mode)
    {
        foreach (var (name, wanted) in right.Attributes)
        {
            if (!left.TryGet(name, out var given)
                || (mode == ValidationMode.Strict ? given.Value.Required != wanted.Required : wanted.Required && !given.Value.Required)
                || !IsSubtype(given.Value.Type, wanted.Type, mode))
            {
                return false;
            }
        }

        return true;
    }

    private static (RecordType Known, bool IsOpen) Parts(CedarType record) =>
        record is OpenRecord open ? (open.Known, true) : ((RecordType)record, false);
}
