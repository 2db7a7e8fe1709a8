using System.Collections.Immutable;
using Holdpoint.Policy.Schema;

namespace Holdpoint.Policy.Validation.Types;

/// <summary>What a schema answers about types. Keeps what it has worked out, so it is for one thread.</summary>
internal sealed class SchemaTypes
{
    private readonly Dictionary<string, CedarType.EntityOf> _entities = new(StringComparer.Ordinal);
    private readonly HashSet<(string Type, string Ancestor)> _actionTypes = [];
    private readonly ILookup<EntityUid, EntityUid> _descendants;

    public SchemaTypes(CedarSchema schema)
    {
        Schema = schema;
        _descendants = schema.Actions.Values.SelectMany(a => a.Ancestors, (a, ancestor) => (ancestor, a.Uid))
            .ToLookup(p => p.ancestor, p => p.Uid);
        foreach (var (uid, action) in schema.Actions)
        {
            _actionTypes.UnionWith(action.Ancestors.Select(a => (uid.Type, a.Type)));
        }
    }

    public CedarSchema Schema { get; }

    public CedarType.EntityOf Entity(string name) =>
        _entities.TryGetValue(name, out var known) ? known : _entities[name] = new(name);

    /// <summary>The type of a literal; null when the schema does not know it.</summary>
    public CedarType? OfLiteral(EntityUid uid) =>
        (uid.IsAction ? Schema.Actions.ContainsKey(uid) : Schema.EntityTypes.ContainsKey(uid.Type)) ? Entity(uid.Type) : null;

    /// <summary>Whether policies may name the type: a declared one, or any type of actions.</summary>
    public bool IsKnown(string entityType) => new EntityUid(entityType, "").IsAction || Schema.EntityTypes.ContainsKey(entityType);

    /// <summary>What is under that name in every value of the type; null when nothing is, or not in all.</summary>
    public AttributeType? Attribute(CedarType type, string name) =>
        AttributesOf(type) is { } record && record.TryGet(name, out var found) ? found : null;

    /// <summary>The attributes that are known of a record or an entity; null for what has none or is not known at all.</summary>
    public RecordType? AttributesOf(CedarType type) => type switch
    {
        RecordType record => record,
        OpenRecord open => open.Known,
        CedarType.EntityOf(var name) => AttributesOf(name),
        EntityUnion union => union.Names.Select(AttributesOf).Aggregate(TypeLattice.InCommon),
        _ => null,
    };

    /// <summary>Whether some value of the type may have an attribute of that name.</summary>
    public bool MayHave(CedarType type, string name) => type switch
    {
        NeverType or AnyEntityType or OpenRecord => true,
        CedarType.EntityOf(var entity) => AttributesOf(entity).TryGet(name, out _),
        EntityUnion union => union.Names.Any(n => AttributesOf(n).TryGet(name, out _)),
        RecordType record => record.TryGet(name, out _),
        _ => false,
    };

    /// <summary>The types that a tag of such an entity may have; none when it has no tags.</summary>
    public ImmutableArray<CedarType> TagTypes(CedarType type)
    {
        var entities = type is AnyEntityType
            ? Schema.EntityTypes.Keys.Order(StringComparer.Ordinal)
            : TypeLattice.NamesOf(type).AsEnumerable();
        return [.. entities.Select(n => Schema.EntityTypes.GetValueOrDefault(n)?.Tags).OfType<CedarType>().Distinct()];
    }

    /// <summary>Whether an entity of the first type can be <c>in</c> one of the second; every entity is in itself.</summary>
    public bool CanBeIn(string type, string ancestor) =>
        type == ancestor
        || (Schema.EntityTypes.TryGetValue(type, out var declared) && declared.AncestorTypes.Contains(ancestor))
        || _actionTypes.Contains((type, ancestor));

    /// <summary>Every action that is <c>in</c> one of these; null when the schema does not declare one of these.</summary>
    public HashSet<EntityUid>? ActionsIn(IEnumerable<EntityUid> groups)
    {
        var all = new HashSet<EntityUid>();
        foreach (var group in groups)
        {
            if (!Schema.Actions.ContainsKey(group))
            {
                return null;
            }

            all.Add(group);
            all.UnionWith(_descendants[group]);
        }

        return all;
    }

    private RecordType AttributesOf(string entityType) =>
        Schema.EntityTypes.TryGetValue(entityType, out var declared) ? declared.Attributes : RecordType.Empty;
}
