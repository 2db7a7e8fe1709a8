using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>
/// A schema with every name resolved: which entities, actions and requests there can be. Immutable, safe to share between threads.
/// </summary>
public sealed class CedarSchema
{
    /// <summary>A schema of these declarations, which are consistent: every type that one names is declared.</summary>
    internal CedarSchema(IEnumerable<EntityType> entityTypes, IEnumerable<ActionType> actions)
    {
        EntityTypes = entityTypes.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
        Actions = actions.ToFrozenDictionary(a => a.Uid);
        ActionEntities = [.. Actions.Values.Select(a => new Entity(a.Uid, parents: a.Parents))];
        Environments =
        [
            .. from action in Actions.Values.OrderBy(a => a.Uid.Type, StringComparer.Ordinal).ThenBy(a => a.Uid.Id, StringComparer.Ordinal)
               from principal in action.Principals
               from resource in action.Resources
               select new RequestEnvironment(EntityTypes[principal], action, EntityTypes[resource]),
        ];
    }

    /// <summary>
    /// The schema that the documents make together, or everything that keeps them from it. Names of one document are known in all others.
    /// </summary>
    public static SchemaResult Resolve(params ReadOnlySpan<SchemaDocument> documents) => Resolve(SchemaLimits.Default, documents);

    /// <inheritdoc cref="Resolve(ReadOnlySpan{SchemaDocument})"/>
    public static SchemaResult Resolve(SchemaLimits limits, params ReadOnlySpan<SchemaDocument> documents)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return SchemaResolver.Resolve(documents, limits);
    }

    /// <summary>The schema that declares nothing.</summary>
    public static CedarSchema Empty { get; } = new([], []);

    /// <summary>The entity types by name, without the types of actions.</summary>
    public FrozenDictionary<string, EntityType> EntityTypes { get; }

    /// <summary>The actions, groups included.</summary>
    public FrozenDictionary<EntityUid, ActionType> Actions { get; }

    /// <summary>
    /// The actions as entities, each with its groups as parents: what an entity store has of them, in no particular order.
    /// </summary>
    public ImmutableArray<Entity> ActionEntities { get; }

    /// <summary>Every kind of request: each action with each type of principal and of resource that it applies to. Sorted.</summary>
    public ImmutableArray<RequestEnvironment> Environments { get; }
}
