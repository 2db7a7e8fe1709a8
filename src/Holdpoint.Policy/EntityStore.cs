using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Holdpoint.Policy;

/// <summary>
/// The entities that a request is decided on, with the ancestors of each computed once. Immutable, safe to share between threads.
/// </summary>
public sealed class EntityStore
{
    /// <summary>
    /// Most ancestors that all entities of a store have together: 1,048,576. A chain of parents has a number that grows with its square,
    /// so that without a limit a small document could fill the memory; this one is reached by a chain of 1,448 entities.
    /// </summary>
    public const int MaxAncestors = 1 << 20;

    private readonly Dictionary<EntityValue, StoredEntity> _entities;

    private EntityStore(Dictionary<EntityValue, StoredEntity> entities) => _entities = entities;

    /// <summary>The store without entities.</summary>
    public static EntityStore Empty { get; } = new([]);

    /// <summary>The number of entities.</summary>
    public int Count => _entities.Count;

    /// <summary>The entities, in no particular order.</summary>
    public IEnumerable<Entity> Entities => _entities.Values.Select(s => s.Entity);

    /// <summary>A store of these entities. The same entity may be given twice when both are equal.</summary>
    /// <exception cref="ArgumentException">What <see cref="TryCreate"/> calls a fault.</exception>
    public static EntityStore Create(params IEnumerable<Entity> entities) =>
        TryCreate(entities, out var store, out var fault) ? store : throw new ArgumentException(fault, nameof(entities));

    /// <summary>
    /// A store of these entities; false with a <paramref name="fault"/> when two different entities have one uid, when an entity is
    /// its own ancestor, when an action has a parent that is not an action, or past <see cref="MaxAncestors"/>.
    /// </summary>
    public static bool TryCreate(
        IEnumerable<Entity> entities, [NotNullWhen(true)] out EntityStore? store, [NotNullWhen(false)] out string? fault)
    {
        ArgumentNullException.ThrowIfNull(entities);
        store = null;
        var stored = new Dictionary<EntityValue, StoredEntity>();
        foreach (var entity in entities)
        {
            if (entity.Uid.IsAction && entity.Parents.FirstOrDefault(p => !p.IsAction) is { Type: not null } parent)
            {
                fault = $"action {entity.Uid} has the parent {parent}, which is not an action";
                return false;
            }

            var uid = Value.Of(entity.Uid);
            if (!stored.TryAdd(uid, new StoredEntity(entity)) && !stored[uid].Entity.IsSameAs(entity))
            {
                fault = $"entity {entity.Uid} is given twice, differently";
                return false;
            }
        }

        fault = FindAncestors(stored);
        if (fault is not null)
        {
            return false;
        }

        store = new EntityStore(stored);
        return true;
    }

    /// <summary>The entity of that name, if the store has it.</summary>
    public bool TryGet(EntityUid uid, [NotNullWhen(true)] out Entity? entity)
    {
        entity = Find(Value.Of(uid))?.Entity;
        return entity is not null;
    }

    /// <summary>Cedar's <c>in</c>: the same entity, or a descendant of <paramref name="ancestor"/>.</summary>
    public bool IsIn(EntityUid uid, EntityUid ancestor) =>
        uid == ancestor || (Find(Value.Of(uid))?.HasAncestor(Value.Of(ancestor)) ?? false);

    internal IEnumerable<StoredEntity> Stored => _entities.Values;

    internal StoredEntity? Find(EntityValue entity) => _entities.GetValueOrDefault(entity);

    /// <summary>Gives every entity its ancestors; returns why that cannot be done, if it cannot.</summary>
    private static string? FindAncestors(Dictionary<EntityValue, StoredEntity> stored)
    {
        var interned = stored.Keys.ToDictionary(e => e.Uid);
        // Depth first on a stack of our own: a chain of parents may be longer than the machine's stack is deep.
        var path = new Stack<(StoredEntity Node, int NextParent)>();
        var total = 0;
        foreach (var start in stored.Values)
        {
            if (start.State == StoredEntity.Visit.Done)
            {
                continue;
            }

            start.State = StoredEntity.Visit.Open;
            path.Push((start, 0));
            while (path.TryPop(out var top))
            {
                var (node, next) = top;
                if (next == node.Entity.Parents.Length)
                {
                    node.CloseAncestors(stored, Intern);
                    total += node.Ancestors.Length;
                    if (total > MaxAncestors)
                    {
                        return $"the entities have more than {MaxAncestors} ancestors in all";
                    }

                    continue;
                }

                path.Push((node, next + 1));
                if (!stored.TryGetValue(Intern(node.Entity.Parents[next]), out var parent))
                {
                    continue;
                }

                if (parent.State == StoredEntity.Visit.Open)
                {
                    return $"entity {parent.Entity.Uid} is its own ancestor";
                }

                if (parent.State == StoredEntity.Visit.New)
                {
                    parent.State = StoredEntity.Visit.Open;
                    path.Push((parent, 0));
                }
            }
        }

        return null;

        EntityValue Intern(EntityUid uid)
        {
            ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(interned, uid, out _);
            return value ??= Value.Of(uid);
        }
    }
}
